"""The loop that offers work to agents: it sleeps until there is news, and at most a second.

It runs beside the promise watch, on a thread and connections of its own, so that neither
delays the other. Any number may run.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime

import psycopg
from django.db import Error, connection
from django.utils.timezone import now

from answerable.lib.wire import params
from answerable.routing import actions
from answerable.routing.actions.wire import CHANNEL

log = logging.getLogger(__name__)

LONGEST_SLEEP = 1.0
RETRY_SECONDS = 0.5

Wire = psycopg.Connection[tuple[object, ...]]


def run(stop: threading.Event) -> None:
    """Offer work until told to stop. A lost database is waited for, and nothing ends it."""
    while not stop.is_set():
        try:
            _run(stop)
        except (psycopg.Error, Error, OSError) as error:
            log.warning("Routing lost the database: %s", type(error).__name__)
            stop.wait(RETRY_SECONDS)
        except Exception:
            log.exception("Routing stumbled, and goes on.")
            stop.wait(RETRY_SECONDS)
        finally:
            connection.close()


def _run(stop: threading.Event) -> None:
    with listening() as wire:
        while not stop.is_set():
            dispatch(at=now())
            for _ in wire.notifies(timeout=LONGEST_SLEEP, stop_after=1):
                pass


def listening() -> Wire:
    """Return a connection of its own that hears when something waits or somebody is free."""
    wire = psycopg.connect(**params(), autocommit=True)
    wire.execute(f"LISTEN {CHANNEL}")
    return wire


def dispatch(*, at: datetime) -> int:
    """Do all that is due, in an order in which each step sees what the ones before made of it;
    return how many offers ring anew."""
    actions.note_lost(at=at)
    actions.note_gone(at=at)
    actions.withdraw_gone(at=at)
    actions.miss_offers(at=at)
    actions.end_vain_transfers(at=at)
    return actions.make_offers(at=at)
