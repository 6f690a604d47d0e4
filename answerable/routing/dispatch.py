"""The loop that offers work to agents: it sleeps until there is news, and at most a second.

It runs beside the promise watch, on a thread and connections of its own, so that neither
delays the other. Any number may run.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from functools import partial

from django.utils.timezone import now

from answerable.lib.looping import keep_up, listening
from answerable.routing import actions
from answerable.routing.actions.wire import CHANNEL

log = logging.getLogger(__name__)

LONGEST_SLEEP = 1.0


def run(stop: threading.Event) -> None:
    """Offer work until told to stop. A lost database is waited for, and nothing ends it."""
    keep_up(partial(_run, stop), stop, name="Routing", log=log)


def _run(stop: threading.Event) -> None:
    # It hears when something waits or somebody is free.
    with listening(CHANNEL) as wire:
        while not stop.is_set():
            dispatch(at=now())
            for _ in wire.notifies(timeout=LONGEST_SLEEP, stop_after=1):
                pass


def dispatch(*, at: datetime) -> int:
    """Do all that is due, in an order in which each step sees what the ones before made of it;
    return how many offers ring anew."""
    actions.note_lost(at=at)
    actions.note_gone(at=at)
    actions.withdraw_gone(at=at)
    actions.miss_offers(at=at)
    return actions.make_offers(at=at)
