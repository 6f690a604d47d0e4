"""The loop that does what happens to chats by itself: `answerable watch` runs it.

What is to happen stands in the database with its instant. Whoever runs next does what was
missed, and of any number that run at once one does each.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime

import psycopg
from django.db import Error, connection
from django.utils.timezone import now

from answerable.channels.chat.actions import miss_pages, wake_chats
from answerable.channels.chat.actions.waking import AT_ONCE

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
RETRY_SECONDS = 0.5


def run(stop: threading.Event) -> None:
    """Do what is due until told to stop. A lost database is waited for."""
    while not stop.is_set():
        try:
            look(now())
            stop.wait(LOOK_SECONDS)
        except (psycopg.Error, Error, OSError) as error:
            log.warning("The chats' loop lost the database: %s", type(error).__name__)
            connection.close()
            stop.wait(RETRY_SECONDS)
        except Exception:
            log.exception("The chats' loop stumbled, and goes on.")
            stop.wait(RETRY_SECONDS)
    connection.close()


def look(at: datetime) -> None:
    """Do all that is due at an instant."""
    while miss_pages(at=at) == AT_ONCE:
        pass
    while wake_chats(at=at) == AT_ONCE:
        pass
