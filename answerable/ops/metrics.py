"""Figures for Prometheus, asked of the database whenever somebody scrapes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import now
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector, CollectorRegistry

from answerable.ops import queries


class Figures(Collector):
    """Collects every figure at one instant."""

    def collect(self) -> Iterator[Metric]:
        at = now()
        yield from _clocks(at)
        yield from _feeds(at)
        yield from _waiting(at)
        yield from _following(at)
        yield from _living(at)


def registry() -> CollectorRegistry:
    """Return a registry that holds our figures alone."""
    ours = CollectorRegistry()
    ours.register(Figures())
    return ours


def _clocks(at: datetime) -> Iterator[Metric]:
    running = GaugeMetricFamily(
        "answerable_clocks_running", "Promise clocks that run.", labels=["kind"]
    )
    for kind, count in queries.clocks_running().items():
        running.add_metric([kind], count)
    yield running
    count, late = queries.clocks_unstamped(at)
    yield _one("answerable_clocks_unstamped", "Clocks that are due and not stamped yet.", count)
    yield _one(
        "answerable_clocks_unstamped_seconds", "How late the first unstamped clock is.", late
    )
    seen = queries.lateness(at)
    yield _one("answerable_misses_5m", "Misses stamped in the last 5 minutes.", seen.count)
    late_by = GaugeMetricFamily(
        "answerable_watch_lateness_seconds",
        "How long after its due instant a miss was stamped, last 5 minutes.",
        labels=["quantile"],
    )
    late_by.add_metric(["0.5"], seen.p50)
    late_by.add_metric(["0.99"], seen.p99)
    yield late_by
    kept = queries.last_audit()
    yield _one(
        "answerable_clock_differences",
        "Differences that the last audit of all clocks found.",
        kept.differences if kept else 0,
    )
    yield _one(
        "answerable_clocks_in_doubt",
        "Tickets with a promise that cannot be worked out, at most ten.",
        len(queries.clocks_in_doubt()),
    )


def _feeds(at: datetime) -> Iterator[Metric]:
    yield _one(
        "answerable_feeds_failing",
        "Feeds of days off that were not fetched for two days.",
        queries.feeds_failing(at),
    )
    yield _one(
        "answerable_feed_changes",
        "Plans whose feeds have other days off, and nobody has decided.",
        queries.feed_changes(),
    )


def _waiting(at: datetime) -> Iterator[Metric]:
    jobs = GaugeMetricFamily("answerable_jobs", "Jobs by state.", labels=["status", "queue"])
    oldest = GaugeMetricFamily(
        "answerable_jobs_oldest_seconds",
        "For how long the first of these jobs has been due.",
        labels=["status", "queue"],
    )
    for row in queries.jobs(at):
        jobs.add_metric([row.status, row.queue], row.count)
        oldest.add_metric([row.status, row.queue], row.oldest_seconds)
    yield jobs
    yield oldest
    tickets = GaugeMetricFamily(
        "answerable_tickets_open", "Tickets that are not resolved.", labels=["state"]
    )
    for state, count in queries.tickets_open().items():
        tickets.add_metric([state], count)
    yield tickets
    yield _one(
        "answerable_mail_unhandled", "Mails taken in, not read yet.", queries.mail_unhandled()
    )
    yield _one("answerable_mail_waiting", "Mails that wait to be sent.", queries.mail_waiting())


def _following(at: datetime) -> Iterator[Metric]:
    figures = {
        "lag_seconds": "For how long a follower of the tickets' log has been behind.",
        "lag_lines": "Lines of the tickets' log that a follower has not taken, at most.",
        "gaps": "Numbers of lines that are not committed, or never will be.",
        "parked": "Lines that a follower could not take.",
    }
    found = queries.followers(at)
    for name, says in figures.items():
        metric = GaugeMetricFamily(f"answerable_follower_{name}", says, labels=["follower"])
        for one in found:
            metric.add_metric([one.name], getattr(one, name.removeprefix("lag_")))
        yield metric


def _living(at: datetime) -> Iterator[Metric]:
    age = GaugeMetricFamily(
        "answerable_heartbeat_age_seconds",
        "Seconds since a process of this kind last gave a sign of life.",
        labels=["kind", "host"],
    )
    for kind, host, newest in queries.heartbeats():
        age.add_metric([kind, host], (at - newest).total_seconds())
    yield age


def _one(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)
