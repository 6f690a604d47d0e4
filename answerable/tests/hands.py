"""Hands that count what they do, as ux.md 13 counts, and a film of what came of it.

One press of a key or chord is one, and so is a click; one burst of typing is one; waiting and
reading are none.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page

FILM = "ANSWERABLE_FILM"


class Hands:
    """Somebody at a keyboard, and where a task is done so at a mouse, who counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.counted = 0
        self.pictures = 0

    def press(self, key: str) -> None:
        """Press one key or chord: one."""
        self.counted += 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a burst of text: one."""
        self.counted += 1
        self.page.keyboard.type(text)

    def click(self, target: Locator) -> None:
        """Click or tap once: one."""
        self.counted += 1
        target.click()

    @contextmanager
    def task(self, name: str, most: int) -> Iterator[None]:
        """Do one task of the friction table, within its count."""
        before = self.counted
        yield
        took = self.counted - before
        assert took <= most, f"{name}: {took} where the table has {most}"

    def keep(self, name: str) -> None:
        """Keep a picture of what is on the screen, where a film is asked for."""
        self.pictures += 1
        if folder := os.environ.get(FILM):
            path = Path(folder) / f"{self.pictures:02}-{name}.jpg"
            path.parent.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=path, type="jpeg", quality=62)
