"""The loop that offers work to agents: it sleeps until there is news, and at most a second.

It runs beside the promise watch, on a thread and connections of its own, so that neither
delays the other. Any number may run.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db.models import Max
from django.utils.timezone import now

from answerable.lib.looping import keep_up, listening
from answerable.routing import actions
from answerable.routing.actions.wire import CHANNEL
from answerable.routing.core.reach import ALWAYS, Reach, Signs
from answerable.routing.models import OpenPage, Presence

log = logging.getLogger(__name__)

LONGEST_SLEEP = 1.0

WebAt = Callable[[], datetime | None]


def run(stop: threading.Event, web_at: WebAt = lambda: None) -> None:
    """Offer work until told to stop. A lost database is waited for, and nothing ends it.

    `web_at` says when a web process was last heard of: without one nobody can be heard.
    """
    keep_up(partial(_run, stop, web_at), stop, name="Routing", log=log)


def _run(stop: threading.Event, web_at: WebAt) -> None:
    reach = Reach()
    # It hears when something waits or somebody is free.
    with listening(CHANNEL) as wire:
        while not stop.is_set():
            at = now()
            reach = reach.after(signs(web_at()), at)
            dispatch(at=at, reach=reach)
            for _ in wire.notifies(timeout=LONGEST_SLEEP, stop_after=1):
                pass


def signs(web_at: datetime | None) -> Signs:
    """Return what shows that pages can be heard. Two queries."""
    newest = OpenPage.objects.aggregate(newest=Max("heard_at"))["newest"]
    there = Presence.objects.filter(heard_at__isnull=False).count()
    return Signs(beat_at=newest, there=there, web_at=web_at)


def dispatch(*, at: datetime, reach: Reach = ALWAYS) -> int:
    """Do all that is due, in an order in which each step sees what the ones before made of it;
    return how many offers ring anew. `reach` says since when pages can be heard."""
    actions.note_lost(at=at)
    actions.note_gone(at=at, reach=reach)
    actions.withdraw_gone(at=at)
    actions.miss_offers(at=at, could_answer=reach.since is not None)
    actions.end_vain_transfers(at=at)
    return actions.make_offers(at=at) if reach.since is not None else 0
