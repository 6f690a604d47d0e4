"""The few fixtures that everybody uses."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import settings as examples

from answerable.cast import Cast
from answerable.tests.kept_cast import cast_at

pytest_plugins = [
    "answerable.tests.run_fixtures",
    "answerable.tests.browser_fixtures",
    "answerable.tests.database_fixtures",
    "answerable.tests.installed_fixtures",
    "answerable.tests.static_fixtures",
]
MONDAY_TEN = datetime(2025, 10, 20, 8, tzinfo=UTC)  # ten o'clock in Berlin
# A busy machine is no reason to fail. Each run tries other examples; where a core has changed,
# `--hypothesis-profile=thorough` tries twenty times as many.
examples.register_profile("suite", deadline=None, max_examples=50)
examples.register_profile("thorough", deadline=None, max_examples=1000)
examples.load_profile("suite")
# What is loaded is not looked through for garbage again and again: it stays.
gc.disable()


# A file that takes minutes comes first: else one process ends with it while the other waits.
LONGEST = {"test_every_page_browser.py", "test_xss_browser.py"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_collection_finish() -> None:
    """Look for garbage from now on, and seldom: tests make little of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


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
