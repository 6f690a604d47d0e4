"""Keeps what an agent has typed and not sent."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Agent
from answerable.tickets.models import Draft, Ticket
from answerable.tickets.text import clean

LONGEST_DRAFT = 100_000


def save_draft(ticket: Ticket, *, agent: Agent, mode: str, body: str, at: datetime) -> None:
    """Keep a draft of this writer; an empty one is forgotten. Nothing else touches it."""
    mine = Draft.objects.filter(ticket=ticket, agent=agent, mode=mode)
    if not body.strip():
        mine.delete()
        return
    kept = clean(body)[:LONGEST_DRAFT]
    Draft.objects.update_or_create(
        ticket=ticket, agent=agent, mode=mode, defaults={"body": kept, "saved_at": at}
    )
