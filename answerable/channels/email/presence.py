"""Shows by locks which runs of this process send mail, and frees what those of others held.

Each process that sends has one session of PostgreSQL for this alone, with an advisory lock for
each run (`actions/sending.py` says why). The same session looks once a second for holds without
a lock. Since it is the same, who looks knows that the database was there all the time between
two looks, and so that whoever lives could have shown itself.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from django.db import Error, connection
from procrastinate.exceptions import ConnectorException

from answerable.channels.email.actions.holding import LOCKS, Holder, free
from answerable.channels.email.actions.waking import SEND, defer_one
from answerable.channels.email.core.absence import Absences
from answerable.lib.insist import direct

log = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
AGAIN_SECONDS = 0.2
CONNECT_SECONDS = 3
MOST_NUMBERS = 2**31

AWAY = (psycopg.Error, Error, ConnectorException, OSError)

Wire = psycopg.Connection[tuple[int, ...]]

# A machine that is gone says no farewell: its session ends half a minute later.
KEEPALIVE = """
    SELECT set_config('tcp_keepalives_idle', '10', false),
        set_config('tcp_keepalives_interval', '5', false),
        set_config('tcp_keepalives_count', '4', false),
        set_config('tcp_user_timeout', '30000', false)
"""
LOCK = "SELECT pg_try_advisory_lock(%s, %s)::int"
UNLOCK = "SELECT pg_advisory_unlock(%s, %s)::int"
HELD_BY = """
    SELECT DISTINCT holder FROM email_outgoingmail
    WHERE state = 'held' AND settled_at IS NULL
"""
# What is due since a moment ago: a reply that leaves, a mail or a server that is tried again.
DUE = """
    SELECT (SELECT count(*) FROM email_outgoingmail
        WHERE state = 'queued' AND settled_at IS NULL
          AND next_try_at BETWEEN now() - interval '3 seconds' AND now())
    + (SELECT count(*) FROM email_mailserver
        WHERE not_before BETWEEN now() - interval '3 seconds' AND now())
"""
# Of these numbers, those whose lock somebody has.
PRESENT = """
    SELECT objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 2 AND granted
      AND classid = %s AND objid::bigint = ANY(%s)
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@dataclass(slots=True)
class Run:
    """A run of the sending job. It begins no mail once it should end."""

    stop: threading.Event
    is_interrupted: bool = False  # its lock was lost: what it does now it ends, no more

    def is_ended(self) -> bool:
        """Whether it should take no more mail."""
        return self.is_interrupted or self.stop.is_set()


@dataclass(slots=True)
class Session:
    """A session of PostgreSQL: whose locks it has, and who was absent while it lasts."""

    wire: Wire
    shown: set[int] = field(default_factory=set)
    absences: Absences = field(default_factory=Absences)


class Presence:
    """What the database sees of one process that sends mail."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._runs: dict[int, Run] = {}
        self._session: Session | None = None
        self._stays = False
        self._alone = threading.RLock()

    def stay(self, stop: threading.Event) -> None:
        """Look once a second as long as this process lives; once stop is set no mail is begun.

        What was begun is ended while the process is given time, so this does not end before.
        """
        self.stop, self._stays = stop, True
        threading.Thread(target=self._look_on, daemon=True).start()

    @contextmanager
    def holder(self) -> Iterator[Holder]:
        """Give a holder that counts as living while the block runs. Raises psycopg.Error."""
        with self._alone:
            number, run = self._begin()
        try:
            yield Holder(number, run.is_ended)
        finally:
            with self._alone:
                self._end(number)

    def look(self, at: float) -> None:
        """Renew the session if it was lost, and free what the dead have held.

        `at` is in seconds of a clock that nobody sets. Raises psycopg.Error or Django's Error
        when the database is away.
        """
        with self._alone:
            is_new = self._session is None or self._session.wire.closed
            session = self._open()
            dead = session.absences.look(self._absent(session.wire), at)
            is_due = bool((session.wire.execute(DUE).fetchone() or (0,))[0])
        if not (is_new or dead or is_due):
            return
        with direct():
            for number in dead:
                free(number)
            if is_new or is_due:
                # A run that the loss of the database ended has left its mails waiting.
                defer_one(SEND)

    def close(self) -> None:
        """End the session, as the end of the process does."""
        with self._alone:
            if self._session:
                self._session.wire.close()
            self._session = None

    def _look_on(self) -> None:
        is_away = False
        while True:
            try:
                self.look(time.monotonic())
                is_away = False
            except AWAY as error:
                if not is_away:
                    log.warning("The database is away (%s).", type(error).__name__)
                is_away = True
            except Exception:
                log.exception("Looking for the mails of the dead failed, and goes on.")
            time.sleep(AGAIN_SECONDS if is_away else EVERY_SECONDS)

    def _begin(self) -> tuple[int, Run]:
        session = self._open()
        number = secrets.randbelow(MOST_NUMBERS)
        while not _lock(session.wire, number):
            number = secrets.randbelow(MOST_NUMBERS)
        session.shown.add(number)
        self._runs[number] = Run(self.stop)
        return number, self._runs[number]

    def _end(self, number: int) -> None:
        del self._runs[number]
        session = self._session
        if session and number in session.shown:
            session.shown.remove(number)
            try:
                session.wire.execute(UNLOCK, [LOCKS, number])
            except psycopg.Error:
                self.close()
        if not self._stays and not self._runs:
            self.close()

    def _open(self) -> Session:
        """Return the session, a new one if it was lost, with a lock for each run."""
        if self._session is None or self._session.wire.closed:
            for run in self._runs.values():
                run.is_interrupted = True
            self._session = Session(_connect())
        session = self._session
        for number in self._runs.keys() - session.shown:
            # The server may take its time to see that the session before is gone.
            if _lock(session.wire, number):
                session.shown.add(number)
        return session

    def _absent(self, wire: Wire) -> set[int]:
        """Return the holders of mail, other than ours, of which nobody has the lock."""
        held = {row[0] for row in wire.execute(HELD_BY)} - self._runs.keys()
        if not held:
            return held
        return held - {row[0] for row in wire.execute(PRESENT, [LOCKS, list(held)])}


def _connect() -> Wire:
    params = connection.get_connection_params()
    for ours in ("cursor_factory", "context", "pool", "prepare_threshold"):
        params.pop(ours, None)
    params.setdefault("connect_timeout", CONNECT_SECONDS)
    params.setdefault("tcp_user_timeout", 10_000)
    wire: Wire = psycopg.connect(**params, autocommit=True)
    wire.execute(KEEPALIVE)
    return wire


def _lock(wire: Wire, number: int) -> bool:
    return bool((wire.execute(LOCK, [LOCKS, number]).fetchone() or (0,))[0])


here = Presence()
