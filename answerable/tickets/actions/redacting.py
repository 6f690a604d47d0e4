"""Takes a passage or a file out of a ticket for good: nobody can have it back.

The log keeps who did it, when and why, and not what it was. No clock changes: when something
was said, and by whom, stays as it is (domain.md E98).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from answerable.accounts.exports.actions import forget_copies
from answerable.accounts.models import Agent
from answerable.files.actions import forget
from answerable.files.models import StoredFile, Upload
from answerable.tickets.actions.held import hold
from answerable.tickets.core.redaction import LONGEST, SHORTEST, without
from answerable.tickets.events import Verb, record
from answerable.tickets.models import (
    Attachment,
    Draft,
    HtmlBody,
    Message,
    PreparedReply,
    Ticket,
    TicketEvent,
)
from answerable.tickets.swept import family_of, hits
from answerable.tickets.text import clean, first_line

# The log is never changed (migration 0002), but for this, in this transaction.
ALLOW = "SET LOCAL answerable.redacting = 'on'"
PREPARED = "prepared-"  # of a reply that waits, by its own number
FORBID = "SET LOCAL answerable.redacting = ''"


class NotThere(Exception):
    """Nothing of the kind is on the ticket: it was removed before, or changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What is taken out: a passage, or a file; what it is called in the log, and why.

    `what` is card, password, personal, file or other; messages in `kept` stay as they are.
    """

    agent: Agent
    what: str
    why: str = ""
    passage: str = ""
    file: StoredFile | None = None
    kept: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out of which tickets and messages, for rooms that keep it otherwise."""

    family: Sequence[int]
    messages: frozenset[int]
    removal: Removal
    at: datetime


Redactor = Callable[[Removed], None]


@transaction.atomic
def redact(ticket: Ticket, removal: Removal, *, at: datetime) -> int:
    """Take a passage or a file out of a ticket for good, wherever it stands on it.

    Tickets that are one with it by a merge count as it. Returns in how many rows it stood.
    Raises NotThere where it stands nowhere.
    """
    ticket = hold(ticket)
    family = family_of(ticket)
    changed: set[int] = set()
    count = _take_out(family, removal, changed, at) if removal.passage else 0
    if removal.file:
        count += _take_off(family, removal.file, changed)
    if not count:
        raise NotThere
    _follow_up(family, changed)
    customers = Ticket.objects.filter(pk__in=family, customer__isnull=False)
    forget_copies(customers.values("customer"))
    for redactor in redactors():
        redactor(Removed(family, frozenset(changed), removal, at))
    _record(ticket, removal, count, at)
    return count


@cache
def redactors() -> tuple[Redactor, ...]:
    """Return what takes out of a room what it keeps otherwise than as words in columns."""
    return tuple(import_string(path) for path in settings.TICKET_REDACTORS)


def is_passage(text: str) -> bool:
    """Say whether a text can be taken out: some letters at least, and no whole message."""
    return len("".join(text.split())) >= SHORTEST and len(text) <= LONGEST


def _take_out(family: Sequence[int], removal: Removal, changed: set[int], at: datetime) -> int:
    """Write every row that has the passage anew without it, and return how many there are."""
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(ALLOW)
        for hit in list(hits(family, removal.passage, removal.kept)):
            rows = hit.model._default_manager.filter(pk=hit.pk)
            rows.update(**hit.values, **_as_saved(hit.model, at))
            changed |= {hit.message} if hit.message else set()
            count += 1
        cursor.execute(FORBID)
    return count


def _as_saved(model: type[object], at: datetime) -> dict[str, object]:
    """Return what makes a draft newer than the one that its writer's open page has: that page
    would write the passage back."""
    return {"saved_at": at, "saved_as": ""} if model is Draft else {}


def _take_off(family: Sequence[int], file: StoredFile, changed: set[int]) -> int:
    """Take a file off all that was said and is written on tickets, and delete it unless other
    tickets have it too. Returns off how many."""
    attached = Attachment.objects.filter(file=file, message__ticket__in=family)
    changed |= set(attached.values_list("message_id", flat=True))
    beside = Attachment.objects.filter(file=file, side__thread__ticket__in=family)
    here = Q(pk__in=())
    for number in family:
        here |= Q(place__endswith=f"-{number}") & ~Q(place__startswith=PREPARED)
    for each in PreparedReply.objects.filter(ticket__in=family):
        here |= Q(place=each.place)
    waiting = Upload.objects.filter(here, file=file)
    count = attached.delete()[0] + beside.delete()[0] + waiting.delete()[0]
    forget(file)
    return count


def _follow_up(family: Sequence[int], changed: set[int]) -> None:
    """Let what is made of messages say what they say now: HTML, and the last line."""
    HtmlBody.objects.filter(message__ticket__in=family, html="").delete()
    for ticket in Ticket.objects.filter(pk__in=family):
        newest = ticket.messages.filter(kind__in=Message.PUBLIC).order_by("-pk").first()
        if newest and newest.pk in changed:
            ticket.last_line = first_line(newest.body)[:200]
            ticket.save(update_fields=["last_line"])


def _record(ticket: Ticket, removal: Removal, count: int, at: datetime) -> None:
    why = clean(removal.why)[:200].strip()
    if removal.passage:
        why = without(why, removal.passage)
    data = {"what": removal.what, "why": why, "places": count}
    record(
        TicketEvent(
            ticket=ticket,
            verb=Verb.REDACTED,
            agent=removal.agent,
            at=at,
            data={name: value for name, value in data.items() if value},
        )
    )
