"""Fills in the vendor's own fields of a ticket, and looks after the fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from answerable.accounts.models import Agent, Contact
from answerable.tickets.actions.held import hold
from answerable.tickets.core import fields as core
from answerable.tickets.events import Verb, record
from answerable.tickets.filled import choice_keys, value_in
from answerable.tickets.models import Field, FieldValue, Ticket, TicketEvent
from answerable.tickets.text import clean

EMPTY: dict[str, object] = {"text": "", "number": None, "day": None, "flag": None, "chosen": []}
COLUMNS = {
    core.NUMBER: "number",
    core.DATE: "day",
    core.YES_NO: "flag",
    core.CHOICES: "chosen",
}


@transaction.atomic
def save_field(field: Field) -> None:
    """Keep a field; a new one comes last, under a key made of its name."""
    if field.pk is None:
        last = Field.objects.order_by("-position").values_list("position", flat=True).first()
        field.position = (last or 0) + 1
        field.key = _free_key(next(iter(field.names.values()), ""))
    field.save()


def retire_field(field: Field, *, at: datetime | None) -> None:
    """Ask for a field no more, or again where `at` is None; what was entered stays."""
    field.retired_at = at
    field.save(update_fields=["retired_at"])


@transaction.atomic
def raise_field(field: Field) -> None:
    """Put a field before the one above it."""
    above = Field.objects.in_use().filter(position__lt=field.position).last()
    if above:
        field.position, above.position = above.position, field.position
        field.save(update_fields=["position"])
        above.save(update_fields=["position"])


def checked_value(field: Field, said: core.Said) -> core.Value | None:
    """Return what was entered in a field as it is kept. Raises Unfit."""
    told = clean(said) if isinstance(said, str) else [clean(one) for one in said]
    return core.checked(field.kind, told, choice_keys(field))


@transaction.atomic
def set_fields(
    ticket: Ticket,
    said: Mapping[Field, core.Said],
    *,
    agent: Agent | None,
    at: datetime,
    contact: Contact | None = None,
) -> dict[int, core.Value | None]:
    """Fill in fields of a ticket, as an agent or its customer; what says nothing empties one.

    Returns what was in those that changed, by field: with `typed` of it they are as before.
    Raises Unfit.
    """
    ticket = hold(ticket)
    values = {field: checked_value(field, what) for field, what in said.items()}
    rows = FieldValue.objects.filter(ticket=ticket, field__in=list(values))
    before = {row.field_id: value_in(row) for row in rows.select_related("field")}
    changed = {field: new for field, new in values.items() if before.get(field.pk) != new}
    for field, value in changed.items():
        _store(ticket, field, value)
    if changed:
        data = {"changes": [_told(f, before.get(f.pk), new) for f, new in changed.items()]}
        record(
            TicketEvent(
                ticket=ticket,
                verb=Verb.FIELDS_SET,
                agent=agent,
                contact=contact,
                at=at,
                data=data,
            )
        )
    return {field.pk: before.get(field.pk) for field in changed}


def _store(ticket: Ticket, field: Field, value: core.Value | None) -> None:
    if value is None:
        FieldValue.objects.filter(ticket=ticket, field=field).delete()
        return
    kept = list(value) if isinstance(value, tuple) else value
    columns = EMPTY | {COLUMNS.get(field.kind, "text"): kept}
    FieldValue.objects.update_or_create(ticket=ticket, field=field, defaults=columns)


def _told(
    field: Field, before: core.Value | None, after: core.Value | None
) -> dict[str, object]:
    """Return a change as the log keeps it: it can be read when the field is gone."""
    was, now = core.typed(before), core.typed(after)
    chosen = {
        *([was] if isinstance(was, str) else was),
        *([now] if isinstance(now, str) else now),
    }
    named = {row["key"]: row["names"] for row in field.choices if row["key"] in chosen}
    return {
        "field": field.pk,
        "key": field.key,
        "kind": field.kind,
        "names": field.names,
        "choices": named,
        "from": was,
        "to": now,
    }


def _free_key(name: str) -> str:
    wanted = slugify(name, allow_unicode=True)[:52] or "field"
    taken = set(Field.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (wanted, *numbered) if key not in taken)
