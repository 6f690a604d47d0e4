"""The few fixtures that everybody uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import translation

from answerable.cast import Cast
from answerable.tests.kept_cast import cast_at

pytest_plugins = ["answerable.tests.browser_fixtures", "answerable.tests.database_fixtures"]
MONDAY_TEN = datetime(2025, 10, 20, 8, tzinfo=UTC)  # ten o'clock in Berlin


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Begin each test in English: a page of the last one may have been in German."""
    with translation.override("en"):
        yield


@pytest.fixture
def at() -> datetime:
    """The instant at which the cast meets: a Monday, ten o'clock in Berlin."""
    return MONDAY_TEN


@pytest.fixture
def cast(db: None, at: datetime) -> Cast:
    """Everybody, in a database of their own."""
    return cast_at(at)
