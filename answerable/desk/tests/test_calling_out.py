"""An agent calls who asks on a ticket, though nobody asked for a call."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.channels.voice.models import Call
from answerable.desk.tests.opening import SignIn, ask
from answerable.tickets.actions import Wanted, book_callback
from answerable.tickets.models import Ticket

MOBILE, OFFICE = "+491715550123", "+4930555010"


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    Contact.objects.filter(pk=here.dana.pk).update(phone=MOBILE, office_phone=OFFICE)
    here.dana.refresh_from_db()
    return ask(here.dana)


def page_of(browser: Client, ticket: Ticket) -> str:
    return browser.get(f"/desk/tickets/{ticket.pk}/").content.decode()


def call(browser: Client, ticket: Ticket, phone: str = MOBILE) -> str:
    path = f"/desk/tickets/{ticket.pk}/call/requester/"
    return browser.post(path, {"phone": phone}, follow=True).content.decode()


def test_a_number_in_the_pane_is_called(here: Cast, ana: Client, ticket: Ticket) -> None:
    assert "Call Dana Wolf at +49 171 5550123" in page_of(ana, ticket)
    shown = call(ana, ticket, OFFICE)
    assert "Calling Dana Wolf." in shown
    assert f'data-dials="tel:{OFFICE}"' in shown
    made = Call.objects.get()
    assert (made.contact, made.agent, made.callback) == (here.dana, here.ana, None)
    ticket.refresh_from_db()
    assert ticket.assignee == here.ana


def test_what_was_said_is_kept_and_the_call_is_in_the_log(ana: Client, ticket: Ticket) -> None:
    call(ana, ticket)
    sent = {"result": "connected", "summary": "Certificate renewed."}
    shown = ana.post(f"/desk/tickets/{ticket.pk}/call/end/", sent, follow=True)
    assert "The call is recorded." in shown.content.decode()
    page = page_of(ana, ticket)
    assert "Certificate renewed." in page
    assert "Ana Silva spoke with the customer" in page


def test_only_numbers_of_who_asks_are_called(ana: Client, ticket: Ticket) -> None:
    assert "This number is not theirs any more." in call(ana, ticket, "+1900555")
    assert not Call.objects.exists()


def test_of_two_who_call_one_does(
    here: Cast, ana: Client, sign_in: SignIn, ticket: Ticket
) -> None:
    call(ana, ticket)
    assert "Ana calls already." in call(sign_in(here.ben), ticket)
    assert "Calling Dana Wolf." in call(ana, ticket)
    assert "You are in a call already." in call(ana, ask(here.dana))
    assert Call.objects.count() == 1


def test_who_waits_for_a_call_is_called_for_that(
    here: Cast, ana: Client, ticket: Ticket
) -> None:
    wanted = Wanted(phone=MOBILE, country="DE")
    waits = book_callback(ticket, wanted, contact=here.dana, at=timezone.now())
    call(ana, ticket, OFFICE)
    made = Call.objects.get()
    assert (made.callback, made.phone) == (waits, OFFICE)
