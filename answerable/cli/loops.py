"""`answerable watch` and `answerable mail`: loops that outlive a restart of the database."""

from __future__ import annotations

import argparse
import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError

from answerable.channels.chat import watch as chat_watch
from answerable.channels.email import door
from answerable.channels.email.imap.keeper import Keeper
from answerable.cli import collector, ending, pulse
from answerable.cli.wrong import Wrong
from answerable.notices import watch as notices_watch
from answerable.ops.queries import web_heard_at
from answerable.routing import dispatch
from answerable.sla import watch as sla_watch
from answerable.sla.actions.wire import wake_the_watch

log = logging.getLogger(__name__)

Loop = Callable[[threading.Event], None]
AGAIN_SECONDS = 0.5


def watch(options: argparse.Namespace) -> int:
    """Watch the clocks until asked to end."""
    return _keep("watch", _watch)


def mail(options: argparse.Namespace) -> int:
    """Take in mail until asked to end."""
    address = f"{settings.ANSWERABLE_MAIL_HOST}:{settings.ANSWERABLE_MAIL_PORT}"
    try:
        return _keep("mail", _mail, address=address)
    except door.DoorError as closed:
        raise Wrong(str(closed)) from closed


def _mail(stop: threading.Event) -> None:
    """Keep the doors open, and follow the mailboxes beside them."""
    threading.Thread(target=Keeper().run, args=[stop], daemon=True).start()
    door.run(stop)


def _watch(stop: threading.Event) -> None:
    """Watch the clocks; beside it, on threads, offer work, end chats and tell people."""
    threading.Thread(target=dispatch.run, args=[stop, web_heard_at], daemon=True).start()
    threading.Thread(target=_rouse, args=[stop], daemon=True).start()
    threading.Thread(target=chat_watch.run, args=[stop], daemon=True).start()
    threading.Thread(target=notices_watch.run, args=[stop], daemon=True).start()
    sla_watch.run(stop)


def _rouse(stop: threading.Event) -> None:
    """Wake the watch from its sleep when it should end."""
    stop.wait()
    with suppress(Error):
        wake_the_watch()


def _keep(kind: str, loop: Loop, *, address: str = "") -> int:
    stop = ending.awaited()
    collector.calm()
    beating = pulse.start(kind, stop, address=address)
    while not stop.is_set():
        try:
            loop(stop)
        except (OperationalError, InterfaceError) as error:
            log.warning("The database is away (%s); trying again.", type(error).__name__)
            stop.wait(AGAIN_SECONDS)
    beating.join(timeout=1)
    return 0
