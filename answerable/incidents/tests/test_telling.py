"""Who follows an incident is told of each update once, and no more when they want no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from answerable.accounts.models import Contact
from answerable.cast.people import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.incidents import actions
from answerable.incidents.actions.telling import tell_some, untold
from answerable.incidents.addresses import unfollow_url, unfollowing
from answerable.incidents.models import Follower, Incident
from answerable.incidents.tests.scenes import slow_exports

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(cast: Cast, at: datetime) -> Incident:
    incident = slow_exports(cast.ana, at)
    Contact.objects.filter(pk=cast.sam.pk).update(language="de")
    for contact in (cast.dana, cast.sam):
        actions.follow(incident, contact, source=Follower.Source.WIDGET, at=at)
    return incident


def said(incident: Incident, cast: Cast, at: datetime, *, is_public: bool = True) -> None:
    words = {"en": "We found it.", "de": "Wir haben es gefunden."}
    update = actions.Update(words, is_public=is_public, state="identified")
    actions.write_update(incident, update, agent=cast.ana, at=at)


def mailed(incident: Incident, at: datetime) -> Sequence[OutgoingMail]:
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    while tell_some(incident.pk, at=at):
        pass
    fresh = OutgoingMail.objects.exclude(pk__in=before).order_by("contact__name")
    return list(fresh)


def test_each_is_told_in_their_language(incident: Incident, cast: Cast, at: datetime) -> None:
    said(incident, cast, at)
    assert untold() == [incident.pk]
    dana, sam = mailed(incident, at)
    assert dana.subject == "Answerable, how it goes on: exports are slow"
    assert "We found it." in dana.text
    assert f"/status/{incident.pk}/" in dana.text
    assert "Wir haben es gefunden." in sam.text
    assert dana.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert dana.headers["Auto-Submitted"] == "auto-generated"


def test_nobody_is_told_twice(incident: Incident, cast: Cast, at: datetime) -> None:
    said(incident, cast, at)
    assert len(mailed(incident, at)) == 2
    assert mailed(incident, at) == []
    assert untold() == []


def test_updates_are_told_in_their_order(incident: Incident, cast: Cast, at: datetime) -> None:
    said(incident, cast, at)
    actions.end_incident(incident, {"en": "All is well."}, agent=cast.ana, at=at)
    dana = [mail for mail in mailed(incident, at) if mail.contact == cast.dana]
    dana.sort(key=lambda mail: mail.pk)
    assert [mail.subject for mail in dana] == [
        "Answerable, how it goes on: exports are slow",
        "It is fixed: exports are slow",
    ]


def test_what_is_internal_or_has_no_words_is_not_told(
    incident: Incident, cast: Cast, at: datetime
) -> None:
    said(incident, cast, at, is_public=False)
    actions.change_state(incident, "watching", agent=cast.ana, at=at)
    assert mailed(incident, at) == []


def test_who_follows_no_more_or_left_hears_nothing(
    incident: Incident, cast: Cast, at: datetime
) -> None:
    actions.unfollow(incident, cast.dana, at=at)
    Contact.objects.filter(pk=cast.sam.pk).update(left_at=at)
    said(incident, cast, at)
    assert mailed(incident, at) == []


def test_an_address_ends_the_mails_of_one_follower(incident: Incident, cast: Cast) -> None:
    follower = incident.followers.get(contact=cast.dana)
    token = unfollow_url(follower).rstrip("/").rpartition("/")[2]
    assert unfollowing(token) == follower.pk
    assert unfollowing(token + "x") == 0
