"""What a value of a filter means for a field of the vendor's own, by the field's kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from answerable.tickets.core import fields as kinds
from answerable.tickets.field_models import COMPARED
from answerable.tickets.models import Field

ENTERED = (
    "EXISTS (SELECT FROM tickets_fieldvalue v"
    " WHERE v.ticket_id = t.id AND v.field_id = {field} AND {what})"
)
YES, NO = "yes", "no"
LONGEST_NUMBER = 24
Named = Callable[[object], str]


def field_condition(field: Field | None, value: str, named: Named) -> str:
    """Return the condition that a field has a value; a number or a date may be a range, “1..9”.

    Texts are compared without case, by their first characters. What no such field can have, and
    a field that there is not, matches nothing.
    """
    if field is None:
        return "false"
    what = _what(field.kind, value, named)
    return ENTERED.format(field=named(field.pk), what=what) if what else "false"


def _what(kind: str, value: str, named: Named) -> str:
    if kind == kinds.YES_NO:
        return f"v.flag = {named(value == YES)}" if value in {YES, NO} else ""
    if kind == kinds.NUMBER:
        return _between("v.number", value, number_in, named)
    if kind == kinds.DATE:
        return _between("v.day", value, day_in, named)
    if kind == kinds.CHOICES:
        return f"v.chosen <> '{{}}' AND v.chosen @> ARRAY[{named(value)}]::varchar[]"
    compared = f"lower(left({named(value)}, {COMPARED}))"
    return f"v.text <> '' AND lower(left(v.text, {COMPARED})) = {compared}"


def _between(
    column: str, value: str, read: Callable[[str], object | None], named: Named
) -> str:
    low, dots, high = value.partition("..")
    ends = [(">=", low), ("<=", high)] if dots else [("=", value)]
    parts = []
    for sign, text in ends:
        bound = read(text)
        if bound is None and (text or not dots):
            return ""
        if bound is not None:
            parts.append(f"{column} {sign} {named(bound)}")
    return " AND ".join(parts)


def number_in(text: str) -> Decimal | None:
    """Return a number as it is entered, or None."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and len(text) <= LONGEST_NUMBER else None


def day_in(text: str) -> date | None:
    """Return a day as an address has it, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
