"""The promise watch: sleeps until the next instant that a clock waits for, and no longer.

A loop of its own, so that a full job queue never delays a miss. Any number may run.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from functools import partial

from django.utils.timezone import now

from answerable.lib.looping import Wire, keep_up, listening
from answerable.sla.actions import break_silences, wake_due
from answerable.sla.actions.waking import AT_ONCE
from answerable.sla.actions.wire import CHANNEL
from answerable.sla.models import Clock
from answerable.tickets.actions import end_holds

log = logging.getLogger(__name__)

# Even with no news the watch looks this often: the server's clock may have been set, and who
# ends the watch need not wake it.
LONGEST_SLEEP = 1.0
OTHERS_SECONDS = 0.01


def run(stop: threading.Event) -> None:
    """Watch until told to stop. A lost database is waited for, and nothing ends the watch."""
    keep_up(partial(_watch, stop), stop, name="The watch", log=log)


def _watch(stop: threading.Event) -> None:
    # It hears when a clock was started or moved.
    with listening(CHANNEL) as wire:
        log.info("The watch is awake.")
        while not stop.is_set():
            watch_once(wire)


def watch_once(wire: Wire) -> None:
    """Do what is due, then sleep until the next instant, or until there is news.

    Holds end first: the clocks that they held may be due by then.
    """
    end_holds(at=now())
    break_silences(at=now())
    while (woken := wake_due(at=now())) == AT_ONCE:
        pass
    seconds = sleep_for(next_instant(), now())
    if not woken:
        # What is due and was not to be had is in the hands of another watch.
        seconds = seconds or OTHERS_SECONDS
    for _ in wire.notifies(timeout=seconds, stop_after=1):
        pass


def next_instant() -> datetime | None:
    """Return the earliest instant that a clock waits for."""
    waiting = Clock.objects.filter(wake_at__isnull=False).order_by("wake_at")
    return waiting.values_list("wake_at", flat=True).first()


def sleep_for(instant: datetime | None, at: datetime) -> float:
    """Return how many seconds to sleep: at most one, and none when it is due."""
    if instant is None:
        return LONGEST_SLEEP
    return min(max((instant - at).total_seconds(), 0.0), LONGEST_SLEEP)
