"""A contact's requests, in the order in which they matter to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.query import Prefetch
from django.utils.formats import number_format

from answerable.accounts.models import Contact
from answerable.intake.shown.panel import state_of
from answerable.lib.paging import Page, page_of
from answerable.routing.models import THEIR_ORDER, QueueEntry
from answerable.routing.queries import MOST_COUNTED
from answerable.sla.core.ledger import Outcome
from answerable.sla.models import Clock
from answerable.tickets.access import Sight, sight_of
from answerable.tickets.models import CRITICAL, Ticket

A_PAGE = 50
VIEWS = ("open", "waiting", "closed")
REPLIES = [Clock.Metric.FIRST_RESPONSE, Clock.Metric.NEXT_RESPONSE]
GONE = [Outcome.VOID, Outcome.SUPERSEDED]
LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Row:
    """A request in the list: the ticket, its promise, and how that stands."""

    ticket: Ticket
    clock: Clock | None
    state: str
    by: str  # who sent it, when that is somebody else
    is_critical: bool
    says: str  # the beginning of what was said last, unless it only greets


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a contact's requests, and how many there are of each sort.

    `matches` is how many match the words that were looked for, 0 where none were.
    """

    rows: list[Row]
    page: Page[int]
    open: str
    waiting: str
    matches: int
    topics: list[str]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which requests an address asks for: a view or words, of a person, of a severity."""

    view: str = "open"
    words: str = ""
    page: str = "1"
    person: int = 0
    severity: str = ""

    @property
    def only(self) -> Q:
        """The condition that person and severity make of a ticket."""
        named = {"requester": self.person, "severity": self.severity}
        return Q(**{name: value for name, value in named.items() if value})

    @property
    def is_narrowed(self) -> bool:
        """Whether a person or a severity is named."""
        return bool(self.person or self.severity)


def sought(values: Mapping[str, str]) -> Sought:
    """Return what an address asks for; what it says wrongly counts as left out."""
    person = values.get("person", "")
    view = values.get("view", "open")
    return Sought(
        view=view if view in VIEWS else "open",
        words=values.get("q", "").replace("\x00", "").strip()[:100],
        page=values.get("page", "1"),
        person=int(person) if person.isdecimal() and len(person) < LONGEST_NUMBER else 0,
        severity=values.get("severity", "").replace("\x00", "")[:40],
    )


def requests_of(contact: Contact, ask: Sought, *, at: datetime) -> Listing:
    """Return a page of the requests that a contact may see. Four queries, five for a search,
    and one for the rules of whoever is no Super Admin.

    Those that wait for the customer come first, then guarantees by due time, then aims. The
    queue has them in this order, so that a page costs the same however many there are.
    """
    sight = sight_of(contact)
    visible, unresolved = sight.tickets(), sight.narrow(QueueEntry.objects.all())
    if ask.is_narrowed:
        visible = visible.filter(ask.only)
        unresolved = unresolved.filter(ticket__in=visible.values("pk"))
    words = ask.words
    found = _matching(visible, words) if words else _viewed(visible, unresolved, ask.view)
    shown = page_of(found, ask.page, size=A_PAGE)
    rows = [_row(ticket, contact, at) for ticket in _tickets(visible, shown.rows)]
    waiting, every = _counts(unresolved)
    matches = found.count() if words else 0
    return Listing(rows, shown, every, waiting, matches, list(_topics(rows, sight)))


def _viewed(
    visible: QuerySet[Ticket], unresolved: QuerySet[QueueEntry], view: str
) -> QuerySet[Any, int]:
    """Return the numbers of a view, in its order."""
    if view == "closed":
        resolved = visible.filter(state=Ticket.State.RESOLVED)
        return resolved.order_by("-last_at", "-pk").values_list("pk", flat=True)
    if view == "waiting":
        unresolved = unresolved.filter(customer_band=QueueEntry.CustomerBand.WAITING)
    return unresolved.order_by(*THEIR_ORDER).values_list("pk", flat=True)


def _matching(visible: QuerySet[Ticket], words: str) -> QuerySet[Any, int]:
    wanted = Q(subject__icontains=words)
    number = words.lstrip("#")
    if number.isdecimal() and len(number) <= LONGEST_NUMBER:
        wanted |= Q(pk=int(number))
    order = ("queue_entry__customer_band", "queue_entry__customer_due_at", "-last_at", "-pk")
    return visible.filter(wanted).order_by(*order).values_list("pk", flat=True)


def _tickets(visible: QuerySet[Ticket], numbers: Sequence[int]) -> list[Ticket]:
    """Return these tickets, of those that may be seen, each with the clocks of its replies."""
    clocks = Clock.objects.filter(metric__in=REPLIES).exclude(outcome__in=GONE)
    seen = visible.filter(pk__in=numbers).select_related("queue_entry")
    found = seen.prefetch_related(Prefetch("clocks", clocks.order_by("-pk"), to_attr="replies"))
    tickets = {ticket.pk: ticket for ticket in found}
    return [tickets[number] for number in numbers if number in tickets]


def _counts(unresolved: QuerySet[QueueEntry]) -> tuple[str, str]:
    """Return how many wait for the customer, and how many are open, as far as is counted."""
    some = unresolved.order_by("customer_band")[: MOST_COUNTED + 1]
    waiting = Q(customer_band=QueueEntry.CustomerBand.WAITING)
    count = some.aggregate(all=Count("pk"), waiting=Count("pk", filter=waiting))
    return _count(count["waiting"]), _count(count["all"])


def _count(count: int) -> str:
    most = number_format(MOST_COUNTED, force_grouping=True)
    return str(count) if count <= MOST_COUNTED else f"{most}+"


def _row(ticket: Ticket, contact: Contact, at: datetime) -> Row:
    held: list[Clock] = getattr(ticket, "replies", [])
    waiting = (clock for clock in held if clock.answered_at is None)
    clock = next(waiting, held[0] if held else None)
    mine = ticket.requester_id == contact.pk
    says = "" if ticket.last_line.endswith(",") else ticket.last_line
    by = "" if mine else ticket.sender_name
    return Row(ticket, clock, state_of(clock, at), by, _is_critical(ticket), says)


def _is_critical(ticket: Ticket) -> bool:
    """Say whether a request is one of the worst: its plan told the queue. One that is resolved
    stands in no queue, and shows the word that every desk has."""
    entry: QueueEntry | None = getattr(ticket, "queue_entry", None)
    return entry.is_critical if entry else ticket.severity == CRITICAL


def _topics(rows: list[Row], sight: Sight) -> Iterator[str]:
    """Name what the list listens to: all of the company, or own ones and those it shows."""
    yield f"requests-{sight.contact.pk}"
    if sight.is_wide:
        yield f"customer-{sight.contact.customer_id}"
        return
    for row in rows:
        if row.by:
            yield f"request-{row.ticket.pk}"
