"""Instants come out of the database as they went in, whatever they look like on the way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def read(written: str) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [written])
        found: datetime = cursor.fetchone()[0]
    return found


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50
)
@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_is_read_as_it_was_written(db: None, instant: datetime) -> None:
    found = read(instant.isoformat())
    assert found == instant
    assert found.tzinfo is UTC


def test_an_instant_of_another_zone_is_read_in_utc(db: None) -> None:
    found = read("2025-10-26T02:30:00+02:00")
    assert found == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert found.tzinfo is UTC


def test_no_instant_stays_none(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT NULL::timestamptz")
        assert cursor.fetchone() == (None,)


def test_a_session_in_another_zone_is_read_right(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Kathmandu'")
    found = read("2025-10-20T08:00:00+00:00")
    assert found == datetime(2025, 10, 20, 8, tzinfo=UTC)
    assert found.tzinfo is UTC


@pytest.mark.parametrize("written", ["infinity", "0044-03-15 12:00:00+00 BC"])
def test_an_instant_that_python_has_not_is_refused(db: None, written: str) -> None:
    with pytest.raises(DatabaseError):
        read(written)
