"""What customers' people are told beside mail: in their browsers, and by text message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from answerable.accounts.models import Contact, Session, User
from answerable.cast import Cast
from answerable.channels.voice.actions import begin_call
from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.client import Failed
from answerable.channels.voice.twilio.tests.lines import Lines, asked, lines_open
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
from answerable.notices.models import Delivery, PushSubscription, TextNumber, Tiding
from answerable.notices.tests.pushed import PushService
from answerable.notices.tests.scene import due_of, minutes, tick
from answerable.tickets import actions as tickets
from answerable.tickets.models import Callback, Ticket
from answerable.tickets.tests.openings import opened, opened_critical

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


def send(at: datetime) -> None:
    """Let all go out that is due."""
    for urgent in (True, False):
        while actions.deliver(urgent=urgent, clock=lambda: at):
            pass


def replied(ticket: Ticket, cast: Cast, at: datetime) -> None:
    tickets.answer(ticket, agent=cast.ana, body="Try the token", seen=2**62, at=at)
    tick(at)
    send(at)


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


@pytest.fixture
def lines(cast: Cast, at: datetime, settings: Settings) -> Iterator[Lines]:
    with lines_open(settings, at=at) as opened_:
        yield opened_


def texts(lines: Lines) -> list[SimpleNamespace]:
    sent = [fields for what, fields in lines.exchange.asked if what == "POST /Messages.json"]
    return [SimpleNamespace(to=one["To"], body=one["Body"]) for one in sent]


def confirmed(contact: Contact, lines: Lines, at: datetime) -> TextNumber:
    actions.send_code(contact, PHONE, at=at)
    (code,) = re.findall(r"\b\d{6}\b", texts(lines)[-1].body)
    return actions.confirm_number(contact, code, at=at)


def test_a_number_counts_once_its_code_was_entered(
    cast: Cast, at: datetime, lines: Lines
) -> None:
    actions.send_code(cast.dana, PHONE, at=at)
    assert not TextNumber.objects.get().takes_texts()
    assert texts(lines)[0].to == PHONE
    assert confirmed(cast.dana, lines, at).takes_texts()


def test_a_code_cannot_be_guessed_nor_used_late_nor_by_another(
    cast: Cast, at: datetime, lines: Lines
) -> None:
    actions.send_code(cast.dana, PHONE, at=at)
    (code,) = re.findall(r"\b\d{6}\b", texts(lines)[0].body)
    other = "000000" if code != "000000" else "000001"
    with pytest.raises(actions.WrongCode):
        actions.confirm_number(cast.sam, code, at=at)
    with pytest.raises(actions.WrongCode):
        actions.confirm_number(cast.dana, code, at=at + minutes(10))
    for _try in range(5):
        with pytest.raises(actions.WrongCode):
            actions.confirm_number(cast.dana, other, at=at)
    with pytest.raises(actions.WrongCode) as over:
        actions.confirm_number(cast.dana, code, at=at)
    assert over.value.is_over


def test_codes_are_few(cast: Cast, at: datetime, lines: Lines) -> None:
    for _code in range(3):
        actions.send_code(cast.dana, PHONE, at=at)
    with pytest.raises(actions.TooManyCodes):
        actions.send_code(cast.dana, PHONE, at=at)
    with pytest.raises(actions.TooManyCodes):
        actions.send_code(cast.sam, PHONE, at=at)
    assert len(texts(lines)) == 3


def test_a_code_that_the_provider_did_not_take_awaits_nothing(
    cast: Cast, at: datetime, lines: Lines
) -> None:
    lines.exchange.down = True
    with pytest.raises(Failed):
        actions.send_code(cast.dana, PHONE, at=at)
    assert not TextNumber.objects.exists()


def test_text_messages_come_for_what_is_critical_and_name_no_subject(
    cast: Cast, at: datetime, lines: Lines
) -> None:
    confirmed(cast.dana, lines, at)
    replied(opened(cast.dana, at), cast, at + minutes(5))
    assert len(texts(lines)) == 1
    ticket = opened_critical(cast.dana, at)
    replied(ticket, cast, at + minutes(6))
    said = texts(lines)[-1]
    assert said.to == PHONE
    assert f"Ana replied to your request #{ticket.pk}." in said.body
    assert said.body.endswith(f"/requests/{ticket.pk}/ Reply STOP to end these.")
    assert ticket.subject not in said.body


def test_after_stop_nothing_goes_out_not_even_what_waits(
    cast: Cast, at: datetime, lines: Lines
) -> None:
    confirmed(cast.dana, lines, at)
    ticket = opened_critical(cast.dana, at)
    tickets.answer(ticket, agent=cast.ana, body="Try it", seen=2**62, at=at)
    tick(at)
    assert actions.stop_texts(PHONE, at=at) == 1
    send(at)
    assert len(texts(lines)) == 1
    assert Delivery.objects.get(way="tiding_text").answer == "stopped"
    assert actions.start_texts(PHONE) == 1
    replied(ticket, cast, at + minutes(1))
    assert len(texts(lines)) == 2


def test_a_number_that_the_provider_knows_as_stopped_is_noted_as_such(
    cast: Cast, at: datetime, lines: Lines
) -> None:
    confirmed(cast.dana, lines, at)
    lines.exchange.stopped.add(PHONE)
    replied(opened_critical(cast.dana, at), cast, at + minutes(5))
    assert TextNumber.objects.get().stopped_at == at + minutes(5)
