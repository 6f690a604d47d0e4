"""Which of two saves of the same words is the newer one.

A page counts its saves: its third one is called "a1b2.3", where a1b2 is the page. So a save
that overtakes another of its page is told from one of another window.
"""

from __future__ import annotations

import re
from enum import StrEnum

NAME = re.compile(r"[0-9a-f]{4,40}\.[0-9]{1,9}")


class Comes(StrEnum):
    """How a save stands to what is kept."""

    NEXT = "next"  # It goes on from what is kept.
    LATE = "late"  # Its own page has saved something newer already.
    ACROSS = "across"  # Another window has saved since.


def comes(version: str, *, base: str, kept: str) -> Comes:
    """Return how the save `version` of a page that began with `base` stands to `kept`."""
    page, turn = _parts(version)
    kept_page, kept_turn = _parts(kept)
    if page and page == kept_page:
        return Comes.NEXT if turn >= kept_turn else Comes.LATE
    return Comes.NEXT if base == kept else Comes.ACROSS


def as_named(version: str) -> str:
    """Return what a page calls its save, or "" where that is no such name."""
    return version if NAME.fullmatch(version) else ""


def _parts(version: str) -> tuple[str, int]:
    page, _, turn = as_named(version).partition(".")
    return page, int(turn or 0)
