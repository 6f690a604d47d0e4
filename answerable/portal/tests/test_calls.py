"""A customer asks to be called in a plain form, and sees what becomes of it."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.timezone import localtime, now
from pytest_django import Settings

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.channels.voice.actions import (
    News,
    begin_call,
    end_call,
    follow,
    identify_caller,
)
from answerable.channels.voice.tests.calls import asked_by
from answerable.entitlements.core.plan import Calls, Channel
from answerable.lib import times
from answerable.portal.tests.helping import text_of
from answerable.routing.tests.scenes import there
from answerable.sla.models import Clock
from answerable.sla.tests.clocks import LATEST
from answerable.sla.tests.plans import sold
from answerable.tickets.actions import (
    Attempt,
    Result,
    answer,
    attempt_callback,
    mark_delivered,
)
from answerable.tickets.models import Callback, Ticket

CALL = "/contact/call/"
FORM = {"phone": "+49 (171) 555-0123", "about": "Exports fail", "when": "soon"}


@pytest.fixture
def with_numbers(cast: Cast) -> None:
    """Nordwind's plan says where calls come from, and which countries are called."""
    channels = dict(cast.premium.terms.channels)
    channels["callback"] = Channel(
        *("callback", "callback", ("web",), (), None, "+49 30 901820", ("DE", "AT"))
    )
    sold(cast, now(), channels=channels)


def not_reached(cast: Cast) -> None:
    attempt = Attempt(result=Result.NO_ANSWER, dialed_at=now())
    attempt_callback(Callback.objects.get(), attempt, agent=cast.ana, at=now())


def test_it_is_offered_with_what_may_be_said_of_it(cast: Cast, dana: Client) -> None:
    there(cast.ana, at=now())
    read = text_of(dana.get("/contact/"))
    assert "Call me back" in read
    assert "We aim to call within 5 minutes. This is not a guarantee." in read
    assert "Request call" in read


def test_it_opens_a_ticket_and_says_by_when(
    cast: Cast, dana: Client, with_numbers: None
) -> None:
    read = text_of(dana.post(CALL, FORM, follow=True))
    assert re.search(r"We call \+49 171 5550123 by (?:\w{3} )?\d\d:\d\d\.", read)
    assert "The call comes from +49 30 901820." in read
    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.subject) == ("callback", "Exports fail")
    assert Callback.objects.get().phone == "+491715550123"


def test_a_second_press_asks_for_no_second_call(dana: Client) -> None:
    for _ in range(2):
        dana.post(CALL, FORM)
    assert Ticket.objects.count() == 1


def test_it_fills_in_the_number_of_the_profile(cast: Cast, dana: Client) -> None:
    Contact.objects.filter(pk=cast.dana.pk).update(phone="+4930901820")
    page = dana.get(CALL).content.decode()
    assert 'value="+49 30 901820"' in page
    assert "From your profile." in page


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"phone": ""}, "Enter a phone number"),
        ({"phone": "0171 5550123"}, "Enter a phone number with country code, like +49 30"),
        ({"phone": "+49 1"}, "Enter a phone number with country code, like +49 30"),
        ({"phone": "+49 900 1 123456"}, "We do not call numbers that cost extra."),
        ({"phone": "+881 6 1234 5678"}, "We do not call numbers that cost extra."),
        ({"phone": "+33 1 23 45 67 89"}, "We cannot call +33 numbers. Choose chat or email"),
        ({"when": "later"}, "Enter a day and a time"),
        ({"when": "later", "time": "2020-01-01T10:00"}, "Time must be later than now"),
        ({"when": "later", "time": "2999-01-01T10:00"}, "Time must be within 14 days"),
        ({"when": "later", "time": "soon"}, "Enter a day and a time"),
        ({"about": "x" * 10_001}, "Message must be 10,000 characters or fewer"),
    ],
)
def test_it_says_what_is_wrong(
    dana: Client, with_numbers: None, others: dict[str, str], words: str
) -> None:
    answer = dana.post(CALL, FORM | others)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Ticket.objects.exists()


def test_it_takes_a_time(dana: Client) -> None:
    time = localtime(now() + timedelta(hours=2))
    sent = FORM | {"when": "later", "time": f"{time:%Y-%m-%dT%H:%M}"}
    read = text_of(dana.post(CALL, sent, follow=True))
    assert re.search(r"We call \+49 171 5550123 at ", read)
    assert Callback.objects.get().asked_at is None


def test_the_number_may_be_changed_and_the_call_cancelled(dana: Client) -> None:
    dana.post(CALL, FORM)
    answer = dana.post("/contact/call/number/", {"phone": "+49 30 901820"}, follow=True)
    assert "We call +49 30 901820" in text_of(answer)
    assert dana.post("/contact/call/number/", {"phone": "1"}).status_code == 422
    read = text_of(dana.post("/contact/call/cancel/", follow=True))
    assert "The call is cancelled." in read
    assert "Request call" in read


