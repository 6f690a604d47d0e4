"""The heartbeat of a process: a row every ten seconds says that it lives."""

from __future__ import annotations

import logging
import os
import socket
import threading

from django.db import Error, close_old_connections, connection
from django.utils.timezone import now

from answerable.ops.actions import Process, beat, leave

log = logging.getLogger(__name__)

SECONDS = 10.0


def start(kind: str, stop: threading.Event, *, address: str = "") -> threading.Thread:
    """Beat in a thread of its own until stop is set, then say that this process left."""
    process = Process(kind, socket.gethostname(), os.getpid(), address)
    thread = threading.Thread(target=_beat, args=[process, stop], daemon=True)
    thread.start()
    return thread


def _beat(process: Process, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            beat(process, at=now())
        except Error as error:
            log.warning("No heartbeat: the database is away (%s).", type(error).__name__)
        finally:
            close_old_connections()
        stop.wait(SECONDS)
    try:
        leave(process)
    except Error:
        log.warning("The database is away; this process could not say that it left.")
    finally:
        connection.close()
