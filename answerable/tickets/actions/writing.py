"""Lets a request go on in writing whose call or chat came to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Ticket, TicketEvent


@transaction.atomic
def go_on_in_writing(
    ticket: Ticket,
    verb: Verb,
    *,
    agent: Agent | None,
    data: Mapping[str, object],
    at: datetime,
) -> Ticket:
    """Let a request be one by the form from now on, and return it; `verb` says what it was.

    Whoever asked did so on a page of ours, and is promised what the form promises them. That
    counts from when they asked, where its time is not over by then (domain.md E73, E80).
    """
    held = hold(ticket)
    was = held.channel
    held.channel = Ticket.Channel.FORM
    held.save(update_fields=["channel"])
    told = dict(data) | {"was": was}
    record(TicketEvent(ticket=held, verb=verb, agent=agent, at=at, data=told))
    return held
