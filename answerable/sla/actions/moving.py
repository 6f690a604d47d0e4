"""Moves open tickets to a new version of their plan, thousands of clocks at a time.

Each batch is a transaction of its own that holds the clocks it moves and skips those that
somebody else holds, so that the desk waits for nobody. What is moved pins the new version: who
is killed meanwhile goes on where it was when it is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F

from answerable.accounts.models import Agent
from answerable.entitlements.models import PlanVersion
from answerable.lib import bulk, zones
from answerable.lib.hands import side_by_side
from answerable.sla.actions.starting import has_ladder
from answerable.sla.actions.wire import wake_the_watch
from answerable.sla.core.ladder import step_instants
from answerable.sla.due import calendar_for
from answerable.sla.models import Clock, EscalationStep, Moving
from answerable.sla.moving import NO_END, Key, Moved, Mover, Share
from answerable.tickets.events import Lines, Verb, record_many

AT_ONCE = 4000
# A clock that waits for a step of its ladder is set to its due time here; its steps come after.
# Without the bounds PostgreSQL may read every clock up to the last of them.
MOVE = """
WITH moved AS (
  SELECT * FROM unnest(%(clock)b::bigint[], %(target)b::text[], %(kind)b::text[],
    %(allowance)b::interval[], %(before)b::timestamptz[], %(due_at)b::timestamptz[])
    AS moved (clock, target, kind, allowance, before, due_at)
), stored AS (
  UPDATE sla_clock SET plan_version_id = %(version)s, target = moved.target, kind = moved.kind,
    allowance = moved.allowance, due_at = moved.due_at,
    wake_at = CASE WHEN outcome = 'running' THEN moved.due_at ELSE wake_at END
  FROM moved WHERE id = moved.clock AND id BETWEEN %(first)s AND %(last)s
)
INSERT INTO sla_clockentry (clock_id, verb, at, recorded_at, due_at, agent_id, reason, data)
SELECT clock, 'move', %(at)s, %(at)s, due_at, %(agent)s, '', jsonb_build_object(
  'before', before, 'target', target, 'kind', kind, 'version', %(version)s::bigint,
  'zones', %(zones)s::text)
FROM moved
"""


def ask_to_move(version: PlanVersion, *, agent: Agent | None, at: datetime) -> Moving:
    """Note that open tickets are to be moved to a version; asked twice it is one move."""
    return Moving.objects.get_or_create(
        version=version, finished_at=None, defaults={"agent": agent, "at": at}
    )[0]


def move_open_tickets(
    version: PlanVersion, *, agent: Agent | None, at: datetime, hands: int = 1
) -> Moving:
    """Move every open ticket of a plan to a version, and return how far that is.

    Several hands share the tickets where there are many: the database works for one while
    another counts.

    Each clock is counted anew from its start under the row of the same key. One that would have
    been due already stays where it is, and one that is over stays as it ended (domain.md E69).
    It is not finished while somebody holds what is to be moved; then it is asked again.
    """
    moving = ask_to_move(version, agent=agent, at=at)
    mover = Mover.to(version, moving.at)
    while True:
        shares = mover.remaining().shares(hands)
        done = side_by_side([partial(_pass, moving, mover, share) for share in shares])
        moved, kept = (sum(counts) for counts in zip(*done, strict=True))
        if not moved:
            break
    finished = at if mover.remaining().clocks <= kept else None
    Moving.objects.filter(pk=moving.pk).update(kept=kept, finished_at=finished)
    moving.refresh_from_db()
    return moving


def _pass(moving: Moving, mover: Mover, share: Share) -> tuple[int, int]:
    """Move what is free of a share; return how many clocks moved, and how many stayed."""
    total, kept, after = 0, 0, (share.first, "")
    while True:
        done = move_some(moving, mover, after, share.last)
        if done is None:
            return total, kept
        after, moved, stayed = done
        total, kept = total + moved, kept + stayed
        Moving.objects.filter(pk=moving.pk).update(moved=F("moved") + moved)


def move_few(version: PlanVersion, *, agent: Agent | None, at: datetime) -> None:
    """Move open tickets at once if they are few; many are left to the next job that moves."""
    if Mover.to(version, at).remaining().are_few:
        move_open_tickets(version, agent=agent, at=at)


@transaction.atomic
def move_some(
    moving: Moving, mover: Mover, after: Key, last: int = NO_END
) -> tuple[Key, int, int] | None:
    """Move the next clocks; return where that ended, how many moved, and how many stayed.

    None when there are no more.
    """
    rows = mover.rows(after, AT_ONCE, held=True, last=last)
    if not rows:
        return None
    moved = [one for one in mover.moved(rows) if isinstance(one, Moved)]
    if moved:
        _store(moving, moved)
        _shift_ladders(moving, mover, moved)
        _say(moving, [one for one in moved if one.is_affected])
    return (rows[-1].ticket, rows[-1].metric), len(moved), len(rows) - len(moved)


def _store(moving: Moving, moved: Sequence[Moved]) -> None:
    columns = ("clock", "target", "kind", "allowance", "before", "due_at")
    values: dict[str, Any] = {name: [getattr(one, name) for one in moved] for name in columns}
    values |= {"first": min(values["clock"]), "last": max(values["clock"])}
    values |= {"version": moving.version_id, "agent": moving.agent_id, "at": moving.at}
    values["zones"] = zones.database()
    bulk.run(MOVE, values)
    wake_the_watch()


def _shift_ladders(moving: Moving, mover: Mover, moved: Sequence[Moved]) -> None:
    """Let the steps that are still to come wait for the shares of the new time."""
    rows = {(one.target, one.metric) for one in moved}
    steep = {
        (key, metric)
        for key, metric in rows
        if has_ladder(mover.terms, mover.terms.target(key), metric)
    }
    climbing = [one.clock for one in moved if (one.target, one.metric) in steep]
    if not climbing:
        return
    steps = EscalationStep.objects.waiting().filter(clock__in=climbing)
    for step in steps.select_related("clock"):
        clock = step.clock
        calendar = calendar_for(mover.terms, clock.target)
        since = clock.counts_from or clock.started_at
        (step.at,) = step_instants(since, clock.allowance, calendar, [step.percent])
        step.save(update_fields=["at"])
        waiting = Clock.objects.filter(pk=clock.pk, outcome="running", wake_at__gt=step.at)
        waiting.update(wake_at=step.at)


def _say(moving: Moving, affected: Sequence[Moved]) -> None:
    """Say on each ticket which of its times changed."""
    number = moving.version.number
    record_many(
        Lines(
            verb=Verb.CLOCK_MOVED,
            agent=moving.agent_id,
            at=moving.at,
            tickets=[one.ticket for one in affected],
            data=[_said(one, number) for one in affected],
        )
    )


def _said(one: Moved, number: int) -> dict[str, object]:
    return {
        "clock": one.clock,
        "metric": one.metric,
        "kind": one.kind,
        "before": one.before.isoformat(),
        "due_at": one.due_at.isoformat(),
        "seconds": one.allowance.total_seconds(),
        "number": number,
    }
