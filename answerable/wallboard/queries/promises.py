"""Promises at risk now, with who has each and one line why; how many are late or unclaimed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.routing.core.being import Standing
from answerable.routing.core.filters import Filters
from answerable.routing.counts_sql import Counts, counts_of
from answerable.routing.filter_sql import Asker, where
from answerable.routing.models import QueueEntry
from answerable.routing.order_sql import Scope, Slice, ordered
from answerable.routing.queries_of_presence import AgentStanding
from answerable.routing.rows_sql import Entry, entries_of
from answerable.sla.core.counting import Tally
from answerable.sla.core.periods import Period
from answerable.sla.kept import Asked, Promises

SHOWN, LATE_SHOWN = 8, 3
HOUR = timedelta(hours=1)
# How many of their agent's tickets are more urgent: each is read in the order of an index.
AHEAD = """
SELECT mine.ticket_id, (
    SELECT count(*) FROM (
        SELECT 1 FROM routing_queueentry other
        WHERE other.assignee_id = mine.assignee_id AND other.kind = 'guarantee'
            AND other.band < 4 AND (other.band, other.act_by, other.ticket_id)
                < (mine.band, mine.act_by, mine.ticket_id)
        LIMIT 99
    ) AS more_urgent
)
FROM routing_queueentry mine
WHERE mine.ticket_id = ANY(%s) AND mine.assignee_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket whose promise is at risk or late: whose it is, and why it is not answered."""

    number: int
    state: str
    is_critical: bool
    account: str
    due_at: datetime
    turns_at: datetime
    owner: str
    why: str


@dataclass(frozen=True, slots=True)
class AtRisk:
    """What breaks unless somebody acts: rows by slack, and how many there are of each."""

    rows: Sequence[Row]
    late_rows: Sequence[Row]
    counts: Counts
    unclaimed: int
    unassigned: int
    next_due: QueueEntry | None

    @property
    def more(self) -> int:
        """How many at risk are not among the rows."""
        return max(0, self.counts.at_risk - len(self.rows))


def at_risk(
    standing: Mapping[int, AgentStanding], at: datetime, zone: tzinfo, *, names: bool
) -> AtRisk:
    """Return the promises at risk at an instant. Eight queries, however long the queue is.

    They are those of the queue's filter, in its order. `names`: accounts are named, else they
    stand by their numbers.
    """
    risky, late = (_numbers(state, at, zone) for state in ("at_risk", "late"))
    numbers = [*risky[:SHOWN], *late[:LATE_SHOWN]]
    entries = {entry.ticket_id: entry for entry in entries_of(numbers)}
    accounts = {} if names else _accounts(numbers)
    ahead = _ahead(numbers)
    rows = {
        number: _row(entry, standing, ahead.get(number, 0), accounts.get(number), at)
        for number, entry in entries.items()
    }
    counts = counts_of(Scope("all"), at=at)
    return AtRisk(
        rows=[rows[number] for number in risky[:SHOWN] if number in rows],
        late_rows=[rows[number] for number in late[:LATE_SHOWN] if number in rows],
        counts=counts,
        unclaimed=QueueEntry.objects.filter(band=0, assignee=None).count(),
        unassigned=_soon().filter(assignee=None, due_at__gt=at, due_at__lte=at + HOUR).count(),
        next_due=None if risky else _next_due(at),
    )


def today(at: datetime, zone: tzinfo) -> Tally:
    """Return how many promises of today were kept and missed so far. Three queries.

    Today is that of the vendor's clocks, as in reports.
    """
    begin = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    end = (begin + timedelta(days=1)).replace(tzinfo=zone)
    return Promises(Asked(period=Period(begin, end))).total().tally


def _soon() -> QuerySet[QueueEntry]:
    return QueueEntry.objects.filter(kind="guarantee", band__lt=QueueEntry.Band.WAITING)


def _numbers(state: str, at: datetime, zone: tzinfo) -> list[int]:
    """Return tickets by the queue's own filter and order."""
    filters = Filters().with_one("clock", [state])
    scope = Scope("all", None, where(filters, Asker(0, zone, at)))
    most = SHOWN if state == "at_risk" else LATE_SHOWN
    return [number for _rank, number in ordered(scope, "slack", Slice(most), at=at)]


def _next_due(at: datetime) -> QueueEntry | None:
    due = _soon().filter(due_at__gt=at).select_related("assignee")
    return due.order_by("due_at").first()


def _ahead(numbers: Sequence[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(AHEAD, [list(numbers)])
        return dict(cursor.fetchall())


def _accounts(numbers: Sequence[int]) -> dict[int, str]:
    """Return what stands for the account of each ticket where no customer is named."""
    entries = QueueEntry.objects.filter(ticket__in=numbers).values_list("ticket", "customer")
    return {ticket: account_code(customer) for ticket, customer in entries}


def account_code(customer: int | None) -> str:
    """Return what stands for a customer on a screen that anybody may read."""
    return _("Account {number}").format(number=customer) if customer else _("No account")


def _row(
    entry: Entry,
    standing: Mapping[int, AgentStanding],
    ahead: int,
    account: str | None,
    at: datetime,
) -> Row:
    due_at = entry.due_at or entry.act_by
    return Row(
        number=entry.ticket_id,
        state="late" if at > due_at else "at-risk",
        is_critical=entry.band == QueueEntry.Band.NOW,
        account=account or entry.customer or entry.person,
        due_at=due_at,
        turns_at=due_at,
        owner=first_name(entry.assignee),
        why=_why(entry, standing.get(entry.assignee_id or 0), ahead),
    )


def _why(entry: Entry, owner: AgentStanding | None, ahead: int) -> str:
    """Return in one line why a promise is at risk: nobody has it, its owner is busy or not
    there, or has more urgent ones."""
    if entry.assignee_id is None:
        return _("unassigned")
    if owner is None or owner.status == Standing.OFFLINE:
        return _("owner is offline")
    words = {
        Standing.ON_CALL: _("owner on a call"),
        Standing.AWAY: _("owner is away"),
        Standing.LOST: _("owner lost connection"),
    }.get(owner.status)
    if words:
        return words
    if ahead:
        ahead_words = ngettext("{count} ahead of it", "{count} ahead of it", ahead)
        return ahead_words.format(count=ahead)
    chats = owner.rooms.get("chat")
    if chats and chats.has:
        in_chats = ngettext("owner in {count} chat", "owner in {count} chats", chats.has)
        return in_chats.format(count=chats.has)
    return _("has it next")


def first_name(name: str) -> str:
    """Return what colleagues call somebody."""
    return name.split(maxsplit=1)[0] if name.strip() else ""
