"""Keeps what a requester says of how serious a ticket is, in the words of its plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.accounts.models import Contact
from answerable.tickets.actions.held import LONGEST
from answerable.tickets.models import Rating, Ticket
from answerable.tickets.text import clean

LONGEST_QUESTION = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How serious a request is to its requester: a severity of the plan, and the answers to
    what the plan asks for with it, each with its question."""

    severity: str
    answers: tuple[tuple[str, str], ...] = ()


def rate(ticket: Ticket, said: Said, *, by: Contact | None, at: datetime) -> Rating:
    """Keep what was said of a ticket, in place of what was said before."""
    answers = [
        {"asks": clean(asks)[:LONGEST_QUESTION], "says": clean(says)[:LONGEST]}
        for asks, says in said.answers
    ]
    facts = {
        "severity": clean(said.severity)[:40],
        "answers": answers,
        "contact": by,
        "made_at": at,
    }
    rating, _ = Rating.objects.update_or_create(ticket=ticket, defaults=facts)
    return rating
