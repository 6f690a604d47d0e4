"""How a process of ours learns that it should end: a signal, or the end of its `up`."""

from __future__ import annotations

import logging
import os
import signal
import threading

from answerable.lib import logs

log = logging.getLogger(__name__)

ENDINGS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
GRACE_SECONDS = 4.0
PARENT = "ANSWERABLE_PARENT_PIPE"


def awaited() -> threading.Event:
    """Return an event that is set once this process should end.

    Call it before other threads start. No handler runs in the middle of our code: the signals
    are blocked, and a thread waits for them. Who has not ended a moment later is ended. From
    here on an error that nobody catches is a line in the log.
    """
    logs.catch_all()
    stop = threading.Event()
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    threading.Thread(target=_on_signal, args=[stop], daemon=True).start()
    if os.environ.get(PARENT):
        pipe = int(os.environ.pop(PARENT))
        threading.Thread(target=_on_orphaned, args=[stop, pipe], daemon=True).start()
    return stop


def _on_signal(stop: threading.Event) -> None:
    signal.sigwait(ENDINGS)
    _end(stop)


def _on_orphaned(stop: threading.Event, pipe: int) -> None:
    # `up` never writes: reading ends when `up` does, however it does.
    os.read(pipe, 1)
    log.warning("The process that started this one is gone.")
    _end(stop)


def _end(stop: threading.Event) -> None:
    stop.set()
    late = threading.Timer(GRACE_SECONDS, os._exit, [1])
    late.daemon = True
    late.start()
