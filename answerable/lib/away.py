"""The database is away: how an error says so, and one more try for whoever only reads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from psycopg_pool import PoolTimeout

from answerable.lib.causes import causes

SAFE = {"GET", "HEAD"}
Answer = HttpResponseBase | Awaitable[HttpResponseBase]


class Away(HttpResponse):
    """The answer to a request that failed because the database was away."""

    status_code = 503
    # Whether the same request would be served now, for all we know: it was cut off in its work.
    # Who waited in vain for a connection has waited long enough.
    is_worth_a_try = False


def is_away(error: BaseException | None) -> bool:
    """Say whether an error, or one that led to it, came from a database that went away.

    A deadlock or a full disk counts too: the same request may be served a moment later.
    """
    return any(isinstance(one, OperationalError | InterfaceError) for one in causes(error))


def has_waited(error: BaseException | None) -> bool:
    """Say whether somebody waited for a connection, and none came in time."""
    return any(isinstance(one, PoolTimeout) for one in causes(error))


class OnceMore:
    """Asks once more for a page whose making was cut off by a restart of the database.

    Only for requests that change nothing. The pool then waits until the server is back, so the
    reader sees the page a little later, and no error.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Answer]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Answer:
        answer = self.get_response(request)
        if not isinstance(answer, HttpResponseBase):
            return self._later(request, answer)
        if not _deserves_another(request, answer):
            return answer
        connection.close()
        return self.get_response(request)

    async def _later(
        self, request: HttpRequest, coming: Awaitable[HttpResponseBase]
    ) -> HttpResponseBase:
        answer = await coming
        if not _deserves_another(request, answer):
            return answer
        await sync_to_async(connection.close)()
        again = self.get_response(request)
        return again if isinstance(again, HttpResponseBase) else await again


def _deserves_another(request: HttpRequest, answer: HttpResponseBase) -> bool:
    return isinstance(answer, Away) and answer.is_worth_a_try and request.method in SAFE
