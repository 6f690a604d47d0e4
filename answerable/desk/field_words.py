"""What stands in the vendor's own fields, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils import dateformat
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.tickets.core import fields as core
from answerable.tickets.filled import choice_names, field_name
from answerable.tickets.models import Ticket
from answerable.tickets.named import name_in

__all__ = [
    "PRIORITIES",
    "STATES",
    "choice_names",
    "field_name",
    "typed_words",
    "value_words",
]

PRIORITIES: dict[int, Promise] = {
    Ticket.Priority.LOW: gettext_lazy("Low"),
    Ticket.Priority.NORMAL: gettext_lazy("Normal"),
    Ticket.Priority.HIGH: gettext_lazy("High"),
    Ticket.Priority.URGENT: gettext_lazy("Urgent"),
}
STATES: dict[str, Promise] = {
    Ticket.State.REVIEW: gettext_lazy("For review"),
    Ticket.State.OPEN: gettext_lazy("Open"),
    Ticket.State.WAITING: gettext_lazy("Waiting for the customer"),
    Ticket.State.HELD: gettext_lazy("On hold"),
    Ticket.State.RESOLVED: gettext_lazy("Resolved"),
}


def value_words(value: core.Value | None, choices: Mapping[str, str]) -> str:
    """Return a value as it is read; nothing is an empty text."""
    match value:
        case None:
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case Decimal():
            return str(number_format(value, use_l10n=True, force_grouping=True))
        case date():
            return str(dateformat.format(value, _("j F Y")))
        case tuple():
            return ", ".join(choices.get(key, key) for key in value)
    return choices.get(value, value)


def typed_words(change: Mapping[str, object], side: str) -> str:
    """Return what a line of the log says was in a field: `side` is "from" or "to"."""
    named = change.get("choices")
    names = {k: name_in(v) for k, v in named.items()} if isinstance(named, Mapping) else {}
    said = change.get(side, "")
    told: core.Said = said if isinstance(said, str) else [str(one) for one in _rows(said)]
    try:
        value = core.checked(str(change.get("kind")), told, list(names))
    except core.Unfit:
        return str(said)
    return value_words(value, names)


def _rows(said: object) -> list[object]:
    return list(said) if isinstance(said, list | tuple) else []
