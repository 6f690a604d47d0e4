"""A real server and real browser windows, for what only a browser can show.

The server runs in a thread against the test database, so that streams work as they do in use.
Tests that use these fixtures carry the mark `browser`.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from answerable.accounts.actions import let_in
from answerable.accounts.models import Agent, Contact
from answerable.cast import Cast
from answerable.tests.kept_cast import cast_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django import DjangoDbBlocker, Settings

TODAY = timezone.now()
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
STARTS_WITHIN = 20
OpenWindow = Callable[..., "Page"]


def chromium_path() -> str | None:
    """Return an installed Chromium or Chrome, or None."""
    named = os.environ.get("ANSWERABLE_CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def server_address(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a server that answers from the test database."""
    import uvicorn  # noqa: PLC0415  # Only browser tests pay for it.

    config = uvicorn.Config(
        "answerable.asgi:application",
        port=0,
        lifespan="off",
        log_config=None,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    port = _port_of(server)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)
    with django_db_blocker.unblock():
        _end_other_sessions()


def _end_other_sessions() -> None:
    """End what the server's threads left open, so that the test database can be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()


def _port_of(server: Any) -> int:
    waited_until = time.monotonic() + STARTS_WITHIN
    while not server.started:
        if time.monotonic() > waited_until:
            pytest.fail("The server for browser tests did not start.")
        time.sleep(0.02)
    return int(server.servers[0].sockets[0].getsockname()[1])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each window has a context of its own."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # As above.

    path = chromium_path()
    if path is None:
        pytest.skip("No Chromium is installed. Install the package chromium.")
    # Playwright keeps an event loop in this thread, in which Django refuses to ask its database
    # unless it is told that nothing else runs there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def cast_now(transactional_db: None, settings: Settings) -> Cast:
    """Everybody, meeting today, in a database that the server sees too."""
    settings.ANSWERABLE_SECOND_FACTOR = "optional"
    return cast_at(TODAY)


@pytest.fixture
def open_window(cast_now: Cast, windows: OpenWindow) -> OpenWindow:
    """Open a window of somebody who is signed in: open_window(cast.ana, "/desk/")."""
    return windows


@pytest.fixture
def windows(chromium: Browser, server_address: str) -> Iterator[OpenWindow]:
    """Open a window of somebody, or of nobody, whoever there is."""
    contexts = []

    def opened(person: Agent | Contact | None, path: str = "/", **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 800})
        context = chromium.new_context(base_url=server_address, **options)
        contexts.append(context)
        if person:
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies(
                [{"name": name, "value": _session_of(person), "url": server_address}]
            )
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def _session_of(person: Agent | Contact) -> str:
    client = Client()
    user = person.user if isinstance(person, Agent) else let_in(person, at=timezone.now())
    client.force_login(user, backend="answerable.accounts.backend.People")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
