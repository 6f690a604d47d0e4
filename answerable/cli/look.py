"""`answerable look`: is the database there, and ready for this release? Quick: no Django."""

from __future__ import annotations

import argparse
import time

import psycopg
from psycopg import errors, sql

from answerable.cli import address
from answerable.cli.fingerprint import fingerprint
from answerable.cli.say import say
from answerable.cli.wrong import Wrong

READY = 0
NEEDED = 3
RECOVERY_SECONDS = 300
ASK = """
    SELECT (SELECT fingerprint FROM ops_release WHERE id = 1),
           EXISTS (SELECT FROM accounts_installation)
"""


def run(options: argparse.Namespace) -> int:
    """Return READY when the database can be used as it is, else NEEDED."""
    found = state(address.url())
    say("The database is ready." if found == READY else "The database is to be prepared.")
    return found


def state(url: str) -> int:
    """Return READY when the last `prepare` was this release's, else NEEDED.

    Raises Wrong when the server cannot be reached, or the database cannot be made.
    """
    with _connected(url) as connection:
        try:
            written, installed = connection.execute(ASK).fetchone() or (None, False)
        except errors.UndefinedTable:
            return NEEDED
    return READY if installed and written == fingerprint() else NEEDED


def reach(url: str) -> None:
    """Wait for the database, and make it when it is missing; raise Wrong when it is away."""
    _connected(url).close()


def _connected(url: str) -> psycopg.Connection[tuple[object, ...]]:
    deadline = time.monotonic() + RECOVERY_SECONDS
    while True:
        try:
            return psycopg.connect(url, connect_timeout=5)
        except psycopg.OperationalError as error:
            said = str(error)
            if f'database "{address.name_of(url)}" does not exist' in said:
                _create(url)
            elif "starting up" not in said or time.monotonic() > deadline:
                raise Wrong(unreachable(url, said)) from error
            else:
                time.sleep(0.1)


def unreachable(url: str, said: str) -> str:
    """Return one line that says which database cannot be reached, and why."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    where = address.without_password(url)
    reason = lines[-1].removeprefix("connection failed: ") if lines else "no answer"
    return (
        f"The database at {where} cannot be reached: {reason}. "
        "Check that the server runs, and ANSWERABLE_DATABASE_URL."
    )


def _create(url: str) -> None:
    name = address.name_of(url)
    order = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        with psycopg.connect(address.beside(url, "postgres"), autocommit=True) as server:
            server.execute(order.format(sql.Identifier(name)))
    except errors.DuplicateDatabase:
        return
    except psycopg.Error as error:
        raise Wrong(
            f"There is no database {name}, and making it failed: "
            f"{str(error).strip().splitlines()[0]}. Make it by hand: createdb {name}"
        ) from error
