"""What narrows a search down: marks that the index has, and conditions on the ticket's row.

The marks are as old as the index, by some seconds; the row is as it is now. Both must hold, so
nothing is found that does not stand as it was asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from answerable.accounts.models import Agent, Contact, Customer
from answerable.routing.models import QueueEntry
from answerable.search.core.asked import Asked, words_of
from answerable.search.core.months import marks_of_time
from answerable.search.finding import Narrowing
from answerable.search.naming import named
from answerable.search.querying import Condition, mark

MOST_NARROWED = 40
STATES = ("open", "waiting", "held", "resolved", "review")
DAY = timedelta(days=1)


def narrowed(asked: Asked, at: datetime, zone: tzinfo) -> tuple[Condition, Narrowing]:
    """Return the marks and the conditions for the operators that were typed."""
    owners = [_agents(value) for value in asked.values("owner")]
    marks = Condition("mark")
    for either in _marks(asked, owners, at):
        mark(marks, either)
    return marks, _conditions(asked, [pk for each in owners for pk in each], at, zone)


def _marks(
    asked: Asked, owners: Sequence[Collection[int]], at: datetime
) -> Iterator[list[str]]:
    """Give for each operator the marks of which a ticket has one."""
    for value in asked.values("from"):
        yield _from(value)
    for value in asked.values("by"):
        yield [f"#a{pk}" for pk in _agents(value)]
    for value in asked.values("has"):
        yield [f"#{value}"]
    if owners:
        yield [f"#o{pk}" for each in owners for pk in each]
    if states := _states(asked):
        yield [f"#s{state}" for state in states]
    if asked.dates:
        yield marks_of_time(*_days(asked, at))


def _days(asked: Asked, at: datetime) -> tuple[date | None, date]:
    """Return the first and the last day that may be meant: one begins and ends earlier or
    later elsewhere."""
    first, last = asked.dates.get("after"), asked.dates.get("before")
    return first and first - DAY, (last or at.astimezone(UTC).date()) + DAY


def _states(asked: Asked) -> list[str]:
    """Return how tickets may stand; what is late is not resolved."""
    states = [state for state in asked.values("is") if state in STATES]
    if states or "late" not in asked.values("is"):
        return states
    return [state for state in STATES if state != "resolved"]


def _from(value: str) -> list[str]:
    words = words_of(value)
    customers = named(Customer.objects.all(), ("name",), words)
    contacts = named(Contact.objects.all(), ("name", "email"), words)
    theirs = [f"#c{pk}" for pk in customers.values_list("pk", flat=True)[:MOST_NARROWED]]
    return theirs + [f"#p{pk}" for pk in contacts.values_list("pk", flat=True)[:MOST_NARROWED]]


def _agents(value: str) -> Collection[int]:
    agents = named(Agent.objects.all(), ("name",), words_of(value))
    return list(agents.values_list("pk", flat=True)[:MOST_NARROWED])


def _conditions(asked: Asked, owners: list[int], at: datetime, zone: tzinfo) -> Narrowing:
    where, values = list[str](), dict[str, object]()
    if states := [state for state in asked.values("is") if state in STATES]:
        where.append("narrowed.state = ANY(%(states)s)")
        values["states"] = states
    if asked.values("owner"):
        where.append("narrowed.assignee_id = ANY(%(owners)s)")
        values["owners"] = owners
    for name, sign in (("after", ">="), ("before", "<")):
        if day := asked.dates.get(name):
            where.append(f"narrowed.last_at {sign} %({name})s")
            values[name] = _begin(day, zone)
    joined = "JOIN tickets_ticket narrowed ON narrowed.id = document.ticket_id" if where else ""
    if "late" in asked.values("is"):
        joined += " JOIN routing_queueentry queued ON queued.ticket_id = document.ticket_id"
        where.append("queued.due_at < %(late)s AND queued.band < %(waiting)s")
        values |= {"late": at, "waiting": QueueEntry.Band.WAITING.value}
    days = _days(asked, at) if asked.dates else None
    return Narrowing(joined, "".join(f" AND {each}" for each in where), values, days)


def _begin(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
