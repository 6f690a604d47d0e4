"""Says in each answer's headers what it cost: time, work, queries, and the database's work.

Of a busy machine the time says little; the work of the processor is the same on a quiet one.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

Ask = Callable[[HttpRequest], HttpResponse]


class Counting:
    """The outermost middleware of a bench."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.sessions: dict[int, int] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request, and add what that cost."""
        queries = 0

        def count(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal queries
            queries += 1
            return execute(*arguments)

        begun, worked = time.perf_counter(), time.process_time()
        with connection.execute_wrapper(count):
            answer = self.ask(request)
            database = self._database()
        answer.headers["X-Milliseconds"] = f"{(time.perf_counter() - begun) * 1000:.3f}"
        answer.headers["X-Worked"] = f"{(time.process_time() - worked) * 1000:.3f}"
        answer.headers["X-Database"] = f"{database:.3f}"
        answer.headers["X-Queries"] = str(queries)
        return answer

    def _database(self) -> float:
        """Return the milliseconds that PostgreSQL's process of our session worked since the
        last request that it had. 0 where it is on another machine."""
        with suppress(AttributeError, OSError):
            session = connection.connection.info.backend_pid
            worked = int(Path(f"/proc/{session}/schedstat").read_text().split()[0])
            before = self.sessions.get(session, 0)
            self.sessions[session] = worked
            return (worked - before) / 1e6
        return 0.0
