"""Opens tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from answerable.accounts.models import Contact
from answerable.tickets.actions.claims import Impact, keep_claim
from answerable.tickets.actions.held import LONGEST, LONGEST_MAIL, checked
from answerable.tickets.actions.rating import Said, rate
from answerable.tickets.events import Verb, record
from answerable.tickets.models import CRITICAL, STANDARD, Message, Ticket, TicketEvent
from answerable.tickets.text import clean, first_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes, and how: a contact that we know, or a name and an address; by which channel.

    What comes by mail can never gain what a signed-in form can (domain.md E99). `doubt` says
    why it is not sure who wrote (models.Doubt), `forwarded_by` who passed on what they wrote.
    """

    contact: Contact | None = None
    name: str = ""
    email: str = ""
    channel: str = Ticket.Channel.EMAIL
    doubt: str = ""
    forwarded_by: str = ""

    @property
    def shown(self) -> str:
        """The name that stands above the message."""
        shown = self.contact.name if self.contact else (self.name or self.email)
        return first_line(clean(shown))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A request as it arrived. `submission` is the same for each press of one form.

    `is_private`: only its requester and whom they name are to see it.
    `impact` is what a claim says is blocked, `said` how serious it is by the plan's words;
    `product` and `environment` are what it is about, "" where nobody said. `entered_at` is
    when an agent wrote it down for them, None where they sent it themselves.
    """

    sender: Sender
    body: str
    channel: str
    subject: str = ""
    folded: str = ""
    surface: str = "web"
    language: str = "en"
    impact: Impact | None = None
    said: Said | None = None
    product: str = ""
    environment: str = ""
    submission: str | None = None
    follows: Ticket | None = None
    is_private: bool = False
    entered_at: datetime | None = None


@transaction.atomic
def open_ticket(opening: Opening, *, at: datetime) -> Ticket:
    """Open a ticket, and return it; the same submission again returns the ticket it made.

    `at` is the instant the request was stored, from which promises run. Raises Empty or
    TooLong. A stranger's ticket waits for review.
    """
    body = checked(opening.body, LONGEST_MAIL if opening.channel == "email" else LONGEST)
    ticket, new = _make(opening, body, at)
    if not new:
        return ticket
    if opening.impact:
        keep_claim(ticket, opening.impact, at=at)
    if opening.said:
        rate(ticket, opening.said, by=opening.sender.contact, at=at)
    message = _message(ticket, opening, body, at)
    message.save()
    record(_opened(message, opening.said, opening.entered_at))
    return ticket


@transaction.atomic
def open_tickets(openings: Sequence[tuple[Opening, datetime]]) -> list[Message]:
    """Open a ticket for each request, at its own instant, and return their first messages.

    As open_ticket, for mail that waited: many cost as many statements as one. Raises Empty or
    TooLong for any of them, and then opens none. Neither claims nor submissions are looked at.
    """
    bodies = [checked(opening.body, LONGEST_MAIL) for opening, _ in openings]
    told = [(opening, body, at) for (opening, at), body in zip(openings, bodies, strict=True)]
    tickets = Ticket.objects.bulk_create(
        Ticket(**facts_of(opening, body, at)) for opening, body, at in told
    )
    messages = Message.objects.bulk_create(
        _message(ticket, *facts) for ticket, facts in zip(tickets, told, strict=True)
    )
    record(*(_opened(message) for message in messages))
    return messages


def _make(opening: Opening, body: str, at: datetime) -> tuple[Ticket, bool]:
    facts = facts_of(opening, body, at)
    submission = clean(opening.submission or "")[:64]
    if not submission:
        return Ticket.objects.create(**facts), True
    return Ticket.objects.get_or_create(submission=submission, defaults=facts)


def _message(ticket: Ticket, opening: Opening, body: str, at: datetime) -> Message:
    return Message(
        ticket=ticket,
        kind=Message.Kind.MESSAGE,
        contact=opening.sender.contact,
        sender=opening.sender.shown[:320],
        body=body,
        folded=clean(opening.folded),
        verified=not opening.sender.doubt,
        doubt=opening.sender.doubt,
        forwarded_by=first_line(clean(opening.sender.forwarded_by))[:320],
        written_at=at,
    )


def _opened(
    message: Message, said: Said | None = None, entered_at: datetime | None = None
) -> TicketEvent:
    ticket = message.ticket
    facts = {
        "follows": ticket.follows_id,
        "severity": ticket.severity if said else "",
        "entered_at": entered_at.isoformat() if entered_at else "",
    }
    return TicketEvent(
        ticket=ticket,
        verb=Verb.OPENED,
        contact=message.contact,
        message=message,
        at=message.written_at,
        data={name: fact for name, fact in facts.items() if fact},
    )


def _severity(opening: Opening) -> str:
    if opening.impact:
        return CRITICAL
    return clean(opening.said.severity)[:40] if opening.said else STANDARD


def _is_private(opening: Opening) -> bool:
    """Say whether a ticket is private from its beginning; what follows a private one is."""
    return opening.is_private or (opening.follows is not None and opening.follows.is_private)


def facts_of(opening: Opening, body: str, at: datetime) -> dict[str, Any]:
    """Return what the row of a new ticket has, its text being checked."""
    known = opening.sender.contact
    return {
        "customer": known.customer if known else None,
        "requester": known,
        "sender_name": opening.sender.shown[:200],
        "sender_email": known.email if known else clean(opening.sender.email)[:254],
        "subject": (first_line(clean(opening.subject)) or first_line(body))[:200],
        "channel": opening.channel,
        "surface": clean(opening.surface)[:20],
        "language": clean(opening.language)[:12],
        "state": Ticket.State.OPEN if known else Ticket.State.REVIEW,
        "severity": _severity(opening),
        "product": clean(opening.product)[:60],
        "environment": clean(opening.environment)[:40],
        "follows": opening.follows,
        "is_private": known is not None and _is_private(opening),
        "created_at": at,
        "last_at": at,
        "last_line": first_line(body)[:200],
    }
