"""What customers' people are told beside mail: in their browsers, and by text message."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from answerable.accounts.models import Contact, Session, User
from answerable.cast import Cast
from answerable.channels.voice.actions import begin_call
from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.tests.lines import asked
from answerable.notices import actions
from answerable.notices.actions.wishing import Browser
from answerable.notices.core.tidings import (
    Matter,
    TidingWay,
    Wants,
    asks_to_start,
    asks_to_stop,
    matter_of,
    ways_for,
)
from answerable.notices.models import Delivery, PushSubscription, Tiding
from answerable.notices.tests.pushed import PushService
from answerable.notices.tests.scene import due_of, minutes, replied, send, tick
from answerable.tickets.models import Callback
from answerable.tickets.tests.openings import opened

PHONE = "+491715550123"
matters = st.sampled_from(Matter)
wants = st.builds(Wants, st.frozensets(matters), st.frozensets(matters))


@given(matters, wants, st.booleans(), st.booleans(), st.integers(0, 9))
def test_it_tells_by_no_way_that_nobody_chose(
    matter: Matter, chosen: Wants, critical: bool, number: bool, texted: int
) -> None:
    ways = ways_for(matter, chosen, is_critical=critical, can_text=number, texted=texted)
    assert (TidingWay.PUSH in ways) == (matter in chosen.push)
    if TidingWay.TEXT in ways:
        assert matter in chosen.text
        assert critical
        assert number
        assert texted < 6


@pytest.mark.parametrize(
    ("verb", "data", "matter"),
    [
        ("answered", {}, Matter.REPLY),
        ("answered", {"by": "chat"}, None),
        ("clock_missed", {"kind": "guarantee", "metric": "first_response"}, Matter.LATE),
        ("clock_missed", {"kind": "aim", "metric": "first_response"}, None),
        ("clock_missed", {"kind": "guarantee", "metric": "decision"}, None),
        ("clock_retargeted", {"kind": "guarantee"}, Matter.CHANGED),
        ("call_begun", {"way": "browser"}, Matter.TALK),
        ("call_begun", {"way": "provider", "inbound": True}, None),
        ("call_attempted", {"result": "no_answer"}, Matter.TALK),
        ("call_attempted", {"result": "connected"}, None),
        ("noted", {}, None),
        ("assigned", {}, None),
        ("escalated", {}, None),
    ],
)
def test_it_tells_customers_of_what_is_theirs_to_know(
    verb: str, data: dict[str, object], matter: Matter | None
) -> None:
    assert matter_of(verb, data) == matter


@pytest.mark.parametrize("text", ["STOP", " stop. ", "Stopp", "ENDE", "unsubscribe"])
def test_a_word_that_ends_text_messages_is_known_however_it_is_written(text: str) -> None:
    assert asks_to_stop(text)
    assert not asks_to_start(text)


def test_a_sentence_with_the_word_in_it_ends_nothing() -> None:
    assert not asks_to_stop("It does not stop failing")


def session_of(contact: Contact, at: datetime) -> Session:
    """Return a session of somebody's, whichever they began before."""
    user, _made = User.objects.get_or_create(email=contact.email)
    return Session.objects.create(
        session_key=f"session {Session.objects.count()}",
        session_data="",
        expire_date=at + timedelta(days=14),
        user=user,
    )


def has_browser(contact: Contact, pushes: PushService, at: datetime) -> PushSubscription:
    actions.keep_key(at=at)
    theirs = pushes.browser
    browser = Browser(pushes.endpoint, theirs.p256dh, theirs.auth, "Firefox")
    session = session_of(contact, at)
    return actions.subscribe_contact(contact, browser, session.session_key, at=at)


def test_nobody_is_told_who_chose_nothing(cast: Cast, at: datetime) -> None:
    replied(opened(cast.dana, at), cast, at + minutes(5))
    assert not Tiding.objects.exists()


def test_a_browser_hears_of_a_reply_once_in_its_persons_language(
    cast: Cast, at: datetime, pushes: PushService
) -> None:
    Contact.objects.filter(pk=cast.dana.pk).update(language="de")
    has_browser(cast.dana, pushes, at)
    ticket = opened(cast.dana, at)
    replied(ticket, cast, at + minutes(5))
    tick(at + minutes(6))
    send(at + minutes(6))
    (said,) = pushes.read
    assert (
        said["body"] == f"Ana hat auf Ihre Anfrage #{ticket.pk} geantwortet.\n{ticket.subject}"
    )
    assert said["url"] == f"/requests/{ticket.pk}/"
    assert said["stop"] == "Keine mehr davon"


def test_a_colleagues_request_and_what_one_does_oneself_are_no_news(
    cast: Cast, at: datetime, pushes: PushService
) -> None:
    has_browser(cast.dana, pushes, at)
    replied(opened(cast.sam, at), cast, at + minutes(5))
    opened(cast.dana, at)
    tick(at + minutes(6))
    send(at + minutes(6))
    assert pushes.read == []


def test_a_promise_that_is_late_is_told_with_its_time_in_their_zone(
    cast: Cast, at: datetime, pushes: PushService
) -> None:
    Contact.objects.filter(pk=cast.dana.pk).update(zone="Asia/Tokyo")
    has_browser(cast.dana, pushes, at)
    ticket = opened(cast.dana, at)
    due_at = due_of(ticket)
    tick(due_at + minutes(1))
    send(due_at + minutes(1))
    (said,) = pushes.read
    assert "is late. It was due at" in said["body"]
    tokyo = (due_at + timedelta(hours=9)).strftime("%H:%M")
    assert tokyo in said["body"]


def test_a_call_that_comes_is_told_at_once_and_not_an_hour_later(
    cast: Cast, at: datetime, pushes: PushService
) -> None:
    has_browser(cast.dana, pushes, at)
    begin_call(asked(cast, at), Call.Way.HAND, agent=cast.ana, at=at + minutes(2))
    tick(at + minutes(2))
    waiting = Delivery.objects.get(way="tiding_push")
    assert waiting.is_urgent
    send(at + timedelta(hours=1))
    assert pushes.read == []
    Delivery.objects.update(state="waiting", next_at=at, tries=0)
    send(at + minutes(2))
    (said,) = pushes.read
    assert said["body"].startswith("Ana is calling you now.")
    assert said["rings"] is True
    assert Callback.objects.filter(contact=cast.dana).exists()


def test_a_browser_that_ends_its_subscription_is_forgotten(
    cast: Cast, at: datetime, pushes: PushService
) -> None:
    has_browser(cast.dana, pushes, at)
    pushes.is_gone = True
    replied(opened(cast.dana, at), cast, at + minutes(5))
    assert not PushSubscription.objects.exists()


def test_signing_out_ends_push_messages_and_a_session_that_runs_out_does_not(
    cast: Cast, at: datetime, pushes: PushService
) -> None:
    has_browser(cast.dana, pushes, at)
    actions.outlive_sessions(at=at + timedelta(days=13, hours=22))
    Session.objects.all().delete()
    assert PushSubscription.objects.filter(contact=cast.dana).exists()
    has_browser(cast.dana, pushes, at)
    Session.objects.all().delete()
    assert not PushSubscription.objects.exists()


def test_a_browser_is_one_persons(cast: Cast, at: datetime) -> None:
    facts = {"endpoint": "https://push.example/1", "p256dh": "", "auth": "", "made_at": at}
    with pytest.raises(IntegrityError), transaction.atomic():
        PushSubscription.objects.create(agent=cast.ana, contact=cast.dana, **facts)
