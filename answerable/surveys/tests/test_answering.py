"""What somebody answers stands on the ticket, and whoever must know of it is told."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.desk.marks import Told, mark_of
from answerable.live.models import LiveEvent
from answerable.routing.models import Notice
from answerable.surveys.actions import Answer, Closed, answer, mark_read
from answerable.surveys.core.scales import Counts
from answerable.surveys.models import Survey
from answerable.surveys.tests.scenes import DAY, HOUR, asked, asks, resolved
from answerable.tickets.actions import TooLong, assign
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(cast: Cast, at: datetime) -> Survey:
    """Dana is asked about a ticket that Ana has."""
    asks(cast, at)
    ticket = resolved(cast, at)
    assign(ticket, to=cast.ana, agent=cast.ana, at=at)
    return asked(ticket, at)


def said(survey: Survey, at: datetime, value: int, comment: str = "", **more: bool) -> Survey:
    return answer(survey, Answer(value, comment, **more), via="portal", at=at)


def lines(ticket: Ticket) -> list[str]:
    answers = ticket.events.filter(verb="survey_answered").order_by("pk")
    marks = [mark_of(event, Told(ZoneInfo("UTC"))) for event in answers]
    return [mark.text for mark in marks if mark]


def told_of(agent: Agent) -> int:
    return Notice.objects.filter(agent=agent, event__verb="survey_answered").count()


def test_an_answer_is_kept_and_can_be_changed_while_it_is_open(
    survey: Survey, at: datetime
) -> None:
    assert said(survey, at + DAY, 5).counts == Counts.GOOD
    changed = said(survey, at + 2 * DAY, 3, "Took long")
    assert (changed.counts, changed.comment) == (Counts.MIDDLING, "Took long")
    assert (changed.answered_at, changed.changed_at) == (at + DAY, at + 2 * DAY)
    assert lines(survey.ticket) == [
        "How it went, says Dana Wolf: Very good",
        "How it went, Dana Wolf says now: All right · “Took long”",
    ]


def test_the_same_answer_sent_again_changes_nothing(survey: Survey, at: datetime) -> None:
    said(survey, at + DAY, 4, "Fine")
    said(survey, at + 2 * DAY, 4, " Fine ")
    assert len(lines(survey.ticket)) == 1
    survey.refresh_from_db()
    assert survey.changed_at == at + DAY


def test_its_time_ends(survey: Survey, at: datetime) -> None:
    assert survey.ends_at
    with pytest.raises(Closed):
        said(survey, survey.ends_at, 5)
    said(survey, survey.ends_at - HOUR, 5)


def test_what_was_never_asked_cannot_be_answered(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    survey = Survey(ticket=resolved(cast, at), contact=cast.dana, rules={})
    survey.resolved, survey.resolved_at = survey.ticket.events.latest("pk"), at
    survey.save()
    with pytest.raises(Closed):
        said(survey, at, 5)


@pytest.mark.parametrize("value", [0, 6, -1])
def test_only_answers_of_the_scale_are_taken(survey: Survey, at: datetime, value: int) -> None:
    with pytest.raises(ValueError, match=str(value)):
        said(survey, at + DAY, value)


def test_a_comment_has_an_end(survey: Survey, at: datetime) -> None:
    with pytest.raises(TooLong):
        said(survey, at + DAY, 5, "x" * 2001)


def test_whoever_has_the_ticket_is_told_of_words_and_of_what_was_bad(
    survey: Survey, cast: Cast, at: datetime
) -> None:
    said(survey, at + DAY, 5)
    assert told_of(cast.ana) == 0
    said(survey, at + DAY, 1)
    assert told_of(cast.ana) == 1
    said(survey, at + DAY, 1, "Slow")
    assert (told_of(cast.ana), told_of(cast.lena)) == (2, 0)


def test_a_lead_is_asked_for_with_a_bad_answer_and_words(
    survey: Survey, cast: Cast, at: datetime
) -> None:
    assert said(survey, at + DAY, 1, wants_lead=True).wants_lead is False
    assert said(survey, at + DAY, 5, "Lovely", wants_lead=True).wants_lead is False
    assert said(survey, at + DAY, 2, "Wrong advice", wants_lead=True).wants_lead
    assert told_of(cast.lena) == 1
    assert lines(survey.ticket)[-1].endswith("“Wrong advice” · a lead is asked to read it")
    assert list(Survey.objects.for_leads()) == [survey]
    survey.refresh_from_db()
    mark_read(survey, agent=cast.lena, at=at + 2 * DAY)
    assert not Survey.objects.for_leads().exists()
    said(survey, at + 3 * DAY, 1, "And it broke again", wants_lead=True)
    assert Survey.objects.for_leads().exists()


def test_a_plan_may_take_no_comment_and_offer_no_lead(cast: Cast, at: datetime) -> None:
    asks(cast, at, comment=False, lead=False, scale="two")
    survey = asked(resolved(cast, at), at)
    kept = said(survey, at + DAY, 1, "Hidden in the form", wants_lead=True)
    assert (kept.comment, kept.wants_lead) == ("", False)


def test_pages_that_are_open_hear_of_an_answer(
    survey: Survey, cast: Cast, at: datetime
) -> None:
    LiveEvent.objects.all().delete()
    said(survey, at + DAY, 5)
    topics = set(LiveEvent.objects.values_list("topic", flat=True))
    assert {f"request-{survey.ticket_id}", f"requests-{cast.dana.pk}"} <= topics
    assert f"ticket-{survey.ticket_id}" in topics
