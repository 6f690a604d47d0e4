"""Operators see who is behind the tickets' log, and what could not be taken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.ops.tests.test_metrics import figures
from answerable.tickets.actions.parking import park
from answerable.tickets.models import LogMark, TicketEvent
from answerable.tickets.tests.openings import opened

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def mark(cast: Cast) -> LogMark:
    opened(cast.dana, cast.at)
    newest = TicketEvent.objects.latest("pk").pk
    LogMark.objects.all().delete()  # Migrations made some, and that may be long ago.
    return LogMark.objects.create(name="rules", upto=newest, level_at=now() - 5 * MINUTE)


def test_it_is_fine_while_all_is_taken(client: Client, mark: LogMark) -> None:
    assert "✓ What follows the tickets' log keeps up." in client.get("/health").text
    assert figures(client)["answerable_follower_lag_seconds", ("rules",)] == 0


def test_it_names_who_is_behind(client: Client, cast: Cast, mark: LogMark) -> None:
    opened(cast.sam, cast.at)
    said = client.get("/health").text
    assert "✗ Behind the tickets' log: rules (" in said
    found = figures(client)
    assert found["answerable_follower_lag_seconds", ("rules",)] >= 300
    assert found["answerable_follower_lag_lines", ("rules",)] > 0


def test_it_counts_what_could_not_be_taken(client: Client, mark: LogMark) -> None:
    park("rules", mark.upto, "KeyError: 'percent'", at=now())
    said = client.get("/health").text
    assert "✗ 1 line of a ticket's log could not be taken. See: answerable log" in said
    assert figures(client)["answerable_follower_parked", ("rules",)] == 1
