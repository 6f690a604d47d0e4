"""Keeps what an agent has typed and not sent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Draft, Ticket, TicketEvent
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


@transaction.atomic
def park_reply(
    ticket: Ticket, *, agent: Agent, mode: str, body: str, why: str, at: datetime
) -> None:
    """Keep what came as an agent's reply by mail, below what they typed, and tell them why.

    `why` is a word that the desk has a sentence for. Nothing of it goes out.
    """
    ticket = hold(ticket)
    typed = Draft.objects.filter(ticket=ticket, agent=agent, mode=mode).first()
    both = f"{typed.body.rstrip()}\n\n{body}" if typed else body
    save_draft(ticket, agent=agent, mode=mode, body=both, at=at)
    record(
        TicketEvent(
            ticket=ticket,
            verb=Verb.REPLY_PARKED,
            agent=agent,
            at=at,
            data={"why": why, "mode": mode},
        )
    )
