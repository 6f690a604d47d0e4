"""The world outside: a mail server that takes our mail, and a name server that is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from answerable.channels.email.tests.name_server import NameServer
from answerable.channels.email.tests.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    outside = Server()
    outside.controller.start()
    yield outside
    outside.controller.stop()


@pytest.fixture
def names(settings: Settings) -> Iterator[NameServer]:
    asked = NameServer()
    settings.ANSWERABLE_MAIL_DNS = [asked.address]
    yield asked
    asked.stop()
