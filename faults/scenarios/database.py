"""The database is restarted, older than this release, or newer."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg

from answerable.lib import postgres
from bench.browser import Browser
from bench.installation import answers, free_port, throwaway, wait_for
from bench.up import Up
from faults.scenarios.trial import Trial, folder, hand_over

RESTARTS = 3
BETWEEN = 4.0


def restarted_under_load(trial: Trial) -> None:
    """PostgreSQL restarted under load: no mail is lost, no page fails, nobody has to help."""
    with throwaway() as installation:
        web, mail = free_port(), free_port()
        processes = [
            installation.start("web", "--port", str(web)),
            installation.start("mail", ANSWERABLE_MAIL_PORT=str(mail)),
            installation.start("work"),
            installation.start("watch"),
        ]
        wait_for("the pages", answers(web))
        wait_for("the door", answers(mail))
        load, reader = Load(mail), Reader(web)
        load.start()
        reader.start()
        for _ in range(RESTARTS):
            time.sleep(BETWEEN)
            installation.server.stop()
            installation.server = postgres.start(installation.folder)
        time.sleep(BETWEEN)
        for one in (load, reader):
            one.stopping.set()
            one.join()
        url = installation.server.url()
        wait_for("all mail to be read", _is(url, UNREAD, 0))
        made = _number(url, TICKETS)
        trial.need(all(process.alive() for process in processes), "A process ended.")
        trial.need(made == load.taken, f"{load.taken} mails were taken, {made} are tickets.")
        trial.need(set(reader.seen) == {200}, f"The pages answered {dict(reader.seen)}.")
        trial.note(f"{RESTARTS} restarts; {load.taken} mails taken, {load.put_off} put off.")
        trial.note(
            f"{reader.seen.total()} pages read; the slowest, which waited for PostgreSQL, "
            f"took {reader.slowest:.1f} s."
        )


UNREAD = "SELECT count(*) FROM email_inboundmail WHERE state = 'stored'"
TICKETS = "SELECT count(*) FROM tickets_ticket"


class Load(threading.Thread):
    """Sends mails as fast as they are taken, each until it is."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.port, self.taken, self.put_off = port, 0, 0
        self.stopping = threading.Event()

    def run(self) -> None:
        """Send until told to stop."""
        while not self.stopping.is_set():
            while hand_over(self.port, f"load-{self.taken}") != 250:
                self.put_off += 1
                time.sleep(0.1)
            self.taken += 1


class Reader(threading.Thread):
    """Reads a page over and over, and notes each answer."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.browser, self.seen, self.slowest = Browser(port), Counter[int](), 0.0
        self.stopping = threading.Event()

    def run(self) -> None:
        """Read until told to stop."""
        while not self.stopping.is_set():
            begun = time.monotonic()
            self.seen[self.browser.get("/contact/").status] += 1
            self.slowest = max(self.slowest, time.monotonic() - begun)


def written_by_an_older_release(trial: Trial) -> None:
    """An older database is brought up to this release by `up`, with what it holds."""
    with folder() as data:
        Up(data, "--empty").ready().end()
        _with(data, OLDER)
        up = Up(data).ready()
        up.end()
        said = "".join(up.said)
        trial.need("Bringing the database up to this release" in said, f"It said: {said}")
        trial.need(_kept(data) == "kept", "What was in the database is gone.")
        trial.note(next((line.strip() for line in up.said if "Bringing" in line), ""))


def written_by_a_newer_release(trial: Trial) -> None:
    """A newer database is left as it is, with a line that says what to do."""
    with folder() as data:
        Up(data, "--empty").ready().end()
        _with(data, NEWER)
        up = Up(data)
        code, said = up.ended(), "".join(up.said)
        trial.need(code == 2, f"The exit code is {code}.")
        trial.need("newer Answerable" in said, f"It said: {said}")
        trial.need("Traceback" not in said, "It showed a traceback.")
        trial.need(_kept(data) == "kept", "What was in the database is gone.")
        trial.note(next((line.strip() for line in up.said if "newer" in line), ""))


KEEP = (
    "INSERT INTO accounts_customer (name, domains, zone, language, created_at)"
    " VALUES ('kept', '{}', 'UTC', 'en', now())"
)
# As it was before its newest step: tables of ours are not there yet.
OLDER = (
    KEEP,
    "DROP TABLE ops_heartbeat, ops_release",
    "DELETE FROM django_migrations WHERE app = 'ops'",
)
NEWER = (
    KEEP,
    "INSERT INTO django_migrations (app, name, applied)"
    " VALUES ('tickets', '9999_from_the_future', now())",
    "UPDATE ops_release SET fingerprint = 'of a newer release'",
)


def _with(data: Path, statements: Sequence[str]) -> None:
    server = postgres.start(data)
    try:
        with psycopg.connect(server.url(), autocommit=True) as wire:
            for statement in statements:
                wire.execute(statement.encode())
    finally:
        server.stop()


def _kept(data: Path) -> str:
    server = postgres.start(data)
    try:
        with psycopg.connect(server.url()) as wire:
            found = wire.execute("SELECT name FROM accounts_customer WHERE name = 'kept'")
            return str((found.fetchone() or [""])[0])
    finally:
        server.stop()


def _number(url: str, query: str) -> int:
    with psycopg.connect(url) as wire:
        return int((wire.execute(query.encode()).fetchone() or [0])[0])


def _is(url: str, query: str, wanted: int) -> Callable[[], bool]:
    return lambda: _number(url, query) == wanted
