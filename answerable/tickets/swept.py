"""Where a passage stands in what is kept about a ticket, whichever room keeps it.

The columns in which people's words stand are found in the models themselves: a room that is
added later is swept as the others are, without being named here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import (
    CharField,
    Field,
    ForeignKey,
    ForeignObjectRel,
    JSONField,
    Model,
    Q,
    TextField,
)

from answerable.tickets.core.redaction import (
    holds,
    without,
    without_in_html,
    without_in_json,
)
from answerable.tickets.models import Message, Ticket

FARTHEST = 3  # how many rows lie between a row and its ticket at most
# Shorter columns hold keys and codes.
SHORTEST_COLUMN = 100
# What names a row to programs: a mail without its name would be sent twice.
NAMES = {"mail_id", "cause", "domain", "server", "envelope_from", "mailbox", "headers", "token"}
ROUNDABOUT = ("message__", "event__")


@dataclass(frozen=True, slots=True)
class Table:
    """A model that says something about tickets: by which ways, and in which columns."""

    model: type[Model]
    paths: Sequence[str]
    columns: Sequence[str]
    message: str  # the column that names the message it belongs to, or nothing


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that has the passage, and what its columns say without it."""

    model: type[Model]
    pk: int
    message: int | None
    values: dict[str, object] = field(default_factory=dict)


def family_of(ticket: Ticket) -> list[int]:
    """Return a ticket's number and those of the tickets that it is one with by a merge."""
    survivor = ticket.merged_into_id or ticket.pk
    merged = Ticket.objects.filter(merged_into=survivor).order_by("pk")
    return sorted({ticket.pk, survivor, *merged.values_list("pk", flat=True)})


def hits(family: Sequence[int], passage: str, kept: Collection[int] = ()) -> Iterator[Hit]:
    """Return the rows about tickets that have a passage, but for those of messages that are
    kept as they are. A query a table and a way to it."""
    for table in tables():
        for row in _rows(table, family):
            message = row[table.message] if table.message else None
            if message in kept and message is not None:
                continue
            if values := _changed(table, row, passage):
                yield Hit(table.model, row["pk"], message, values)


@cache
def tables() -> tuple[Table, ...]:
    """Return the tables that say something about tickets in people's words."""
    models = [m for m in apps.get_models() if m._meta.label not in settings.NEVER_REDACTED]
    found = (_table(model) for model in models)
    return tuple(table for table in found if table.paths and table.columns)


def _table(model: type[Model]) -> Table:
    paths = ["pk"] if model is Ticket else list(_paths(model))
    if "ticket" in paths:
        paths = [path for path in paths if not any(way in path for way in ROUNDABOUT)]
    columns = [one.name for one in model._meta.concrete_fields if _is_words(one)]
    return Table(model, paths, columns, _message_column(model))


def _paths(model: type[Model], before: tuple[type[Model], ...] = ()) -> Iterator[str]:
    """Return the ways from a model to its ticket, by the rows that it belongs to."""
    for one in model._meta.get_fields():
        if not isinstance(one, ForeignKey) or isinstance(one, ForeignObjectRel):
            continue
        to = one.related_model
        if to is Ticket:
            yield one.name
        elif len(before) < FARTHEST - 1 and to not in (*before, model):
            ways = _paths(to, (*before, model))
            yield from (f"{one.name}__{way}" for way in ways)


def _is_words(column: Field[Any, Any]) -> bool:
    if column.choices or column.unique or column.name in NAMES:
        return False
    if isinstance(column, TextField | JSONField):
        return True
    return isinstance(column, CharField) and (column.max_length or 0) >= SHORTEST_COLUMN


def _message_column(model: type[Model]) -> str:
    if model is Message:
        return "pk"
    named = {one.name: one for one in model._meta.concrete_fields}
    one = named.get("message")
    return "message" if isinstance(one, ForeignKey) and one.related_model is Message else ""


def _rows(table: Table, family: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Return the rows about tickets, each once. A way by itself is answered by an index."""
    wanted = [*table.columns, *([table.message] if table.message else [])]
    seen: set[int] = set()
    for path in table.paths:
        rows = table.model._default_manager.filter(Q((f"{path}__in", family))).order_by("pk")
        for row in rows.values("pk", *wanted).iterator(chunk_size=500):
            if row["pk"] not in seen:
                seen.add(row["pk"])
                yield row


def _changed(table: Table, row: dict[str, Any], passage: str) -> dict[str, object]:
    """Return the columns of a row that say something else without the passage."""
    changed: dict[str, object] = {}
    for name in table.columns:
        column = table.model._meta.get_field(name)
        after = _without(column, row[name], passage)
        if after != row[name]:
            changed[name] = after
    return changed


def _without(column: Any, value: object, passage: str) -> object:
    if isinstance(column, JSONField):
        return without_in_json(value, passage)
    if not isinstance(value, str):
        return value
    if column.name == "html":
        return without_in_html(value, passage)
    cut = without if isinstance(column, CharField) else partial(_whole, value)
    return cut(value, passage)[: column.max_length]


def _whole(before: str, text: str, passage: str) -> str:
    """Return a text that is never cut off without the passage."""
    return without(text, passage) if holds(text, passage) else before
