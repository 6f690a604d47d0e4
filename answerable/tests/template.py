"""The database of which each process of tests has a copy, with every migration applied.

It is made once, by a process of its own, while tests that need no database are at work. On a
server that is named it stays, so that the next run finds it. A server of our own ends with the
run, however that ends; but a copy of its folder is kept for the next run on this machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from answerable.cli.address import beside, name_of
from answerable.cli.fingerprint import fingerprint
from answerable.lib import postgres
from answerable.tests import shelf
from answerable.tests.throwaway import FAST

PREFIX = "answerable_template_"
ONE_AT_A_TIME = 6_153_298  # any number, as long as it is ours alone
PATIENCE_SECONDS = 600.0
LOOK_SECONDS = 0.5
COMMENT = """
    SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s
"""


def ask_for(folder: Path, url: str, run: int) -> None:
    """Have the template made: on the server that is named, else on one of our own in a folder.

    Who asks first has it made; the others need only wait. `run` is the process whose run it is.
    """
    folder.mkdir(exist_ok=True)
    try:
        log = (folder / "log").open("xb")
    except FileExistsError:
        return
    with log:
        command = [sys.executable, "-m", __name__, str(folder), url, str(run)]
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )


def wait_for(folder: Path) -> str:
    """Return the address of the template once it is there; raise RuntimeError for a failure."""
    begun = time.monotonic()
    while not (folder / "address").exists() and time.monotonic() < begun + PATIENCE_SECONDS:
        time.sleep(0.02)
    address = (folder / "address").read_text()
    if not address:
        raise RuntimeError(f"The database was not made: {(folder / 'log').read_text()}")
    return address


def copy(template: str, name: str, *, keep: bool) -> None:
    """Make a database of the template. One that is to be kept stays while it fits."""
    told = f"A copy of {name_of(template)}."
    with _server(template) as server:
        if keep and server.execute(COMMENT, [name]).fetchone() == (told,):
            return
        server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        order = SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(order.format(Identifier(name), Identifier(name_of(template))))
        order = SQL("COMMENT ON DATABASE {} IS {}")
        server.execute(order.format(Identifier(name), Literal(told)))


def drop(template: str, name: str) -> None:
    """Drop a database that was a copy."""
    with _server(template) as server:
        server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def main(folder: Path, url: str, run: int) -> None:
    """Make the template, and write where it is; nothing for a failure. Then watch the run."""
    address, server = "", None
    try:
        server = None if url else _started(folder)
        address = _made(server.url() if server else url)
    finally:
        (folder / "draft").write_text(address)
        (folder / "draft").rename(folder / "address")
    while server and folder.exists() and _lives(run):
        time.sleep(LOOK_SECONDS)
    if server:
        server.stop()
        shutil.rmtree(folder.parent, ignore_errors=True)


def _started(folder: Path) -> postgres.Server:
    """Return a server of our own, which has the template already where one was kept."""
    kept = fingerprint()[:16]
    if not shelf.take(kept, folder / "postgres"):
        server = postgres.start(folder, settings=FAST)
        _made(server.url())
        server.stop()
        shelf.put(kept, folder / "postgres")
    return postgres.start(folder, settings=FAST)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _made(url: str) -> str:
    """Return the address of the template on a server, where it may be from an earlier run."""
    address = beside(url, f"{PREFIX}{fingerprint()[:16]}")
    with _server(url) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        found = server.execute("SELECT datname FROM pg_database").fetchall()
        if (name_of(address),) not in found:
            for (name,) in found:
                if name.startswith(PREFIX):
                    drop(url, name)
            draft = beside(url, f"{PREFIX}draft")
            server.execute(SQL("CREATE DATABASE {}").format(Identifier(name_of(draft))))
            _migrate(draft)
            order = SQL("ALTER DATABASE {} RENAME TO {}")
            names = (Identifier(name_of(one)) for one in (draft, address))
            server.execute(order.format(*names))
    return address


def _migrate(address: str) -> None:
    command = [sys.executable, "-m", "answerable", "manage", "migrate", "--verbosity=0"]
    subprocess.run(command, env=os.environ | {"ANSWERABLE_DATABASE_URL": address}, check=True)


def _server(url: str) -> psycopg.Connection[Any]:
    return psycopg.connect(beside(url, "postgres"), autocommit=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
