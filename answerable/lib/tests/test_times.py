"""The words of times, by the table that the browser's twin is tested with as well."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from answerable.lib import times

TABLE = json.loads((Path(__file__).parent / "countdown.json").read_text(encoding="utf-8"))
BERLIN = ZoneInfo("Europe/Berlin")
LONDON = ZoneInfo("Europe/London")
NOON = datetime.fromisoformat("2025-10-24T12:00:00+02:00")


@pytest.mark.parametrize(
    ("due", "now", "agent", "customer"),
    [case[1:] for case in TABLE["cases"]],
    ids=[case[0] for case in TABLE["cases"]],
)
def test_it_says_what_is_left(due: str, now: str, agent: str, customer: str) -> None:
    zone = ZoneInfo(TABLE["zone"])
    instants = datetime.fromisoformat(due), datetime.fromisoformat(now)
    assert times.agent_left(*instants, zone) == agent
    assert times.customer_due(*instants, zone) == customer


def test_it_names_the_day_when_it_is_not_today() -> None:
    at = datetime.fromisoformat
    assert times.moment(at("2025-10-24T15:10:00+02:00"), NOON, BERLIN) == "15:10"
    assert times.moment(at("2025-10-25T15:10:00+02:00"), NOON, BERLIN) == "Sat 15:10"
    assert times.moment(at("2025-10-30T10:00:00+01:00"), NOON, BERLIN) == "Thu 30 Oct 10:00"
    assert times.moment(at("2024-10-24T10:00:00+02:00"), NOON, BERLIN) == "24 Oct 2024"


def test_it_keeps_a_time_true_while_offline() -> None:
    due = datetime.fromisoformat("2025-10-24T12:42:00+02:00")
    assert times.customer_by(due, NOON, BERLIN) == "by 12:42 today"


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Europe/Berlin", "UTC+2"),
        ("Asia/Kathmandu", "UTC+5:45"),
        ("America/St_Johns", "UTC\N{MINUS SIGN}2:30"),
        ("UTC", "UTC"),
    ],
)
def test_it_names_the_offset(zone: str, name: str) -> None:
    assert times.offset_name(NOON, ZoneInfo(zone)) == name


def test_it_shows_the_offset_of_any_time() -> None:
    due = datetime.fromisoformat("2025-10-27T15:10:00+01:00")
    assert times.with_offset(due, BERLIN) == "15:10 (UTC+1)"


def test_it_names_the_readers_zone_only_when_the_times_differ() -> None:
    due = datetime.fromisoformat("2025-10-24T15:10:00+02:00")
    assert times.in_both_zones(due, BERLIN, LONDON) == "15:10 (14:10 London)"
    assert times.in_both_zones(due, BERLIN, ZoneInfo("Europe/Paris")) == "15:10"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(18 * 60 + 59, "18 min"), (59, "59 s"), (0, "0 s"), (3900, "1 h 5 min")],
)
def test_it_rounds_down_how_early_a_promise_was_kept(seconds: int, words: str) -> None:
    assert times.kept_early(NOON, NOON - timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 min"), (181, "4 min"), (3600, "1 h 0 min")]
)
def test_it_rounds_up_how_late_an_answer_came(seconds: int, words: str) -> None:
    assert times.missed_by(NOON, NOON + timedelta(seconds=seconds)) == words
