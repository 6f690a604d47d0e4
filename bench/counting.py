"""Says in each answer's headers what it cost: time, work, and queries."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

Ask = Callable[[HttpRequest], HttpResponse]


class Counting:
    """The outermost middleware of a bench."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask

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
        answer.headers["X-Milliseconds"] = f"{(time.perf_counter() - begun) * 1000:.3f}"
        answer.headers["X-Worked"] = f"{(time.process_time() - worked) * 1000:.3f}"
        answer.headers["X-Queries"] = str(queries)
        return answer
