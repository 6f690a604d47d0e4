"""Many open pages: each has a stream, and none keeps a connection or a thread."""

from __future__ import annotations

import threading
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest
from django.conf import settings
from django.test import Client

from answerable.cast import Cast

MANY = 40  # more than the pool of connections has, and the one of threads


@pytest.mark.django_db(transaction=True)
def test_pages_are_answered_while_more_streams_are_open_than_there_are_connections(
    cast_now: Cast, server_address: str
) -> None:
    client = Client()
    client.force_login(cast_now.ana.user, backend="answerable.accounts.backend.People")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
    host = server_address.removeprefix("http://")
    threads = threading.active_count()
    with ExitStack() as open_ones:
        for path in ["/live/?topics=queue-all&after=1"] * MANY + ["/desk/"]:
            wire = open_ones.enter_context(closing(HTTPConnection(host, timeout=9)))
            wire.request("GET", path, headers=headers)
            assert wire.getresponse().status == 200
        assert threading.active_count() - threads < MANY / 2
