"""Browsers with microphones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from answerable.channels.voice.tests.talking import BEEPING
from answerable.tests.browser_fixtures import chromium_path
from answerable.widget.tests.hosting import host

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["host"]


@pytest.fixture(scope="session")
def chromium(chromium: Browser) -> Iterator[Browser]:
    """A browser with a microphone that beeps. Overrides the silent one for these tests."""
    browser = chromium.browser_type.launch(executable_path=chromium_path(), args=BEEPING)
    yield browser
    browser.close()
