"""What somebody does while another's transaction is still open."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from django.db import connection, transaction

Result = TypeVar("Result")
WAITS_FOR_US = """
    SELECT EXISTS (
        SELECT FROM pg_locks
        WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
    )
"""


def as_it_waits(change: Callable[[], object], ask: Callable[[], Result]) -> Result:
    """Change something, and commit it once somebody who asks elsewhere waits for that; return
    what they get, or raise what they meet."""
    with ThreadPoolExecutor(1) as elsewhere:
        with transaction.atomic():
            change()
            asked = elsewhere.submit(_on_its_own, ask)
            _until_it_waits(asked)
        return asked.result()


def _on_its_own(ask: Callable[[], Result]) -> Result:
    try:
        return ask()
    finally:
        connection.close()


def _until_it_waits(asked: Future[Result]) -> None:
    with connection.cursor() as cursor:
        waits = False
        while not waits:
            assert not asked.done(), "Nobody waited."
            cursor.execute(WAITS_FOR_US)
            (waits,) = cursor.fetchone() or (False,)
