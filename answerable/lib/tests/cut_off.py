"""Pages for tests, which the server of the database cuts off as a restart does."""

from __future__ import annotations

import psycopg
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from answerable.lib.wire import params

# How often the next pages are cut off while they ask their question.
endings: list[None] = []


def in_a_question(request: HttpRequest) -> HttpResponse:
    """Ask the database, which ends the connection as often as `endings` says."""
    with connection.cursor() as cursor:
        if endings:
            endings.pop()
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        cursor.execute("SELECT 7")
        return HttpResponse(f"served {cursor.fetchone()[0]}")


def in_the_session(request: HttpRequest) -> HttpResponse:
    """Answer, and lose the connection before the session is kept."""
    request.session["seen"] = "yes"
    _end_from_elsewhere()
    return HttpResponse("served")


def in_the_commit(request: HttpRequest) -> HttpResponse:
    """Write, and lose the connection before that is kept."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT txid_current()")
        _end_from_elsewhere()
    return HttpResponse("served")


def broken(request: HttpRequest) -> HttpResponse:
    """Break, with a database that is there."""
    raise ZeroDivisionError


def _end_from_elsewhere() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    with psycopg.connect(**params(), autocommit=True) as wire:
        wire.execute("SELECT pg_terminate_backend(%s, 5000)", [number])


urlpatterns = [
    path("question/", in_a_question),
    path("session/", in_the_session),
    path("commit/", in_the_commit),
    path("broken/", broken),
]
handler500 = "answerable.design.failed.server_error"
