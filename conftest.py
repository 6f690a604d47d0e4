"""The few fixtures that everybody uses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from answerable.cast import Cast

pytest_plugins = ["answerable.tests.browser_fixtures", "answerable.tests.database_fixtures"]
MONDAY_TEN = datetime(2025, 10, 20, 8, tzinfo=UTC)  # ten o'clock in Berlin


@pytest.fixture
def at() -> datetime:
    """The instant at which the cast meets: a Monday, ten o'clock in Berlin."""
    return MONDAY_TEN


@pytest.fixture
def cast(db: None, at: datetime) -> Cast:
    """Everybody, in a database of their own."""
    return Cast(at)
