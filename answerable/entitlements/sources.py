"""Where the iCalendar files and feeds of a plan come from when it is published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from answerable.entitlements.core.wrong import PlanError

# Returns what stands at the place of a file or a feed, or None where it cannot get it.
Source = Callable[[str], bytes | None]


def nowhere(place: str) -> None:
    """Return nothing: no file and no feed can be read here."""


def beside(folder: Path) -> Source:
    """Return what reads iCalendar files that lie beside a plan's file; feeds it does not."""

    def read(place: str) -> bytes | None:
        if "://" in place:
            return None
        try:
            return (folder / place).read_bytes()
        except (OSError, ValueError) as error:
            raise PlanError(f"Cannot read {place}: {error}.") from error

    return read
