"""/health says in words what is wrong; /health/ready is for whoever starts us."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.ops import checks
from answerable.ops.actions import Process, beat, leave
from answerable.ops.models import Heartbeat
from answerable.tickets.tests.openings import opened_critical

pytestmark = pytest.mark.django_db
ALL = [Process(kind, "desk-1", pid) for pid, kind in enumerate(checks.KINDS, start=1)]


@pytest.fixture
def everything_runs(db: None) -> None:
    for process in ALL:
        beat(process, at=now())


def test_it_is_fine_when_everything_runs(client: Client, everything_runs: None) -> None:
    page = client.get("/health")
    assert page.status_code == 200, page.text
    assert page.text.startswith("Everything is fine.")
    assert "✗" not in page.text


def test_it_names_who_gives_no_sign_of_life(client: Client, everything_runs: None) -> None:
    beat(ALL[2], at=now() - timedelta(minutes=1))
    page = client.get("/health")
    assert page.status_code == 503
    assert "✗ No sign of life from: watch. Start them with: answerable up" in page.text


def test_it_misses_who_left(client: Client, everything_runs: None) -> None:
    leave(ALL[0])
    assert "No sign of life from: web." in client.get("/health").text


def test_it_answers_a_monitor_in_json(client: Client, everything_runs: None) -> None:
    said = client.get("/health", headers={"Accept": "application/json"}).json()
    assert said["fine"] is True
    assert {
        "name": "processes",
        "fine": True,
        "says": "web, work, watch and mail run.",
    } in said["findings"]


def test_it_sees_a_due_time_that_nobody_stamped(cast: Cast) -> None:
    ticket = opened_critical(cast.dana, cast.at)
    due = ticket.clocks.running().order_by("due_at").first()
    assert due
    seen = checks.watch(due.due_at + timedelta(seconds=1))
    assert seen.fine
    late = checks.watch(due.due_at + timedelta(seconds=90))
    assert not late.fine
    assert "90 s ago" in late.says


def test_it_sees_that_the_clocks_are_apart() -> None:
    assert checks.clock(now()).fine
    apart = checks.clock(now() - timedelta(minutes=5))
    assert not apart.fine
    assert "300 s apart" in apart.says


def test_it_sees_that_the_database_fits_the_release() -> None:
    assert checks.migrations(now()).fine


def test_it_forgets_who_was_silent_for_an_hour(everything_runs: None) -> None:
    beat(ALL[0], at=now() + timedelta(hours=2))
    assert [row.kind for row in Heartbeat.objects.all()] == ["web"]


def test_it_is_ready_when_the_database_answers(client: Client) -> None:
    page = client.get("/health/ready")
    assert (page.status_code, page.text) == (200, "ready\n")


def test_it_says_why_the_database_cannot_be_reached(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    page = client.get("/health")
    assert page.status_code == 503
    assert "✗ The database cannot be reached: connection" in page.text
    assert "/nowhere" in page.text
    assert client.get("/health/ready").status_code == 503
