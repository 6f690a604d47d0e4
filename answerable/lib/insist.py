"""What must be written although the database is away, and a connection of one's own for it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import (
    DEFAULT_DB_ALIAS,
    InterfaceError,
    InternalError,
    OperationalError,
    connection,
    connections,
)

log = logging.getLogger(__name__)

# What is raised while a server is gone, starts, or is still a copy that only reads.
AWAY = (OperationalError, InterfaceError, InternalError)
AGAIN_SECONDS = 0.2
CONNECT_SECONDS = 3


@contextmanager
def direct() -> Iterator[None]:
    """Give this thread a connection of its own, outside the pool, while the block runs.

    After a long absence of the server the pool may wait as long again before it looks for it.
    """
    pooled = connections[DEFAULT_DB_ALIAS]
    own = pooled.copy()
    own.settings_dict["OPTIONS"].pop("pool", None)
    own.settings_dict["OPTIONS"].setdefault("connect_timeout", CONNECT_SECONDS)
    connections[DEFAULT_DB_ALIAS] = own
    try:
        yield
    finally:
        own.close()
        connections[DEFAULT_DB_ALIAS] = pooled


def insist(write: Callable[[], None]) -> None:
    """Do a write, and while the database is away do it again until it is done.

    It may be done twice, when the database goes away as it says that it was done. Within a
    transaction it is tried once: what came before it would be missing.
    """
    try:
        write()
        return
    except AWAY as error:
        if connection.in_atomic_block:
            raise
        log.warning("The database is away (%s); the write waits.", type(error).__name__)
    while not _is_written(write):
        time.sleep(AGAIN_SECONDS)
    connection.close()  # This thread's own is dead: the next statement takes another.


def _is_written(write: Callable[[], None]) -> bool:
    try:
        with direct():
            write()
    except AWAY:
        return False
    return True
