"""What an operator asks the database: who lives, what waits, what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Count, Max, Min

from answerable.channels.email.models import InboundMail, OutgoingMail
from answerable.entitlements.feeds import failing_urls, versions_with_news
from answerable.lib.wire import params
from answerable.ops.models import Heartbeat, Release
from answerable.sla.models import Audit, Clock
from answerable.tickets.following import Lag, lags
from answerable.tickets.models import Ticket

REACHED_WITHIN = 3  # seconds
JOBS = """
    SELECT status::text, queue_name, count(*),
           coalesce(extract(epoch FROM %s - min(since)), 0)
    FROM (
        SELECT job.status, job.queue_name,
               coalesce(job.scheduled_at, (
                   SELECT max(event.at) FROM procrastinate_events event
                   WHERE event.job_id = job.id
                     AND event.type IN ('deferred', 'deferred_for_retry')
               )) AS since
        FROM procrastinate_jobs job
        WHERE job.status IN ('todo', 'doing', 'failed')
    ) AS waiting
    GROUP BY status, queue_name
    ORDER BY status, queue_name
"""
LATENESS = """
    SELECT count(*),
           percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (
               ORDER BY extract(epoch FROM recorded_at - at)
           )
    FROM sla_clockentry
    WHERE verb = 'miss' AND recorded_at > %s
"""


MOST_NAMED = 10
SILENT_AFTER = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Jobs:
    """Jobs of one queue in one state, and for how many seconds the first has waited."""

    status: str
    queue: str
    count: int
    oldest_seconds: float


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late the watch stamped the misses of a span of time, in seconds."""

    count: int
    p50: float
    p99: float


def database_version() -> str:
    """Return the version of the PostgreSQL server. Raises psycopg.Error.

    Asked on a connection of its own: whoever waits for the pool learns neither soon nor why
    the server cannot be reached.
    """
    reached = psycopg.connect(**params() | {"connect_timeout": REACHED_WITHIN})
    with reached as wire:
        return str((wire.execute("SHOW server_version").fetchone() or [""])[0])


def database_clock() -> datetime:
    """Return what the database's clock shows."""
    shown: datetime = _row("SELECT clock_timestamp()")[0]
    return shown


def release() -> Release | None:
    """Return the release that the database was last made ready for."""
    return Release.objects.first()


def living(at: datetime, within: timedelta) -> dict[str, Heartbeat]:
    """Return the newest heartbeat of each kind of process that beat lately."""
    beats = Heartbeat.objects.filter(at__gte=at - within).order_by("at")
    return {beat.kind: beat for beat in beats}


def web_heard_at() -> datetime | None:
    """Return when a web process last said that it lives, None where none did of late."""
    beats = Heartbeat.objects.filter(kind="web").order_by("-at")
    return beats.values_list("at", flat=True).first()


def silent_kinds(at: datetime) -> list[str]:
    """Return the kinds of processes, beside web, of which none gave a sign of life for half a
    minute."""
    heard = Heartbeat.objects.filter(at__gt=at - SILENT_AFTER).values_list("kind", flat=True)
    return [kind for kind in ("work", "watch", "mail") if kind not in set(heard)]


def heartbeats() -> list[tuple[str, str, datetime]]:
    """Return kind, host and newest heartbeat of each kind of process on each host."""
    newest = Heartbeat.objects.values_list("kind", "host").annotate(newest=Max("at"))
    return list(newest.order_by("kind", "host"))


def jobs(at: datetime) -> list[Jobs]:
    """Return the jobs that wait, run or failed, by state and queue."""
    with connection.cursor() as cursor:
        cursor.execute(JOBS, [at])
        return [Jobs(s, queue, count, max(float(age), 0.0)) for s, queue, count, age in cursor]


def lateness(at: datetime, within: timedelta = timedelta(minutes=5)) -> Lateness:
    """Return how late the watch was lately; zeros when it had nothing to stamp."""
    count, at_quantiles = _row(LATENESS, at - within)
    p50, p99 = at_quantiles or (0.0, 0.0)
    return Lateness(count, float(p50), float(p99))


def clocks_running() -> dict[str, int]:
    """Return how many clocks run, by kind of promise."""
    counted = Clock.objects.running().values_list("kind").annotate(count=Count("pk"))
    return dict(counted.order_by("kind"))


def clocks_unstamped(at: datetime) -> tuple[int, float]:
    """Return how many clocks are due and not stamped yet, and how late the first is, in s."""
    due = Clock.objects.running().filter(wake_at__lte=at, due_at__lte=at, missed_at=None)
    found = due.aggregate(count=Count("pk"), first=Min("due_at"))
    late = (at - found["first"]).total_seconds() if found["first"] else 0.0
    return found["count"], late


def clocks_in_doubt() -> list[int]:
    """Return tickets that have a clock whose due time cannot be worked out, and that waits."""
    doubted = Clock.objects.awaited().exclude(doubt="").order_by("ticket")
    return list(doubted.values_list("ticket", flat=True).distinct()[:MOST_NAMED])


def feeds_failing(at: datetime) -> int:
    """Return how many feeds of days off were not fetched for days."""
    return len(failing_urls(at))


def feed_changes() -> int:
    """Return how many plans have feeds with other days off, and nobody has decided."""
    return len(versions_with_news())


def last_audit() -> Audit | None:
    """Return the result of the last audit of all clocks."""
    return Audit.objects.order_by("at").last()


def tickets_open() -> dict[str, int]:
    """Return how many tickets are not resolved, by state."""
    counted = Ticket.objects.unresolved().values_list("state").annotate(count=Count("pk"))
    return dict(counted.order_by("state"))


def followers(at: datetime) -> list[Lag]:
    """Return how far each follower of tickets' logs is behind, and what it could not take."""
    return lags(at)


def mail_unhandled() -> int:
    """Return how many mails were taken in and not read yet."""
    return InboundMail.objects.unhandled().count()


def mail_waiting() -> int:
    """Return how many mails wait to be sent."""
    return OutgoingMail.objects.waiting().count()


def mail_overdue(at: datetime) -> int:
    """Return how many mails should have been sent by now."""
    return OutgoingMail.objects.waiting().filter(next_try_at__lt=at).count()


def _row(query: str, *values: datetime) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        return tuple(cursor.fetchone() or ())
