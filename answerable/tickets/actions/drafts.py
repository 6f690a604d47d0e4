"""Keeps what an agent has typed and not sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.tickets.actions.held import TooLong, hold
from answerable.tickets.core.saving import Comes, as_named, comes
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Draft, Ticket, TicketEvent
from answerable.tickets.text import clean

LONGEST_DRAFT = 4_000_000
LONGEST_DATA = 50_000
NOTHING: Mapping[str, object] = {}


class NewerDraft(Exception):
    """The draft was saved in another window after the one that is saved now was read."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft))
        self.draft = draft


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody has typed, and what they chose beside it.

    `base` is the version of the draft that they began with, "" for none; None asks for no
    comparison. `data` is to whom it goes and what is staged; None leaves it as it is.
    `saved_as` is what their page calls this save (core/saving.py).
    """

    body: str
    base: str | None = None
    data: Mapping[str, object] | None = None
    saved_as: str = ""


def save_draft(ticket: Ticket, *, agent: Agent, mode: str, body: str, at: datetime) -> None:
    """Keep a draft of this writer; an empty one is forgotten. Nothing else touches it."""
    keep_draft(ticket, Typed(body), agent=agent, mode=mode, at=at)


@transaction.atomic
def keep_draft(
    ticket: Ticket, typed: Typed, *, agent: Agent, mode: str, at: datetime
) -> Draft | None:
    """Keep a draft of this writer and return it; an empty one is forgotten.

    A save that comes after a newer one of its own page changes nothing.

    Raises NewerDraft when another window saved other words since, and TooLong.
    """
    body = clean(typed.body)
    if len(body) > LONGEST_DRAFT:
        raise TooLong(str(len(body)))
    mine = Draft.objects.filter(ticket=ticket, agent=agent, mode=mode)
    there = mine.select_for_update().first()
    how = _comes(there, typed, body)
    if there and how is Comes.ACROSS:
        raise NewerDraft(there)
    if there and how is Comes.LATE:
        return there
    if not body.strip():
        mine.delete()
        return None
    data = there.data if there and typed.data is None else _fit(typed.data or NOTHING)
    kept, _ = Draft.objects.update_or_create(
        ticket=ticket,
        agent=agent,
        mode=mode,
        defaults={
            "body": body,
            "saved_at": at,
            "saved_as": as_named(typed.saved_as),
            "data": data,
        },
    )
    return kept


def _comes(there: Draft | None, typed: Typed, body: str) -> Comes:
    if there is None or typed.base is None:
        return Comes.NEXT
    how = comes(typed.saved_as, base=typed.base, kept=there.version)
    return Comes.NEXT if how is Comes.ACROSS and there.body == body else how


def _fit(data: Mapping[str, object]) -> dict[str, object]:
    kept = dict(data)
    return kept if len(json.dumps(kept)) <= LONGEST_DATA else {}


def put_above_draft(
    ticket: Ticket, *, agent: Agent, body: str, data: Mapping[str, object], at: datetime
) -> None:
    """Make a reply that comes back its writer's draft; what they typed since stays below it."""
    written = ticket.drafts.filter(agent=agent, mode=Draft.Mode.REPLY).first()
    both = f"{body}\n\n{written.body}" if written else body
    chosen = {key: data[key] for key in Draft.DATA if data.get(key)}
    both_data = (written.data if written else {}) | chosen
    typed = Typed(both[:LONGEST_DRAFT], data=both_data)
    keep_draft(ticket, typed, agent=agent, mode=Draft.Mode.REPLY, at=at)


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
    save_draft(ticket, agent=agent, mode=mode, body=both[:LONGEST_DRAFT], at=at)
    record(
        TicketEvent(
            ticket=ticket,
            verb=Verb.REPLY_PARKED,
            agent=agent,
            at=at,
            data={"why": why, "mode": mode},
        )
    )
