"""Side conversations on the desk: begun, shown folded, read, answered, and hidden."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.tests.opening import SignIn
from answerable.tickets import actions
from answerable.tickets.models import Hold, SideThread, Ticket
from answerable.tickets.tests.openings import opened

pytestmark = pytest.mark.django_db
FILLED = {
    "to": "Priya Rao <priya@cloud.example>",
    "subject": "Disk of export-3",
    "body": "Is the disk full?",
}


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    return opened(here.dana, timezone.now())


@pytest.fixture
def thread(ana: Client, ticket: Ticket) -> SideThread:
    ana.post(f"/desk/tickets/{ticket.pk}/sides/", FILLED)
    return SideThread.objects.get()


def answered(thread: SideThread) -> None:
    answer = actions.SideAnswer(sender="Priya Rao", body="It was full.")
    actions.answer_side(thread, answer, at=timezone.now())


def page(client: Client, ticket: Ticket) -> str:
    return client.get(f"/desk/tickets/{ticket.pk}/").content.decode()


def test_it_is_begun_and_shown_folded(ana: Client, ticket: Ticket, thread: SideThread) -> None:
    shown = page(ana, ticket)
    assert "Side conversation with Priya Rao: Disk of export-3" in shown
    assert '<details class="side-said">' in shown
    assert thread.people.get().email == "priya@cloud.example"


def test_an_answer_is_new_until_it_is_read(
    ana: Client, ticket: Ticket, thread: SideThread
) -> None:
    answered(thread)
    assert "1 new" in page(ana, ticket)
    assert "Priya Rao answered beside the ticket" in page(ana, ticket)
    read = ana.get(f"/desk/tickets/{ticket.pk}/sides/{thread.pk}/").content.decode()
    assert "It was full." in read
    assert "1 new" not in page(ana, ticket)


def test_it_is_answered(ana: Client, ticket: Ticket, thread: SideThread) -> None:
    address = f"/desk/tickets/{ticket.pk}/sides/{thread.pk}/"
    assert ana.post(address, {"body": ""}).status_code == 422
    ana.post(address, {"body": "Thank you."})
    assert thread.messages.count() == 2
    assert ana.post(f"/desk/tickets/{ticket.pk + 1}/sides/{thread.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("", "Enter an address"),
        ("nobody", "is no address"),
        ("support@answerable.example", "is our own address"),
    ],
)
def test_addresses_are_looked_at(ana: Client, ticket: Ticket, to: str, words: str) -> None:
    answer = ana.post(f"/desk/tickets/{ticket.pk}/sides/", FILLED | {"to": to})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_ticket_may_wait_for_them(ana: Client, ticket: Ticket) -> None:
    ana.post(f"/desk/tickets/{ticket.pk}/sides/", FILLED | {"waits": "on"})
    assert ticket.holds.get().kind == Hold.Kind.THIRD_PARTY


def test_the_customer_sees_nothing_of_it(
    here: Cast, sign_in: SignIn, ticket: Ticket, thread: SideThread
) -> None:
    answered(thread)
    dana = sign_in(here.dana)
    shown = dana.get(f"/requests/{ticket.pk}/").content.decode()
    assert "export-3" not in shown
    assert "Priya" not in shown
    assert dana.get(f"/desk/tickets/{ticket.pk}/sides/{thread.pk}/").status_code in {
        302,
        403,
        404,
    }
