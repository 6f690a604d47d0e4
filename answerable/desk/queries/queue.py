"""The list of a view as its page shows it: four queries, one more for rows that left it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from answerable.accounts.models import Agent
from answerable.desk.row_html import row_html
from answerable.desk.rows import Shown, row_view
from answerable.desk.words import first_name
from answerable.lib import times
from answerable.routing.queries import (
    MOST_COUNTED,
    MOST_SHOWN,
    URGENT_VIEWS,
    Queue,
    Row,
    queue_for,
    rows_of,
    still_in_view,
)
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

MOST = 600
VIEW_NAMES: dict[str, Promise] = {
    "all": gettext_lazy("All"),
    "mine": gettext_lazy("Mine"),
    "unassigned": gettext_lazy("Unassigned"),
    "waiting": gettext_lazy("Waiting"),
    "review": gettext_lazy("For review"),
}
LEFT: dict[str, Promise] = {
    Verb.RESOLVED: gettext_lazy("Resolved by {name} {time}"),
    Verb.ANSWERED: gettext_lazy("Answered by {name} {time}"),
    Verb.TAKEN: gettext_lazy("Taken by {name} {time}"),
    Verb.ASSIGNED: gettext_lazy("Assigned by {name} {time}"),
    Verb.ADMITTED: gettext_lazy("Let in by {name} {time}"),
    Verb.REOPENED: gettext_lazy("Opened again by {name} {time}"),
    Verb.WROTE: gettext_lazy("{name} wrote {time}"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page says of its list: how long it is, the rows it has, and the open ticket."""

    most: int = MOST_SHOWN
    have: Sequence[int] = ()
    open: int | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """A row whose ticket left the view, and why, until the order is updated."""

    number: str
    subject: str
    why: str


@dataclass(frozen=True, slots=True)
class QueueList:
    """A view of the queue: its rows, how many tickets it has, and what it says when empty."""

    view: str
    now: list[SafeString]
    rows: list[SafeString]
    beyond: list[SafeString]
    gone: list[Gone]
    count: int
    total: str
    more: int | None
    address: str

    @property
    def has_now(self) -> bool:
        """Whether the view can hold critical tickets, for which it keeps a band."""
        return self.view in URGENT_VIEWS

    @property
    def is_empty(self) -> bool:
        """Whether it has no rows at all."""
        return not self.now and not self.rows


def queue_list(
    agent: Agent,
    view: str,
    *,
    at: datetime,
    zone: tzinfo,
    asked: Asked | None = None,
) -> QueueList:
    """Return a view of the queue, and what became of rows in `have` that it has no more."""
    asked = asked or Asked()
    shown = Shown(agent, at, zone)
    most = min(max(asked.most, MOST_SHOWN), MOST)
    queue = queue_for(agent, view, at=at, most=most)
    there = [row.entry.ticket_id for row in (*queue.now, *queue.rows)]
    missing = sorted(set(asked.have).difference(there))
    sunk = still_in_view(agent, view, missing) if missing else set()
    address = reverse("desk:queue", args=[view])
    open_one = str(asked.open)

    def written(rows: Iterable[Row]) -> list[SafeString]:
        views = (row_view(row, shown) for row in rows)
        return [row_html(view, address, is_open=view.number == open_one) for view in views]

    return QueueList(
        view=view,
        now=written(queue.now),
        rows=written(queue.rows),
        beyond=written(rows_of(sunk, at=at).values()) if sunk else [],
        gone=_gone([number for number in missing if number not in sunk], shown),
        count=queue.count,
        total=_total(queue, view),
        more=most + MOST_SHOWN if queue.more and most < MOST else None,
        address=address,
    )


def _total(queue: Queue, view: str) -> str:
    most = number_format(MOST_COUNTED, force_grouping=True)
    count = f"{most}+" if queue.is_capped else str(queue.count)
    if view == "waiting":
        return ngettext("{count} waiting", "{count} waiting", queue.count).format(count=count)
    if view == "review":
        words = ngettext("{count} for review", "{count} for review", queue.count)
        return words.format(count=count)
    words = ngettext("{count} open · least slack", "{count} open · least slack", queue.count)
    return words.format(count=count)


def _gone(numbers: Sequence[int], shown: Shown) -> list[Gone]:
    if not numbers:
        return []
    events = TicketEvent.objects.filter(ticket__in=numbers, verb__in=LEFT)
    latest = events.order_by("ticket", "-pk").distinct("ticket")
    return [
        Gone(str(event.ticket_id), event.ticket.subject, _why(event, shown))
        for event in latest.select_related("ticket", "agent", "contact")
    ]


def _why(event: TicketEvent, shown: Shown) -> str:
    who = event.agent or event.contact
    name = _("you") if event.agent_id == shown.agent.pk else first_name(who.name) if who else ""
    time = times.moment(event.at, shown.at, shown.zone)
    return str(LEFT[event.verb]).format(name=name or _("the system"), time=time)
