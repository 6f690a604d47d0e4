"""A customer asks to be called in a plain form, and sees what becomes of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localtime, now

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.entitlements.core.plan import Channel
from answerable.portal.tests.helping import text_of
from answerable.sla.tests.plans import sold
from answerable.tickets.actions import Attempt, Result, attempt_callback
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


def test_it_is_offered_with_what_may_be_said_of_it(dana: Client) -> None:
    read = text_of(dana.get("/contact/"))
    assert "Call me back" in read
    assert "We aim to call within 5 minutes. This is not a guarantee." in read
    assert "Request call" in read


def test_it_opens_a_ticket_and_says_by_when(
    cast: Cast, dana: Client, with_numbers: None
) -> None:
    read = text_of(dana.post(CALL, FORM, follow=True))
    assert re.search(r"We call \+49 171 5550123 by \d\d:\d\d\.", read)
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
    assert "We called twice." in text_of(dana.get(CALL))


def test_a_stranger_signs_in_first(db: None) -> None:
    assert Client().get(CALL).status_code == 302
    assert Client().post("/contact/call/cancel/").status_code == 302


def test_who_has_no_calls_in_their_plan_is_led_back(cast: Cast, dana: Client) -> None:
    channels = dict(cast.premium.terms.channels)
    del channels["callback"]
    sold(cast, now(), channels=channels)
    assert dana.get(CALL).headers["Location"] == "/contact/"
    assert "Phone support is not part of your plan." in text_of(dana.get("/contact/"))
