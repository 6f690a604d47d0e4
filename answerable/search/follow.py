"""The loop that keeps the index: every few seconds, beside the jobs. Any number may run."""

from __future__ import annotations

import logging
import threading

from django.db import Error, connection

from answerable.search.actions import follow_log

log = logging.getLogger(__name__)

PAUSE_SECONDS = 3.0


def run(stop: threading.Event) -> None:
    """Follow the log until told to stop. A lost database is waited for, and nothing ends it."""
    while not stop.is_set():
        try:
            while follow_log() and not stop.is_set():
                pass
        except Error as error:
            log.warning("Search lost the database: %s", type(error).__name__)
        except Exception:
            log.exception("Search stumbled, and goes on.")
        finally:
            connection.close()
        stop.wait(PAUSE_SECONDS)
