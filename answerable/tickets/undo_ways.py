"""The ways to take something back, by name: what settings.UNDO_WAYS lists.

A way reads what is so now as facts that JSON can hold, and puts facts back by ordinary actions,
so that every reaction sees an ordinary change. Rooms above bring ways of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from answerable.accounts.models import Agent
from answerable.tickets.models import Ticket

Facts = Mapping[str, Any]


class CannotTakeBack(Exception):
    """It cannot be taken back; the text is one of REASONS."""


# Why something is not taken back although nobody changed it: the desk has a sentence for each.
TOLD = "told"  # the customer was told of it
PLAN = "plan"  # the plan does not let it be changed so
GONE = "gone"  # what it needs is not there any more
REASONS = (TOLD, PLAN, GONE)


class Way(Protocol):
    """How one kind of act is taken back."""

    verbs: frozenset[str]  # the lines of the log that say such a change

    def facts(self, ticket: Ticket) -> Facts:
        """Return what is so now, of a ticket whose row is held."""

    def put_back(self, ticket: Ticket, facts: Facts, *, agent: Agent, at: datetime) -> None:
        """Make so again what was so. Raises CannotTakeBack."""


@cache
def undo_ways() -> Mapping[str, Way]:
    """Return the ways by name, as the settings list them."""
    return {name: import_string(path)() for name, path in settings.UNDO_WAYS.items()}
