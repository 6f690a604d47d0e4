"""The same work by several hands at once: each in a thread, with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def side_by_side(works: Sequence[Callable[[], T]]) -> list[T]:
    """Do pieces of work at once, and return what came of each, in their order.

    A single piece is done here, in the transaction that is open. What one raises is raised when
    all have ended.
    """
    if len(works) < 2:
        return [work() for work in works]
    with ThreadPoolExecutor(len(works)) as hands:
        done = [hands.submit(_alone, work) for work in works]
    return [one.result() for one in done]


def _alone(work: Callable[[], T]) -> T:
    try:
        return work()
    finally:
        connection.close()
