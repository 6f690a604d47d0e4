"""The database of the tests: on the server that is named, else on a throwaway one of our own.

Each process of pytest-xdist has a database of its own there, a copy of one template.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections
from django.test import TransactionTestCase
from psycopg.errors import DeadlockDetected
from pytest_django import DjangoDbBlocker

from answerable.cli.address import beside, name_of
from answerable.lib import postgres
from answerable.lib.database import database_from_url
from answerable.tests import template
from answerable.tests.run_fixtures import is_worker, needs_database, run_folder

IS_SUPERUSER = "SELECT current_setting('is_superuser') = 'on'"
# Django's own way, for who is none. It knows its own tables only.
FORGET_JOBS = "TRUNCATE procrastinate_jobs CASCADE"
# Deleting from a table without rows takes almost no time; making each anew takes long. What
# the migrations wrote into these two would be written again.
EMPTY = """
DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'
        AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
    LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
END $$
"""
TRIES = 5


def pytest_collection_finish(session: pytest.Session) -> None:
    """Have the database made."""
    if any(map(needs_database, session.items)) and not session.config.option.collectonly:
        template.ask_for(_folder(), _named(), int((run_folder() / "pid").read_text()))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End our own server, once no process uses it any more."""
    if not is_worker(session.config) and _folder().exists():
        with suppress(RuntimeError, OSError):
            template.wait_for(_folder())
        if server := postgres.adopt(_folder()):
            server.stop()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, django_db_keepdb: bool
) -> Iterator[None]:
    """Let Django's connection lead to a database of this process."""
    address = template.wait_for(_folder())
    known = name_of(_named()) if _named() else "answerable"
    name = "_".join(filter(None, ("test", known, os.environ.get("PYTEST_XDIST_WORKER"))))
    template.copy(address, name, keep=django_db_keepdb)
    ours = database_from_url(beside(address, name), pool=8)
    settings.DATABASES["default"].update(ours)
    connections["default"].settings_dict.update(ours)
    with django_db_blocker.unblock():
        _empty_quickly()
        yield
        connections.close_all()
    if not django_db_keepdb:
        template.drop(address, name)


def _empty_quickly() -> None:
    """Have tests that commit leave an empty database behind, jobs and all."""
    with connection.cursor() as cursor:
        cursor.execute(IS_SUPERUSER)
        (is_superuser,) = cursor.fetchone() or (False,)
    connection.close()
    committing: Any = TransactionTestCase
    flush = committing._fixture_teardown

    def empty(case: TransactionTestCase) -> None:
        if not is_superuser:
            flush(case)
        _patiently(EMPTY if is_superuser else FORGET_JOBS)

    committing._fixture_teardown = empty


def _patiently(statement: str) -> None:
    """Run a statement again when it and a page, which is just being closed, want the same rows
    in another order: PostgreSQL ends one of the two."""
    for tries_left in reversed(range(TRIES)):
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        except OperationalError as error:
            if not tries_left or not isinstance(error.__cause__, DeadlockDetected):
                raise
        else:
            return


def _folder() -> Path:
    return run_folder() / "database"


def _named() -> str:
    return os.environ.get("ANSWERABLE_DATABASE_URL", "")
