"""`answerable restore`: what a backup holds, put in the place of what is there.

The backup goes into a new database beside the old one, and the two change names at the end,
in one transaction: a restore that fails has changed nothing.
"""

from __future__ import annotations

import argparse
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from answerable.cli import address, archive, ground, look, programs
from answerable.cli.fingerprint import release
from answerable.cli.say import complain, say
from answerable.cli.wrong import Wrong
from answerable.lib.env import env

Server = psycopg.Connection[tuple[object, ...]]
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


def run(options: argparse.Namespace) -> int:
    """Restore a backup. Refuses to replace anything without --force, and while `up` runs."""
    data = Path(os.environ["ANSWERABLE_DATA"])
    if ground.is_up(data):
        raise Wrong("Answerable runs on this data. Stop it first (Ctrl-C), then restore.")
    url = address.url()
    look.reach(url)
    if not options.force and _tables(url):
        raise Wrong("The database is not empty. To replace what is there, add --force.")
    with archive.opened(Path(options.file)) as backup:
        with _new_database(url) as new:
            programs.load(address.beside(url, new), backup.dump)
            _swap(url, new)
        _keep_key(backup.secret_key, data / "secret-key")
        say(f"Restored what was there on {backup.about.made_at}.")
        if backup.about.release != release():
            say("It is of another release. Run: answerable migrate (up does it by itself).")
    return 0


@contextmanager
def _new_database(url: str) -> Iterator[str]:
    """Make a database to fill; whatever still has its name afterwards is dropped."""
    name = f"{address.name_of(url)}_{secrets.token_hex(4)}"
    with _server(url) as server:
        server.execute(_sql("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name))
        try:
            yield name
        finally:
            server.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _swap(url: str, new: str) -> None:
    """Let the two databases change names; the old one is dropped under the new one's."""
    old, aside = address.name_of(url), f"{new}_aside"
    with _server(url) as server:
        server.execute(_sql("ALTER DATABASE {} ALLOW_CONNECTIONS false", old))
        try:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [old],
            )
            with server.transaction():
                server.execute(_sql("ALTER DATABASE {} RENAME TO {}", old, aside))
                server.execute(_sql("ALTER DATABASE {} RENAME TO {}", new, old))
                server.execute(_sql("ALTER DATABASE {} RENAME TO {}", aside, new))
        except psycopg.Error as error:
            server.execute(_sql("ALTER DATABASE {} ALLOW_CONNECTIONS true", old))
            raise Wrong(f"The restore failed: {str(error).strip().splitlines()[0]}") from error


def _keep_key(key: str, place: Path) -> None:
    """Put the secret key in its place; the one that was there is kept beside it."""
    if key == env("ANSWERABLE_SECRET_KEY"):
        return
    if os.environ.get("ANSWERABLE_SECRET_KEY_FILE") != str(place):
        complain("This backup was made under another secret key; links in old mails end.")
        return
    draft = place.with_name("secret-key.restored")
    draft.touch(mode=0o600)
    draft.write_text(key)
    place.replace(place.with_name("secret-key.before"))
    draft.replace(place)


def _tables(url: str) -> bool:
    with psycopg.connect(url) as database:
        return database.execute(TABLES).fetchone() != (0,)


@contextmanager
def _server(url: str) -> Iterator[Server]:
    with psycopg.connect(address.beside(url, "postgres"), autocommit=True) as server:
        yield server


def _sql(order: str, *names: str) -> sql.Composed:
    return sql.SQL(order).format(*(sql.Identifier(name) for name in names))
