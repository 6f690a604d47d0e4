"""Pages of long lists: whether another one follows is known; how many there are is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

MOST_DIGITS = 6
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list: its rows, which page it is, and whether there are more."""

    rows: list[T]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Whether it is not the first."""
        return self.number > 1

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the page after."""
        return self.number + 1


def page_of(found: QuerySet[Any, T], asked: str, *, size: int) -> Page[T]:
    """Return the page that an address asks for; the first for one that is not there."""
    number = int(asked) if asked.isdecimal() and len(asked) <= MOST_DIGITS else 1
    number = max(number, 1)
    start = (number - 1) * size
    rows = list(found[start : start + size + 1])
    if not rows and number > 1:
        return page_of(found, "1", size=size)
    return Page(rows[:size], number, len(rows) > size)
