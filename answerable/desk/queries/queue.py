"""The list of a view as its page shows it: three queries, one more for rows that left it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from answerable.desk.filter_words import Chip, chips
from answerable.desk.row_html import row_html
from answerable.desk.rows import Shown, row_view
from answerable.desk.words import first_name
from answerable.lib import times
from answerable.routing.counts_sql import Counts
from answerable.routing.expecting import expected_after
from answerable.routing.queries import MOST_SHOWN, Row, queue_for, rows_of, still_in_view
from answerable.routing.views import View, asker_of
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

VIEW_NAMES: dict[str, Promise] = {
    "all": gettext_lazy("All"),
    "mine": gettext_lazy("Mine"),
    "unassigned": gettext_lazy("Unassigned"),
    "waiting": gettext_lazy("Waiting"),
    "review": gettext_lazy("For review"),
}
ORDER_NAMES: dict[str, Promise] = {
    "slack": gettext_lazy("least slack"),
    "due": gettext_lazy("due time"),
    "oldest": gettext_lazy("oldest first"),
    "account": gettext_lazy("account"),
}
LISTS: dict[str, Promise] = {
    "slack": gettext_lazy("Queue, least slack first"),
    "due": gettext_lazy("Queue, by due time"),
    "oldest": gettext_lazy("Queue, oldest first"),
    "account": gettext_lazy("Queue, by account"),
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
    """What a page says of its list: where it begins, the rows it has, and the open ticket."""

    skip: int = 0
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
    """A view of the queue: the rows of it that are shown, how many tickets it has, what it is
    filtered by, and what it says when it is empty."""

    view: View
    now: list[SafeString]
    rows: list[SafeString]
    beyond: list[SafeString]
    gone: list[Gone]
    counts: Counts
    total: str
    skip: int
    later: int | None
    address: str
    chips: list[Chip]
    expected: str = ""

    @property
    def key(self) -> str:
        """The view's key in addresses."""
        return self.view.key

    @property
    def has_now(self) -> bool:
        """Whether the view can hold critical tickets, for which it keeps a band."""
        return self.view.has_now

    @property
    def is_empty(self) -> bool:
        """Whether it has no rows at all."""
        return not self.now and not self.rows and not self.skip

    @property
    def sinks(self) -> bool:
        """Whether tickets that wait stand below it, folded: where none of them is in it."""
        return self.view.key == "all" and not self.view.filters and self.view.order == "slack"

    @property
    def query(self) -> str:
        """What it is filtered and ordered by, for an address."""
        order = f"order={self.view.order}" if self.view.order != "slack" else ""
        return "&".join(part for part in (self.view.filters.written(), order) if part)

    @property
    def label(self) -> str:
        """What the list is called for those who listen."""
        return str(LISTS[self.view.order])

    @property
    def order_words(self) -> str:
        """By what it is ordered, as its heading says."""
        return capfirst(str(ORDER_NAMES[self.view.order]))

    @property
    def rest_total(self) -> int:
        """How many rows there are below the band NOW."""
        return self.counts.total - len(self.now)


def queue_list(view: View, shown: Shown, *, asked: Asked | None = None) -> QueueList:
    """Return a view of the queue, and what became of rows in `have` that it has no more."""
    asked = asked or Asked()
    asker = asker_of(shown.agent, shown.zone, shown.at)
    queue = queue_for(view, asker, skip=asked.skip)
    there = [row.entry.ticket_id for row in (*queue.now, *queue.rows)]
    missing = sorted(set(asked.have).difference(there))
    sunk = still_in_view(view, asker, missing) if missing else set()
    address = reverse("desk:queue", args=[view.key])
    open_one = str(asked.open)

    def written(rows: Iterable[Row]) -> list[SafeString]:
        views = (row_view(row, shown) for row in rows)
        return [row_html(view, address, is_open=view.number == open_one) for view in views]

    return QueueList(
        view=view,
        now=written(queue.now),
        rows=written(queue.rows),
        beyond=written(rows_of(sunk, at=shown.at).values()) if sunk else [],
        gone=_gone([number for number in missing if number not in sunk], shown),
        counts=queue.counts,
        total=_total(queue.counts, view),
        skip=asked.skip,
        later=asked.skip + MOST_SHOWN if queue.more else None,
        address=address,
        chips=chips(view.filters),
        expected="" if there else _expected(view, shown),
    )


def _expected(view: View, shown: Shown) -> str:
    """Return about when the next promise comes, for who looks at an empty queue of all."""
    if view.key != "all" or view.filters:
        return ""
    instant = expected_after(shown.at.astimezone(shown.zone))
    return times.moment(instant, shown.at, shown.zone) if instant else ""


def _total(counts: Counts, view: View) -> str:
    count = number_format(counts.total, force_grouping=True)
    if view.filters:
        words = ngettext("{count} ticket", "{count} tickets", counts.total)
    elif view.base == "waiting":
        words = ngettext("{count} waiting", "{count} waiting", counts.total)
    elif view.base == "review":
        words = ngettext("{count} for review", "{count} for review", counts.total)
    else:
        words = ngettext("{count} open", "{count} open", counts.total)
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
