"""Keeps what agents have typed of new tickets that they have not saved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.tickets.actions.held import TooLong
from answerable.tickets.core.saving import Comes, as_named, comes
from answerable.tickets.models import BegunTicket
from answerable.tickets.text import clean

LONGEST_BEGUN = 1_000_000


class NewerBegun(Exception):
    """It was saved in another window after the words that are saved now were read."""

    def __init__(self, begun: BegunTicket) -> None:
        super().__init__(str(begun))
        self.begun = begun


@dataclass(frozen=True, slots=True)
class Begun:
    """What a page has of a new ticket: its fields, and for whom it is.

    `base` is the version that the page began with, "" for none; None asks for no comparison.
    `saved_as` is what the page calls this save (core/saving.py).
    """

    token: UUID
    person: Contact | None
    data: Mapping[str, Sequence[str]]
    base: str | None = None
    saved_as: str = ""


@transaction.atomic
def keep_begun(begun: Begun, *, agent: Agent, at: datetime) -> BegunTicket | None:
    """Keep what an agent has typed of a new ticket, and return it; None where it is another's.

    A save that comes after a newer one of its own page changes nothing.

    Raises NewerBegun when another window saved other words since, and TooLong.
    """
    data = _fit(begun.data)
    row = BegunTicket.objects.select_for_update().filter(token=begun.token).first()
    if row is None:
        row = BegunTicket(token=begun.token, agent=agent)
    elif row.agent_id != agent.pk:
        return None
    elif begun.base is not None and row.data != data:
        how = comes(begun.saved_as, base=begun.base, kept=row.version)
        if how is Comes.ACROSS:
            raise NewerBegun(row)
        if how is Comes.LATE:
            return row
    row.person, row.data, row.saved_at = begun.person, data, at
    row.saved_as = as_named(begun.saved_as)
    row.save()
    return row


def forget_begun(token: UUID | str, *, agent: Agent) -> None:
    """Forget what an agent typed: it was saved as a ticket, or is not wanted."""
    BegunTicket.objects.filter(token=token, agent=agent).delete()


def _fit(data: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    kept = {clean(name): [clean(value) for value in values] for name, values in data.items()}
    if len(json.dumps(kept)) > LONGEST_BEGUN:
        raise TooLong
    return kept
