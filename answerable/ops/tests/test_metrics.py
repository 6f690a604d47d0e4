"""/metrics, for this machine or for who bears the token."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from prometheus_client.parser import text_string_to_metric_families as parsed
from pytest_django import Settings

from answerable.cast import Cast
from answerable.entitlements.models import Feed, FeedChange
from answerable.ops.actions import Process, beat
from answerable.sla.actions import wake_due
from answerable.tickets.tests.openings import opened_critical

pytestmark = pytest.mark.django_db


def figures(client: Client) -> dict[tuple[str, tuple[str, ...]], float]:
    """Every figure by its name and its labels' values, in the order of the labels' names."""
    samples = [s for family in parsed(client.get("/metrics").text) for s in family.samples]
    return {(s.name, tuple(v for _, v in sorted(s.labels.items()))): s.value for s in samples}


def test_it_counts_what_runs(client: Client, cast: Cast) -> None:
    opened_critical(cast.dana, cast.at)
    found = figures(client)
    assert found["answerable_tickets_open", ("open",)] == 1
    assert found["answerable_clocks_running", ("guarantee",)] == 1
    assert found["answerable_clocks_unstamped", ()] > 0, "the cast met in the past"


def test_it_says_how_late_the_watch_was(client: Client, cast: Cast) -> None:
    opened_critical(cast.dana, cast.at)
    while wake_due(at=now()):
        pass
    found = figures(client)
    assert found["answerable_misses_5m", ()] > 0
    assert found["answerable_watch_lateness_seconds", ("0.99",)] > 0
    assert found["answerable_clocks_unstamped", ()] == 0


def test_it_counts_feeds_that_fail_or_have_changed(client: Client, cast: Cast) -> None:
    found = figures(client)
    assert found["answerable_feeds_failing", ()] == found["answerable_feed_changes", ()] == 0
    Feed.objects.create(
        url="https://example.com/", tried_at=now(), failing_since=now() - timedelta(days=3)
    )
    FeedChange.objects.create(version=cast.premium, days=[], found_at=now())
    found = figures(client)
    assert found["answerable_feeds_failing", ()] == found["answerable_feed_changes", ()] == 1


def test_it_says_since_when_a_process_is_silent(client: Client) -> None:
    beat(Process("watch", "desk-1", 7), at=now() - timedelta(seconds=40))
    age = figures(client)["answerable_heartbeat_age_seconds", ("desk-1", "watch")]
    assert age >= 40


def test_it_is_not_for_strangers(client: Client, settings: Settings) -> None:
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 403
    behind_a_proxy = {"X-Forwarded-For": "192.0.2.7"}
    assert client.get("/metrics", headers=behind_a_proxy).status_code == 403

    settings.ANSWERABLE_METRICS_TOKEN = "seven swans"
    wrong = {"Authorization": "Bearer seven geese"}
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers=wrong).status_code == 403
    right = {"Authorization": "Bearer seven swans"}
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers=right).status_code == 200
