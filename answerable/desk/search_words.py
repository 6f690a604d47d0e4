"""What search is narrowed down to, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerable.search.core.asked import Asked
from answerable.tickets.models import Ticket

STATES: dict[str, Promise] = {
    Ticket.State.OPEN: _("Open"),
    Ticket.State.WAITING: _("Waiting for the customer"),
    Ticket.State.HELD: _("On hold"),
    Ticket.State.RESOLVED: _("Resolved"),
    Ticket.State.REVIEW: _("For review"),
}
CHIPS: dict[str, Promise] = {
    "from": _("from {value}"),
    "by": _("with words of {value}"),
    "owner": _("assigned to {value}"),
    "before": _("last changed before {value}"),
    "after": _("last changed on or after {value}"),
    "file": _("with a file"),
    "note": _("with a note"),
    "late": _("late"),
}
# What may be typed, for the help below the field.
EXAMPLES: tuple[tuple[str, Promise], ...] = (
    ("from:nordwind", _("an account or a person")),
    ("by:ben", _("words of an agent")),
    ("owner:ana", _("who it is assigned to")),
    ("is:late", _("or open, waiting, held, resolved, review")),
    ("has:note", _("or file")),
    ("after:2026-03-01", _("last changed then or later; before: the other way")),
    ('"identity provider"', _("words that stand together")),
    ("-staging", _("without this word")),
)


def state_word(state: str) -> str:
    """Return how a ticket stands, in words."""
    return str(STATES[state])


def chips_of(asked: Asked) -> list[str]:
    """Return what a search is narrowed down to, a few words each."""
    return [_chip(name, value) for name, value in asked.narrowed]


def _chip(name: str, value: str) -> str:
    if name == "is" and value in STATES:
        return state_word(value).lower()
    return str(CHIPS.get(name) or CHIPS[value]).format(value=value)
