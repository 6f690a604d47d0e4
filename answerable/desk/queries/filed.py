"""How a ticket is filed, as its page shows it: three queries, two where there are no fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answerable.desk.field_words import (
    PRIORITIES,
    STATES,
    choice_names,
    field_name,
    value_words,
)
from answerable.tickets.filled import fields_of, values_of
from answerable.tickets.linked import links_of
from answerable.tickets.models import Field, Status, Tag, Ticket
from answerable.tickets.named import name_in
from answerable.tickets.tagged import tags_of

# Where a ticket has more labels than the one, as many as the other stand there at first.
MOST_TAGS, FIRST_TAGS = 15, 12


@dataclass(frozen=True, slots=True)
class Filled:
    """A field with what is in it; `is_missed` where it has to be filled in before resolving."""

    field: Field
    name: str
    says: str
    is_missed: bool


@dataclass(frozen=True, slots=True)
class Filed:
    """The labels and fields of a ticket, its status and priority in words.

    `priority` is nothing where it is the usual one; `statuses` are the vendor's other words for
    its state, the chosen one among them.
    """

    tags: Sequence[Tag]
    fields: Sequence[Filled]
    priority: str
    status: str
    statuses: Sequence[tuple[int, str, bool]]
    priorities: Sequence[tuple[int, str, bool]]
    links: Sequence[Ticket]

    @property
    def shown_tags(self) -> Sequence[Tag]:
        """The labels that stand on the ticket: all, or where they are very many the first."""
        return self.tags if len(self.tags) <= MOST_TAGS else self.tags[:FIRST_TAGS]

    @property
    def more_tags(self) -> Sequence[Tag]:
        """The labels that are shown when they are asked for."""
        return self.tags[len(self.shown_tags) :]

    @property
    def is_missing(self) -> bool:
        """Whether a field has to be filled in before the ticket is resolved."""
        return any(filled.is_missed for filled in self.fields)


def filed_on(ticket: Ticket) -> Filed:
    """Return how a ticket is filed."""
    named = list(Status.objects.filter(retired_at=None).order_by("position", "pk"))
    words = [status for status in named if status.category == ticket.state]
    chosen = status_now(ticket, words)
    return Filed(
        tags=tags_of(ticket),
        links=links_of(ticket),
        fields=_filled(ticket),
        priority=_unusual(ticket),
        status=status_name(ticket, chosen),
        statuses=[(s.pk, name_in(s.names), s == chosen) for s in words],
        priorities=[
            (key, str(PRIORITIES[key]), key == ticket.priority) for key in (4, 3, 2, 1)
        ],
    )


def status_now(ticket: Ticket, words: Sequence[Status]) -> Status | None:
    """Return the status that was chosen for a ticket, else the usual one of its state."""
    picked = (status for status in words if status.pk == ticket.status_id)
    usual = (status for status in words if status.is_usual)
    return next(picked, next(usual, None))


def status_name(ticket: Ticket, status: Status | None) -> str:
    """Return how a ticket stands, in the vendor's own word or in ours."""
    return (name_in(status.names) if status else "") or str(STATES[ticket.state])


def _unusual(ticket: Ticket) -> str:
    is_usual = ticket.priority == Ticket.Priority.NORMAL
    return "" if is_usual else str(PRIORITIES[ticket.priority])


def _filled(ticket: Ticket) -> list[Filled]:
    fields = fields_of(ticket)
    values = values_of(ticket) if fields else {}
    is_open = ticket.state != Ticket.State.RESOLVED
    return [
        Filled(
            field=field,
            name=field_name(field),
            says=value_words(values.get(field.pk), choice_names(field)),
            is_missed=is_open
            and field.required != Field.Required.NEVER
            and field.pk not in values,
        )
        for field in fields
    ]
