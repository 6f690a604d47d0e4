"""What the vendor's own fields are, what is entered in them, and which tickets have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.db.models.functions import Left, Lower

from answerable.tickets.core import fields as core
from answerable.tickets.field_models import COMPARED
from answerable.tickets.models import Field, FieldValue, Ticket
from answerable.tickets.named import name_in


def belongs(field: Field, ticket: Ticket) -> bool:
    """Say whether a field belongs to a ticket, by its product, severity and channel."""
    return (
        (not field.products or ticket.product in field.products)
        and (not field.severities or ticket.severity in field.severities)
        and (not field.channels or ticket.channel in field.channels)
    )


def fields_of(ticket: Ticket) -> list[Field]:
    """Return the fields that a ticket has now, in their order."""
    return [field for field in Field.objects.in_use() if belongs(field, ticket)]


def values_of(ticket: Ticket) -> dict[int, core.Value]:
    """Return what is entered in a ticket's fields, by field."""
    stored = FieldValue.objects.filter(ticket=ticket).select_related("field")
    return {row.field_id: value for row in stored if (value := value_in(row)) is not None}


def value_in(row: FieldValue) -> core.Value | None:
    """Return what a row holds, by the kind of its field."""
    kind = row.field.kind
    if kind == core.NUMBER:
        return row.number.normalize() if row.number is not None else None
    if kind == core.DATE:
        return row.day
    if kind == core.YES_NO:
        return row.flag
    return (tuple(row.chosen) if kind == core.CHOICES else row.text) or None


def missing_of(ticket: Ticket) -> list[Field]:
    """Return the fields that have to be filled in before a ticket is resolved, and are not."""
    asked = [field for field in fields_of(ticket) if field.required != Field.Required.NEVER]
    filled = values_of(ticket) if asked else {}
    return [field for field in asked if field.pk not in filled]


def having(field: Field, value: core.Value) -> QuerySet[FieldValue]:
    """Return the rows in which a field has a value; of several choices, that one among them.

    Filter tickets by `pk__in=having(field, value).values("ticket")`. Texts are compared without
    case, by their first 80 characters.
    """
    rows = FieldValue.objects.filter(field=field)
    if isinstance(value, bool):
        return rows.filter(flag=value)
    if isinstance(value, Decimal):
        return rows.filter(number=value)
    if isinstance(value, date):
        return rows.filter(day=value)
    if isinstance(value, tuple):
        return rows.filter(~Q(chosen=[]), chosen__overlap=list(value))
    begins = rows.exclude(text="").annotate(begins=Lower(Left("text", COMPARED)))
    return begins.filter(begins=value[:COMPARED].lower())


def between(
    field: Field, low: Decimal | date | None, high: Decimal | date | None
) -> QuerySet[FieldValue]:
    """Return the rows in which a number or a date lies between two, both included."""
    column = "number" if field.kind == core.NUMBER else "day"
    bounds = {f"{column}__gte": low, f"{column}__lte": high, f"{column}__isnull": False}
    asked = {name: bound for name, bound in bounds.items() if bound is not None}
    return FieldValue.objects.filter(field=field, **asked)


def choice_keys(field: Field) -> list[str]:
    """Return the keys of all choices of a field, retired ones too: tickets may have them."""
    return [str(choice["key"]) for choice in field.choices]


def choices_in_use(field: Field) -> Sequence[Mapping[str, object]]:
    """Return the choices that may be chosen now, in their order."""
    return [choice for choice in field.choices if not choice.get("retired")]


def field_name(field: Field) -> str:
    """Return what a field is called."""
    return name_in(field.names) or field.key


def choice_names(field: Field) -> dict[str, str]:
    """Return what the choices of a field are called, by their keys."""
    return {row["key"]: name_in(row["names"]) or row["key"] for row in field.choices}
