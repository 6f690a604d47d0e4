"""The loop in which rules act: every second, beside the jobs. Any number may run, one acts."""

from __future__ import annotations

import logging
import threading
from functools import partial

from django.db import connection
from django.utils.timezone import now

from answerable.lib.looping import keep_up
from answerable.rules.actions import follow_log, look_at_time

log = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0


def run(stop: threading.Event) -> None:
    """Let rules act until told to stop. A lost database is waited for, and nothing ends it."""
    keep_up(partial(_catch_up, stop), stop, name="Rules", log=log)


def _catch_up(stop: threading.Event) -> None:
    """Follow the log to its end, then look at the time; meanwhile it holds no connection."""
    while follow_log(at=now()) and not stop.is_set():
        pass
    if not stop.is_set():
        look_at_time(at=now())
    connection.close()
    stop.wait(PAUSE_SECONDS)
