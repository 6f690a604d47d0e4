"""Browsers with microphones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from answerable.cast import Cast
from answerable.channels.voice.tests.talking import BEEPING, LISTENING, Talking
from answerable.tests.browser_fixtures import OpenWindow, chromium_path
from answerable.widget.tests.hosting import Host, host

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

__all__ = ["host"]
PATIENCE = 40_000


@pytest.fixture(scope="session")
def chromium(chromium: Browser) -> Iterator[Browser]:
    """A browser with a microphone that beeps. Overrides the silent one for these tests."""
    browser = chromium.browser_type.launch(executable_path=chromium_path(), args=BEEPING)
    opens = browser.new_context

    def listening(**options: Any) -> BrowserContext:
        context = opens(**options)
        context.add_init_script(LISTENING)
        return context

    browser.new_context = listening  # type: ignore[method-assign]  # Each window of theirs.
    yield browser
    browser.close()


@pytest.fixture(autouse=True)
def _patient(request: pytest.FixtureRequest) -> Iterator[None]:
    """Wait longer than usual: two browsers find each other at their own pace."""
    if "browser" not in request.keywords:
        yield
        return
    from playwright.sync_api import expect  # noqa: PLC0415  # Only browser tests have it.

    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def talking(cast_now: Cast, host: Host, open_window: OpenWindow) -> Talking:
    return Talking(cast_now, host, open_window)
