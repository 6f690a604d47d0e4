"""A contact's requests, in the order in which they matter to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, FilteredRelation, IntegerField, Q, Value, When
from django.db.models.query import Prefetch

from answerable.accounts.models import Contact
from answerable.portal.queries.panel import state_of
from answerable.sla.core.ledger import Outcome
from answerable.sla.models import Clock
from answerable.tickets.models import Ticket, TicketQuerySet

A_PAGE = 50
LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Row:
    """A request in the list: the ticket, its promise, and how that stands."""

    ticket: Ticket
    clock: Clock | None
    state: str
    by: str  # who sent it, when that is somebody else
    says: str  # the beginning of what was said last, unless it only greets


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a contact's requests, and how many there are of each sort."""

    rows: list[Row]
    page: Page[Ticket]
    open: int
    waiting: int
    topics: list[str]


def requests_of(contact: Contact, *, view: str, words: str, page: str, at: datetime) -> Listing:
    """Return a page of the requests that a contact may see. Four queries.

    Those that wait for the customer come first, then guarantees by due time, then aims.
    """
    visible = Ticket.objects.of_contact(contact)
    found = _matching(visible, words) if words else _viewed(visible, view)
    shown = Paginator(_ordered(found, closed=view == "closed"), A_PAGE).get_page(page)
    rows = [_row(ticket, contact, at) for ticket in shown]
    waiting = Q(state=Ticket.State.WAITING)
    count = visible.unresolved().aggregate(all=Count("pk"), waiting=Count("pk", filter=waiting))
    return Listing(rows, shown, count["all"], count["waiting"], list(_topics(rows, contact)))


def _viewed(visible: TicketQuerySet, view: str) -> TicketQuerySet:
    match view:
        case "closed":
            return visible.filter(state=Ticket.State.RESOLVED)
        case "waiting":
            return visible.filter(state=Ticket.State.WAITING)
    return visible.unresolved()


def _matching(visible: TicketQuerySet, words: str) -> TicketQuerySet:
    wanted = Q(subject__icontains=words)
    number = words.lstrip("#")
    if number.isdecimal() and len(number) <= LONGEST_NUMBER:
        wanted |= Q(pk=int(number))
    return visible.filter(wanted)


def _ordered(tickets: TicketQuerySet, *, closed: bool) -> TicketQuerySet:
    clocks = Clock.objects.filter(metric=Clock.Metric.FIRST_RESPONSE)
    tickets = tickets.select_related("requester").prefetch_related(
        Prefetch("clocks", clocks, to_attr="first_reply")
    )
    if closed:
        return tickets.order_by("-last_at", "-pk")
    first = FilteredRelation("clocks", condition=Q(clocks__metric=Clock.Metric.FIRST_RESPONSE))
    promised = Q(promise__kind=Clock.Kind.GUARANTEE, promise__answered_at=None)
    aimed = Q(promise__outcome__in=[Outcome.RUNNING, Outcome.MISSED], promise__answered_at=None)
    rank = Case(
        When(state=Ticket.State.WAITING, then=Value(0)),
        When(promised, then=Value(1)),
        When(aimed, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return tickets.annotate(promise=first, rank=rank).order_by(
        "rank", F("promise__due_at").asc(nulls_last=True), "-last_at", "-pk"
    )


def _row(ticket: Ticket, contact: Contact, at: datetime) -> Row:
    held: list[Clock] = getattr(ticket, "first_reply", [])
    clock = held[0] if held else None
    mine = ticket.requester_id == contact.pk
    says = "" if ticket.last_line.endswith(",") else ticket.last_line
    return Row(ticket, clock, state_of(clock, at), "" if mine else ticket.sender_name, says)


def _topics(rows: list[Row], contact: Contact) -> Iterator[str]:
    """Name what the list listens to: one's own requests, and others' that it shows."""
    yield f"requests-{contact.pk}"
    for row in rows:
        if row.by:
            yield f"request-{row.ticket.pk}"
