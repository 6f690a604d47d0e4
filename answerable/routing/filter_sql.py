"""Filters of the queue as a condition in SQL: what each key means, and what it costs.

Conditions speak of `q`, an entry of the queue, and of `t`, its ticket. Those of one condition
are a list of alternatives. A value that names nothing that there is matches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from answerable.routing.core.filters import (
    FIELD,
    Condition,
    Filters,
    bounds,
    days_named,
    range_in,
)
from answerable.routing.field_sql import field_condition
from answerable.tickets.models import Field, Ticket

RUNS = "q.kind = 'guarantee' AND q.due_at >= %(at)s AND q.started_at <= %(at)s"
SOON_FROM = "q.act_by - greatest(interval '10 minutes', (q.due_at - q.started_at) / 5)"
# The states of core/order.py, as conditions.
CLOCKS = {
    "late": "q.kind = 'guarantee' AND q.due_at < %(at)s",
    "at_risk": f"{RUNS} AND q.act_by < %(at)s",
    "soon": f"{RUNS} AND q.act_by >= %(at)s AND {SOON_FROM} < %(at)s",
    "on_track": f"{RUNS} AND q.act_by >= %(at)s AND {SOON_FROM} >= %(at)s",
    "not_started": "q.kind = 'guarantee' AND q.due_at >= %(at)s AND q.started_at > %(at)s",
    "aim": "q.kind = 'aim'",
    "none": "coalesce(q.kind, '') = ''",
}
IN_FORCE = (
    "t.customer_id IN (SELECT c.customer_id FROM entitlements_contract c"
    " JOIN entitlements_planversion v ON v.id = c.plan_version_id"
    " JOIN entitlements_plan p ON p.id = v.plan_id"
    " WHERE c.status = 'active' AND c.starts_at <= %(at)s"
    " AND (c.ends_at IS NULL OR c.ends_at > %(at)s) AND {what} = ANY({values}))"
)
MEMBERS = (
    "t.assignee_id IN (SELECT m.agent_id FROM routing_team_members m"
    " JOIN routing_team team ON team.id = m.team_id WHERE team.key = ANY({values}))"
)
SKILLED = (
    "EXISTS (SELECT FROM routing_skill s"
    " WHERE s.key = ANY({values}) AND t.product = ANY(s.products))"
)
TAGGED = (
    "EXISTS (SELECT FROM tickets_tickettag tt JOIN tickets_tag tag ON tag.id = tt.tag_id"
    " WHERE tt.ticket_id = t.id AND tag.slug = ANY({values}))"
)
CLAIMED = (
    "EXISTS (SELECT FROM tickets_claim claim WHERE claim.ticket_id = t.id"
    " AND coalesce(nullif(claim.outcome, ''), 'open') = ANY({values}))"
)
COLUMNS = {
    "state": "t.state",
    "severity": "t.severity",
    "channel": "t.channel",
    "language": "t.language",
    "product": "t.product",
    "environment": "t.environment",
}
THROUGH = {
    "plan": IN_FORCE.replace("{what}", "p.key"),
    "team": MEMBERS,
    "skill": SKILLED,
    "tag": TAGGED,
    "claim": CLAIMED,
}
MOMENTS = {"created": "t.created_at", "last": "t.last_at"}


@dataclass(slots=True)
class Where:
    """A condition and its values; the same for an entry of the queue and for a resolved one."""

    parts: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    wants_resolved: bool = False
    wants_state: bool = False

    def named(self, value: object) -> str:
        """Keep a value, and return how it stands in the statement."""
        name = f"f{len(self.values)}"
        self.values[name] = value
        return f"%({name})s"

    @property
    def text(self) -> str:
        """The condition, to stand after others: “ AND …”, or nothing."""
        return "".join(f" AND ({part})" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who filters, where their days begin, and when."""

    agent: int
    zone: tzinfo
    at: datetime


def where(filters: Filters, asker: Asker) -> Where:
    """Return the condition for filters. One query where they name fields of the vendor's."""
    state = filters.of("state")
    found = Where(
        wants_resolved=state is not None and ("resolved" in state.values) != state.negated,
        wants_state=state is not None,
    )
    keys = [one.key.removeprefix(FIELD) for one in filters.conditions if FIELD in one.key]
    fields = {field.key: field for field in Field.objects.filter(key__in=keys)} if keys else {}
    for one in filters.conditions:
        text = _alternatives(one, found, asker, fields)
        found.parts.append(f"({text}) IS NOT TRUE" if one.negated else text)
    return found


def _alternatives(
    one: Condition, found: Where, asker: Asker, fields: Mapping[str, Field]
) -> str:
    if one.key in COLUMNS:
        return f"{COLUMNS[one.key]} = ANY({found.named(list(one.values))})"
    if one.key in THROUGH:
        return THROUGH[one.key].format(values=found.named(list(one.values)))
    if one.key in MOMENTS:
        return _any(_moment(one.key, value, found, asker) for value in one.values)
    if one.key.startswith(FIELD):
        known = fields.get(one.key.removeprefix(FIELD))
        return _any(field_condition(known, value, found.named) for value in one.values)
    return SINGLE[one.key](one, found, asker)


def _clock(one: Condition, found: Where, asker: Asker) -> str:
    return _any(CLOCKS[value] for value in one.values)


def _priority(one: Condition, found: Where, asker: Asker) -> str:
    ranks = {priority.name.lower(): priority.value for priority in Ticket.Priority}
    return f"t.priority = ANY({found.named([ranks[value] for value in one.values])})"


def _customer(one: Condition, found: Where, asker: Asker) -> str:
    return f"t.customer_id = ANY({found.named([int(value) for value in one.values])})"


def _contract(one: Condition, found: Where, asker: Asker) -> str:
    numbers = found.named([int(value) for value in one.values])
    return IN_FORCE.format(what="c.id", values=numbers)


def _assignee(one: Condition, found: Where, asker: Asker) -> str:
    named = [value for value in one.values if value != "nobody"]
    people = [asker.agent if value == "me" else int(value) for value in named]
    parts = ["t.assignee_id IS NULL"] if "nobody" in one.values else []
    if people:
        parts.append(f"t.assignee_id = ANY({found.named(people)})")
    return _any(parts)


SINGLE: Mapping[str, Callable[[Condition, Where, Asker], str]] = {
    "clock": _clock,
    "priority": _priority,
    "customer": _customer,
    "contract": _contract,
    "assignee": _assignee,
}


def _moment(key: str, value: str, found: Where, asker: Asker) -> str:
    read = range_in(value)
    if read is None:
        return "false"
    midnights = {
        day: datetime(day.year, day.month, day.day, tzinfo=asker.zone)
        for day in days_named(read)
    }
    instants = bounds(read, midnights, asker.at)
    column = MOMENTS[key]
    parts = []
    if instants.first:
        parts.append(f"{column} >= {found.named(instants.first)}")
    if instants.before:
        parts.append(f"{column} < {found.named(instants.before)}")
    return " AND ".join(parts)


def _any(parts: Iterable[str]) -> str:
    return " OR ".join(f"({part})" for part in parts) or "false"
