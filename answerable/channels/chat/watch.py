"""The loop that does what happens to chats by itself: `answerable watch` runs it.

What is to happen stands in the database with its instant. Whoever runs next does what was
missed, and of any number that run at once one does each.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from functools import partial

from django.utils.timezone import now

from answerable.channels.chat.actions import miss_pages, wake_chats
from answerable.channels.chat.actions.waking import AT_ONCE
from answerable.lib.looping import keep_up

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0


def run(stop: threading.Event) -> None:
    """Do what is due until told to stop. A lost database is waited for."""
    keep_up(partial(_run, stop), stop, name="The chats' loop", log=log)


def _run(stop: threading.Event) -> None:
    while not stop.is_set():
        look(now())
        stop.wait(LOOK_SECONDS)


def look(at: datetime) -> None:
    """Do all that is due at an instant."""
    while miss_pages(at=at) == AT_ONCE:
        pass
    while wake_chats(at=at) == AT_ONCE:
        pass
