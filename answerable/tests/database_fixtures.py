"""The database of the tests: the one that is named, else a throwaway server of our own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from answerable.lib import postgres
from answerable.lib.database import database_from_url
from answerable.tests.throwaway import FAST


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Let Django's connection lead to a throwaway server, unless a database is named.

    Each process of pytest-xdist has a database of its own there.
    """
    if os.environ.get("ANSWERABLE_DATABASE_URL"):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="answerable-tests-") as folder:
        server = postgres.start(Path(folder), settings=FAST)
        try:
            ours = database_from_url(server.url(), pool=8)
            settings.DATABASES["default"].update(ours)
            connections["default"].settings_dict.update(ours)
            yield
            connections.close_all()
        finally:
            server.stop()


@pytest.fixture(autouse=True)
def _forget_jobs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave no jobs behind: after a test that commits, Django empties its own tables only."""
    commits = "transactional_db" in request.fixturenames or (
        (marker := request.node.get_closest_marker("django_db")) is not None
        and marker.kwargs.get("transaction")
    )
    yield
    if commits:
        blocker: DjangoDbBlocker = request.getfixturevalue("django_db_blocker")
        with blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
