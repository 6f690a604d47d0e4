"""The loops that tell people: beside the promise watch, and no job among others. Any number may
run: one of them tells at a time."""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from functools import partial
from typing import Protocol

from django.db import InterfaceError, OperationalError, connection
from django.utils.timezone import now

from answerable.lib.looping import Wire, keep_up, listening
from answerable.live.events import CHANNEL
from answerable.notices import actions

log = logging.getLogger(__name__)


class Step(Protocol):
    """Something that is done again and again."""

    def __call__(self, *, at: datetime) -> int: ...


STEPS: tuple[Step, ...] = (
    actions.watch_offers,
    actions.watch_promises,
    actions.settle,
    actions.insist,
    actions.trace_steps,
)

# Something happens all the time: it is looked at so often, and each second anyway.
GAP_SECONDS = 0.2
LONGEST_SLEEP = 1.0
SEND_EACH = 0.3


def run(stop: threading.Event) -> None:
    """Tell people until told to stop. A lost database is waited for, and nothing ends it."""
    threading.Thread(target=_run_sender, args=[stop], daemon=True).start()
    keep_up(partial(_run, stop), stop, name="Notices", log=log)


def _run_sender(stop: threading.Event) -> None:
    keep_up(partial(_send, stop), stop, name="Sending of notices", log=log)


def _run(stop: threading.Event) -> None:
    actions.keep_key(at=now())
    # It hears whatever happens to a ticket.
    with listening(CHANNEL) as wire:
        while not stop.is_set():
            tell_once()
            _sleep(wire, stop)


def tell_once() -> None:
    """Tell of all that happened and of all that has come with time."""
    while actions.follow_log(at=now()):
        pass
    at = now()
    for step in STEPS:
        _try(step, at)


def _try(step: Step, at: datetime) -> None:
    """Do one step. One that stumbles keeps none of the others from what they do."""
    try:
        step(at=at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("Notices stumbled, and go on.")


def _sleep(wire: Wire, stop: threading.Event) -> None:
    for _news in wire.notifies(timeout=LONGEST_SLEEP, stop_after=1):
        pass
    stop.wait(GAP_SECONDS)
    for _news in wire.notifies(timeout=0):
        pass


def _send(stop: threading.Event) -> None:
    while not stop.is_set():
        if not actions.deliver(urgent=True, clock=now):
            connection.close()
            stop.wait(SEND_EACH)
