"""What the demonstration's report of satisfaction has on first look."""

from __future__ import annotations

from datetime import datetime

from answerable.cast import Cast
from answerable.cast.asked import tell_what_they_said
from answerable.cast.care import tell_of_care
from answerable.surveys.models import Survey


def test_people_were_asked_and_most_of_them_said_something(cast: Cast, at: datetime) -> None:
    tell_what_they_said(cast, tell_of_care(at=at).customer, at=at)
    asked = Survey.objects.asked().order_by("asked_at")
    answers = list(asked.values_list("answer", flat=True))
    assert answers == [5, 4, 2, 5, 3, None]
    assert [one.contact.name for one in asked.for_leads()] == ["Petra Nowak"]
    assert {one.via for one in asked if one.answer} == {"mail", "portal", "widget"}
    assert asked.open_at(at).filter(answer=None).count() == 1
