"""The loop of surveys: every few seconds, beside the jobs. Any number may run."""

from __future__ import annotations

import logging
import threading
from functools import partial

from django.db import connection
from django.utils.timezone import now

from answerable.lib.looping import keep_up
from answerable.surveys.actions import ask_due, follow_log

log = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0


def run(stop: threading.Event) -> None:
    """Follow the log and ask, until told to stop. A lost database is waited for."""
    keep_up(partial(_catch_up, stop), stop, name="Surveys", log=log)


def _catch_up(stop: threading.Event) -> None:
    """Do all there is to do; while it waits for more, it holds no connection."""
    while follow_log(at=now()) and not stop.is_set():
        pass
    ask_due(at=now())
    connection.close()
    stop.wait(PAUSE_SECONDS)
