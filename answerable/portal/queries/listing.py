"""A contact's requests, in the order in which they matter to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.query import Prefetch

from answerable.accounts.models import Contact
from answerable.portal.queries.panel import state_of
from answerable.sla.core.ledger import Outcome
from answerable.sla.models import Clock
from answerable.tickets.models import Ticket, TicketQuerySet

A_PAGE = 50
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
    replies = Clock.objects.filter(metric__in=REPLIES).exclude(outcome__in=GONE)
    tickets = tickets.select_related("requester").prefetch_related(
        Prefetch("clocks", replies.order_by("-pk"), to_attr="replies")
    )
    if closed:
        return tickets.order_by("-last_at", "-pk")
    waiting = Clock.objects.awaited().filter(ticket=OuterRef("pk"), metric__in=REPLIES)
    promised = waiting.filter(kind=Clock.Kind.GUARANTEE).order_by("due_at").values("due_at")
    aimed = waiting.filter(kind=Clock.Kind.AIM, outcome=Outcome.RUNNING).order_by("due_at")
    rank = Case(
        When(state=Ticket.State.WAITING, then=Value(0)),
        When(promised__isnull=False, then=Value(1)),
        When(aimed__isnull=False, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    due = {"promised": Subquery(promised[:1]), "aimed": Subquery(aimed.values("due_at")[:1])}
    soonest = Coalesce("promised", "aimed").asc(nulls_last=True)
    return (
        tickets.annotate(**due).annotate(rank=rank).order_by("rank", soonest, "-last_at", "-pk")
    )


def _row(ticket: Ticket, contact: Contact, at: datetime) -> Row:
    held: list[Clock] = getattr(ticket, "replies", [])
    waiting = (clock for clock in held if clock.answered_at is None)
    clock = next(waiting, held[0] if held else None)
    mine = ticket.requester_id == contact.pk
    says = "" if ticket.last_line.endswith(",") else ticket.last_line
    return Row(ticket, clock, state_of(clock, at), "" if mine else ticket.sender_name, says)


def _topics(rows: list[Row], contact: Contact) -> Iterator[str]:
    """Name what the list listens to: one's own requests, and others' that it shows."""
    yield f"requests-{contact.pk}"
    for row in rows:
        if row.by:
            yield f"request-{row.ticket.pk}"
