"""The desk shows who stands in copy, who is not verified, and what came by mail."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.tests.opening import PART, ask
from answerable.tickets import actions
from answerable.tickets.actions import Copied, Opening, Sender
from answerable.tickets.models import Doubt, Ticket


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    found = ask(here.dana, channel="email")
    copied = [Copied("Sam", "sam@nordwind.example"), Copied("<Eve>", "eve@elsewhere.example")]
    actions.add_participants(found, copied, at=timezone.now())
    return found


def page(client: Client, ticket: Ticket) -> str:
    answer = client.get(f"/desk/tickets/{ticket.pk}/")
    return " ".join(answer.content.decode().split())


def test_it_shows_who_is_in_copy_and_who_gets_copies(ticket: Ticket, ana: Client) -> None:
    shown = page(ana, ticket)
    assert "<h3>In copy</h3>" in shown
    assert "Send no more copies to Sam Ortiz" in shown
    assert "Send copies to &lt;Eve&gt;" in shown
    assert "not of this customer" in shown


def test_nobody_in_copy_is_not_spoken_of(here: Cast, ana: Client) -> None:
    assert "In copy" not in page(ana, ask(here.dana))


def test_an_agent_removes_somebody_and_takes_it_back(ticket: Ticket, ana: Client) -> None:
    sam = ticket.participants.get(address="sam@nordwind.example")
    place = f"/desk/tickets/{ticket.pk}/copies/{sam.pk}/"
    said = ana.post(place, {"on": "0"}, headers=PART).content.decode()
    assert "Sam Ortiz gets no more copies." in said
    sam.refresh_from_db()
    assert not sam.is_kept
    assert "Sam Ortiz gets no more copies, says Ana Silva" in page(ana, ticket)
    ana.post(f"{place}?on=1", headers=PART)
    sam.refresh_from_db()
    assert sam.is_kept


def test_somebody_of_another_ticket_is_not_found(
    ticket: Ticket, here: Cast, ana: Client
) -> None:
    sam = ticket.participants.get(address="sam@nordwind.example")
    other = ask(here.dana)
    answer = ana.post(f"/desk/tickets/{other.pk}/copies/{sam.pk}/", {"on": "0"}, headers=PART)
    assert answer.status_code == 404
    sam.refresh_from_db()
    assert sam.is_kept


@pytest.mark.parametrize(
    ("doubt", "words"),
    [
        ("refuted", "Unverified sender: the domain of D &lt;d@x.example&gt; says that"),
        ("unsure", "could not be asked whether this is from there"),
        ("unproven", "nothing shows that this is from the domain of"),
        ("nobody", "it names no sender, or several"),
        ("copied", "is in copy, and not of this customer"),
        ("stranger", "this ticket does not know D"),
    ],
)
def test_it_says_why_a_sender_is_not_verified(
    here: Cast, ana: Client, doubt: str, words: str
) -> None:
    ticket = ask(here.dana)
    sender = Sender(name="D <d@x.example>", doubt=doubt)
    actions.add_message(ticket, sender=sender, body="Hello", at=timezone.now())
    assert words in page(ana, ticket)


def test_a_verified_sender_is_not_spoken_of(here: Cast, ana: Client) -> None:
    shown = page(ana, ask(here.dana, channel="email"))
    assert "erified" not in shown


def test_it_says_who_forwarded_a_mail(here: Cast, ana: Client) -> None:
    sender = Sender(contact=here.dana, doubt=Doubt.FORWARDED, forwarded_by="Ben Adler")
    opening = Opening(sender=sender, body="Exports fail.", channel="email", surface="mail")
    ticket = actions.open_ticket(opening, at=timezone.now())
    assert "Forwarded: Ben Adler forwarded it, and says that Dana Wolf wrote it" in page(
        ana, ticket
    )


def test_it_says_that_a_reply_by_mail_was_parked(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana)
    actions.park_reply(
        ticket, agent=here.ben, mode="reply", body="Hm.", why="newer", at=timezone.now()
    )
    words = "A reply by mail in the name of Ben Adler is kept as their draft: somebody wrote"
    assert words in page(ana, ticket)


def test_what_comes_in_a_known_name_is_not_called_unknown(here: Cast, ana: Client) -> None:
    sender = Sender(name="Dana Wolf", email="dana@nordwind.example", doubt="refuted")
    opening = Opening(sender=sender, body="Exports fail.", channel="email", surface="mail")
    shown = page(ana, actions.open_ticket(opening, at=timezone.now()))
    assert "We do not know whether dana@nordwind.example sent this" in shown
    assert "We do not know dana@nordwind.example" not in shown
