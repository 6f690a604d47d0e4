"""What people were told, as pages and boards ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from answerable.accounts.models import Agent
from answerable.notices.core.levels import Kind, Level
from answerable.notices.models import Delivery, Notice, Receiver, Step, Wish
from answerable.tickets.models import Ticket, TicketEvent

WITH = ("ticket__customer", "event__agent", "event__contact", "holder", "offer", "agent")
MOST_COUNTED = 100
MOST_CARDS = 12
MOST_LINES = 3
MOST_DOTS = 200
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
# Fewer than this says nothing about how loud somebody has it.
FEWEST_USELESS = 3
# What has a card of its own at the desk (routing offers it).
OFFERED = [Kind.OFFER.value, Kind.CRITICAL.value]


@dataclass(frozen=True, slots=True)
class Useless:
    """Audible notices of the last week after which their reader did nothing on the ticket."""

    count: int
    kinds: dict[Kind, int]


def notices_of(agent: Agent, *, unread: bool = False) -> QuerySet[Notice]:
    """Return what somebody was told, the latest first."""
    rows = Notice.objects.filter(agent=agent).select_related(*WITH).order_by("-pk")
    return rows.unread() if unread else rows


def unread_count(agent: Agent) -> int:
    """Return how many notices somebody has not read, a hundred at the most."""
    unread = Notice.objects.unread().filter(agent=agent).order_by("-pk")
    return len(unread.values_list("pk", flat=True)[:MOST_COUNTED])


def cards_of(agent: Agent) -> list[Notice]:
    """Return what has a card at somebody's desk: what stands and insists, and what sounded and
    was not read. Offers have cards of their own. One query."""
    loud = Notice.objects.filter(agent=agent, level__gte=Level.AUDIBLE, ended_at=None)
    shown = loud.filter(Q(read_at=None) | Q(level=Level.INSISTENT)).exclude(kind__in=OFFERED)
    return list(shown.select_related(*WITH).order_by("-level", "-pk")[:MOST_CARDS])


def lines_after(agent: Agent, number: int) -> list[Notice]:
    """Return what is to be said in one line and came after a notice, the latest last."""
    rows = Notice.objects.unread().filter(agent=agent, level=Level.VISIBLE, pk__gt=number)
    return list(rows.select_related(*WITH).order_by("-pk")[:MOST_LINES])[::-1]


def unread_tickets(agent: Agent) -> list[int]:
    """Return the tickets of which somebody has not read a notice that is more than quiet."""
    rows = Notice.objects.unread().filter(agent=agent, level__gte=Level.VISIBLE)
    return list(
        rows.order_by("ticket").values_list("ticket_id", flat=True).distinct()[:MOST_DOTS]
    )


def newest(agent: Agent) -> int:
    """Return the number of somebody's latest notice; 0 where there is none."""
    rows = Notice.objects.filter(agent=agent).order_by("-pk")
    return rows.values_list("pk", flat=True).first() or 0


def useless(agent: Agent, at: datetime) -> Useless | None:
    """Return the audible notices of the last week that needed no action from somebody; None
    where there were fewer than three, or they were asked within the week."""
    if Wish.objects.filter(agent=agent, asked_at__gt=at - WEEK).exists():
        return None
    counted = useless_of(agent, at).values_list("kind").annotate(many=Count("pk")).order_by()
    kinds = {Kind(kind): many for kind, many in counted}
    total = sum(kinds.values())
    return Useless(total, kinds) if total >= FEWEST_USELESS else None


def useless_of(agent: Agent, at: datetime) -> QuerySet[Notice]:
    """Return the notices of the last week, but for the last hour, that sounded and after which
    their reader did nothing on the ticket."""
    did = TicketEvent.objects.filter(
        agent=agent, ticket=OuterRef("ticket"), at__gte=OuterRef("at")
    )
    rows = Notice.objects.filter(
        agent=agent, sounded=True, level=Level.AUDIBLE, at__gt=at - WEEK, at__lt=at - HOUR
    )
    return rows.exclude(Exists(did)).select_related(*WITH).order_by("-pk")


def ladders_in_vain() -> list[Step]:
    """Return the latest step of each ladder that reached nobody, while nobody has its ticket.

    The wallboard and the office show it: it is itself an alert (ux.md 8.12).
    """
    later = Step.objects.filter(ticket=OuterRef("ticket"), pk__gt=OuterRef("pk"), reached=True)
    rows = Step.objects.filter(reached=False, ticket__assignee=None).exclude(Exists(later))
    rows = rows.exclude(ticket__state=Ticket.State.RESOLVED).order_by("ticket", "-pk")
    return list(rows.distinct("ticket").select_related("ticket__customer", "event"))


def deliveries_of(receiver: Receiver) -> QuerySet[Delivery]:
    """Return what was sent to a receiver, the latest first."""
    return receiver.deliveries.select_related("ticket").order_by("-pk")


def receivers() -> QuerySet[Receiver]:
    """Return all receivers by name."""
    return Receiver.objects.order_by("name", "pk")
