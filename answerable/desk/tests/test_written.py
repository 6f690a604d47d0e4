"""What is written without templates says what people wrote as text, whatever it looks like."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Customer
from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.tickets import actions
from answerable.tickets.actions import Sender
from answerable.tickets.models import Message, Ticket

CODE = "\"'><script>alert(1)</script>"
LOOSE = ("<script>alert", "'><", '"><script')


@pytest.fixture
def named(here: Cast) -> Cast:
    """Everybody, where some have names that look like code."""
    Customer.objects.filter(pk=here.dana.customer_id).update(name=f"Nord{CODE}")
    for person in (here.dana, here.ana):
        person.name = f"{person.name} {CODE}"
        person.save(update_fields=["name"])
    return here


def is_text(html: str) -> bool:
    return "&lt;script&gt;" in html and not any(loose in html for loose in LOOSE)


def test_a_row_of_the_queue_is_text(named: Cast, ana: Client) -> None:
    ticket = ask(named.dana, CODE, body=CODE)
    actions.take(ticket, agent=named.ana, at=timezone.now())
    assert is_text(ana.get("/desk/q/all/rows/").content.decode())


def test_an_entry_of_the_timeline_is_text(named: Cast, ana: Client) -> None:
    ticket = written(named)
    parts = ana.get(f"/desk/tickets/{ticket.pk}/parts/").content.decode()
    assert is_text(parts)
    assert '<a href="http://example.com/?a=1&amp;b=2" rel="nofollow">' in parts


def written(cast: Cast) -> Ticket:
    """A ticket on which every sort of entry looks like code."""
    at = timezone.now()
    ticket = ask(cast.dana, CODE, body=f"{CODE} http://example.com/?a=1&b=2")
    actions.take(ticket, agent=cast.ana, at=at)
    actions.add_note(ticket, agent=cast.ana, body=CODE, at=at)
    reply = actions.answer(ticket, agent=cast.ana, body=CODE, seen=2**62, at=at)
    actions.mark_undelivered(reply, why=CODE, at=at)
    stranger = Sender(name=CODE, email="x@example.com")
    actions.add_message(ticket, sender=stranger, body=CODE, at=at)
    Message.objects.update(folded=CODE)
    return ticket
