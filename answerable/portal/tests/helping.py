"""What page tests do over and over."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Protocol

from django.test import Client
from django.utils.timezone import now

from answerable.accounts.models import Agent, Contact
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Impact, Opening, Sender
from answerable.tickets.models import Message, Ticket

OUTAGE = Impact(key="outage", says="An outage stops core work or a time-critical launch")


class Answer(Protocol):
    """What a test client answers with."""

    status_code: int
    content: bytes


def text_of(answer: Answer) -> str:
    """Return what a person reads on a page, in single spaces."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def sent_by(
    contact: Contact,
    body: str = "Exports fail",
    *,
    at: datetime | None = None,
    impact: Impact | None = None,
    channel: str = "form",
) -> Ticket:
    """Send a request as a contact."""
    opening = Opening(
        sender=Sender(contact=contact),
        body=body,
        channel=channel,
        surface="web" if channel == "form" else "mail",
        impact=impact,
    )
    return tickets.open_ticket(opening, at=at or now())


def answered_by(agent: Agent, ticket: Ticket, body: str, *, at: datetime) -> Message:
    """Answer a request as an agent, and let the mail server take the reply at once."""
    message = tickets.answer(ticket, agent=agent, body=body, seen=2**62, at=at)
    tickets.mark_delivered(message, at=at)
    return message


def form_with(client: Client, **fields: str) -> dict[str, str]:
    """Return the fields of the request form as its page gives them, with these filled in."""
    page = client.get("/contact/").content.decode()
    found = re.search(r'name="submission" value="([0-9a-f-]+)"', page)
    assert found, "The form has no token."
    return {"submission": found[1], "language": "en", "body": "Exports fail"} | fields
