"""Several people at the same time, each on a connection of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def at_once(works: Sequence[Callable[[], Result]]) -> list[Result | Exception]:
    """Start these together, and return what each gave or raised."""
    ready = Barrier(len(works))

    def run(work: Callable[[], Result]) -> Result | Exception:
        try:
            connection.ensure_connection()
            ready.wait(timeout=30)
            return work()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
