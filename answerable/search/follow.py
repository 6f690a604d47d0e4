"""The loop that keeps the index: every few seconds, beside the jobs. Any number may run."""

from __future__ import annotations

import logging
import threading
from functools import partial

from django.db import connection
from django.utils.timezone import now

from answerable.lib.looping import keep_up
from answerable.search.actions import follow_log, renew_documents

log = logging.getLogger(__name__)

PAUSE_SECONDS = 3.0


def run(stop: threading.Event) -> None:
    """Follow the log until told to stop. A lost database is waited for, and nothing ends it."""
    keep_up(partial(_catch_up, stop), stop, name="Search", log=log)


def _catch_up(stop: threading.Event) -> None:
    """Follow the log to its end; while it waits for more, it holds no connection."""
    while (follow_log(at=now()) or renew_documents()) and not stop.is_set():
        pass
    connection.close()
    stop.wait(PAUSE_SECONDS)
