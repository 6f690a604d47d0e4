"""Sees to it that each mailbox is followed by one process, and as it is configured now."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import Error, connection

from answerable.channels.email.imap.follower import Follower
from answerable.channels.email.mailboxes import Mailbox
from answerable.lib.wire import params

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
LOCKS = int.from_bytes(b"imap")
CONNECT_SECONDS = 5
# The session of a machine that is gone ends half a minute later, and with it its lock.
KEEPALIVE = """
    SELECT set_config('tcp_keepalives_idle', '10', false),
        set_config('tcp_keepalives_interval', '5', false),
        set_config('tcp_keepalives_count', '4', false)
"""
LOCK = "SELECT pg_try_advisory_lock(%s, %s)"


@dataclass(slots=True)
class Followed:
    """A mailbox that this process follows, or tries to."""

    changed_at: datetime
    stop: threading.Event
    thread: threading.Thread


class Keeper:
    """All mailboxes, looked at again and again."""

    def __init__(self) -> None:
        self._followed: dict[int, Followed] = {}

    def run(self, stop: threading.Event) -> None:
        """Have all mailboxes followed until told to stop."""
        while not stop.is_set():
            try:
                self.look()
            except (Error, psycopg.Error) as error:
                log.warning("The database is away (%s).", type(error).__name__)
            except Exception:
                log.exception("Looking for mailboxes failed, and goes on.")
            stop.wait(LOOK_SECONDS)
        self.end()

    def look(self) -> None:
        """Begin to follow what is not, and leave what is gone or was changed."""
        try:
            rows = Mailbox.objects.filter(is_followed=True).values_list("pk", "changed_at")
            wanted = dict(rows)
        finally:
            connection.close()
        for number, followed in list(self._followed.items()):
            if wanted.get(number) != followed.changed_at:
                followed.stop.set()
            if not followed.thread.is_alive():
                del self._followed[number]
        for number in wanted.keys() - self._followed.keys():
            self._follow(number, wanted[number])

    def end(self) -> None:
        """Leave all of them, and wait a moment for those that are at it."""
        for followed in self._followed.values():
            followed.stop.set()
        for followed in self._followed.values():
            followed.thread.join(timeout=2)

    def _follow(self, number: int, changed_at: datetime) -> None:
        stop = threading.Event()
        thread = threading.Thread(
            target=follow_alone, args=[number, stop], name=f"mailbox-{number}", daemon=True
        )
        self._followed[number] = Followed(changed_at, stop, thread)
        thread.start()


def follow_alone(number: int, stop: threading.Event) -> None:
    """Follow a mailbox, unless another process does."""
    try:
        with locked(number) as lock:
            if lock:
                Follower(number, stop, is_ours=lock.is_there).run()
    except psycopg.Error as error:
        log.warning("A mailbox waits for the database (%s).", type(error).__name__)


@dataclass(frozen=True, slots=True)
class Lock:
    """A mailbox is ours alone, as long as the session of PostgreSQL lasts that has its lock."""

    wire: psycopg.Connection[tuple[Any, ...]]

    def is_there(self) -> bool:
        """Ask whether it still is: a restart of PostgreSQL ends it, and others may have it."""
        try:
            self.wire.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True


@contextmanager
def locked(number: int) -> Iterator[Lock | None]:
    """Give the lock of a mailbox while the block runs, or None. Raises psycopg.Error."""
    with psycopg.connect(
        **params() | {"connect_timeout": CONNECT_SECONDS}, autocommit=True
    ) as wire:
        wire.execute(KEEPALIVE)
        row = wire.execute(LOCK, [LOCKS, number]).fetchone()
        yield Lock(wire) if row and row[0] else None