def test_who_was_not_reached_is_told_and_may_ask_again(cast: Cast, dana: Client) -> None:
    dana.post(CALL, FORM)
    not_reached(cast)
    read = text_of(dana.get(CALL))
    assert re.search(r"We called at .+ and did not reach you\. We try again at ", read)
    assert re.search(r"We call .+ by ", text_of(dana.post("/contact/call/now/", follow=True)))
    not_reached(cast)
    read = text_of(dana.get(CALL))
    assert re.search(
        r"We called twice\. Your request is now email #\d+: guaranteed reply by ", read
    )


def test_a_stranger_signs_in_first(db: None) -> None:
    assert Client().get(CALL).status_code == 302
    assert Client().post("/contact/call/cancel/").status_code == 302


def test_who_has_no_calls_in_their_plan_is_led_back(cast: Cast, dana: Client) -> None:
    channels = dict(cast.premium.terms.channels)
    del channels["callback"]
    sold(cast, now(), channels=channels)
    assert dana.get(CALL).headers["Location"] == "/contact/"
    assert "Phone support is not part of your plan." in text_of(dana.get("/contact/"))


def test_who_is_called_reads_by_whom_and_what_to_read_out(cast: Cast, dana: Client) -> None:
    dana.post(CALL, FORM)
    callback = Callback.objects.get()
    code = f"{callback.code[:3]} {callback.code[3:]}"
    assert f"If we ask who you are, read out {code} ." in text_of(dana.get(CALL))
    call = begin_call(callback, "hand", agent=cast.ana, at=now())
    assert "Ana Silva is calling you now." in text_of(dana.get(CALL))
    identify_caller(call, callback.code, agent=cast.ana, at=now())
    follow(call, News.ANSWERED, at=now())
    read = text_of(dana.get(CALL))
    assert "You are on a call with Ana Silva." in read
    assert "read out" not in read
    end_call(call, "connected", at=now() + timedelta(minutes=10, seconds=1))
    part = dana.get(CALL, headers={"HX-Request": "true"})
    assert "Call ended after 11 minutes." in text_of(part)


def test_a_call_that_rings_is_cancelled_with_its_request(cast: Cast, dana: Client) -> None:
    dana.post(CALL, FORM)
    call = begin_call(Callback.objects.get(), "hand", agent=cast.ana, at=now())
    dana.post("/contact/call/cancel/")
    call.refresh_from_db()
    assert call.outcome == "cancelled"


def test_who_is_late_says_who_is_next(cast: Cast, dana: Client) -> None:
    dana.post(CALL, FORM)
    ago = now() - timedelta(minutes=6)
    asked_by(cast.olive, ago - timedelta(minutes=1))
    Clock.objects.filter(metric="callback_start").update(due_at=now() - timedelta(minutes=1))
    assert "1 person is ahead of you." in text_of(dana.get(CALL))
    Callback.objects.exclude(contact=cast.dana).delete()
    assert re.search(
        r"Our call is late\. It was due by .+\. You are next\.", text_of(dana.get(CALL))
    )


def test_no_more_calls_are_taken_than_the_limits_say(dana: Client, settings: Settings) -> None:
    settings.ANSWERABLE_CALLS_PER_PERSON = 1
    dana.post(CALL, FORM)
    dana.post("/contact/call/cancel/")
    answer = dana.post(CALL, FORM)
    assert answer.status_code == 422
    assert "We cannot take more calls from you now." in text_of(answer)


def test_a_call_is_made_by_the_plan_of_who_asked(cast: Cast, dana: Client) -> None:
    sold(cast, now(), calls=Calls(attempts=3, gap=timedelta(minutes=2)))
    dana.post(CALL, FORM)
    not_reached(cast)
    callback = Callback.objects.get()
    assert callback.last_attempt_at is not None
    assert callback.again_at == callback.last_attempt_at + timedelta(minutes=2)


def test_a_call_that_ended_says_by_when_its_summary_follows(cast: Cast, dana: Client) -> None:
    sold(cast, now(), calls=Calls(summary_within=timedelta(hours=1)))
    dana.post(CALL, FORM)
    call = begin_call(Callback.objects.get(), "hand", agent=cast.ana, at=now())
    follow(call, News.ANSWERED, at=now())
    ended = now() + timedelta(minutes=10, seconds=1)
    end_call(call, "connected", at=ended)
    due = Clock.objects.get(metric="promised_update").due_at
    assert ended < due <= ended + timedelta(hours=1)
    time = times.moment(due, now(), ZoneInfo("Europe/Berlin"))
    said = f"Call ended after 11 minutes. A written summary follows by {time}."
    assert said in text_of(dana.get(CALL))
    ticket = Callback.objects.get().ticket
    reply = answer(ticket, agent=cast.ana, body="As we said.", seen=LATEST, at=now())
    mark_delivered(reply, at=ended + timedelta(minutes=1))
    assert "written summary" not in text_of(dana.get(CALL))
