"""Loops that run as long as their process, whatever becomes of the database meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import psycopg
from django.db import Error, connection

from answerable.lib.wire import params

RETRY_SECONDS = 0.5

Wire = psycopg.Connection[tuple[object, ...]]


def keep_up(
    work: Callable[[], None], stop: threading.Event, *, name: str, log: logging.Logger
) -> None:
    """Do work again and again until told to stop: it ends by itself only when something fails.

    A lost database is waited for, and nothing else ends it either. `name` is what the log calls
    it; the work looks at `stop` by itself.
    """
    while not stop.is_set():
        try:
            work()
        except (psycopg.Error, Error, OSError) as error:
            log.warning("%s lost the database: %s", name, type(error).__name__)
            stop.wait(RETRY_SECONDS)
        except Exception:
            log.exception("%s stumbled, and goes on.", name)
            stop.wait(RETRY_SECONDS)
        finally:
            connection.close()


def listening(channel: str) -> Wire:
    """Return a connection of its own that hears what is told on a channel."""
    wire = psycopg.connect(**params(), autocommit=True)
    wire.execute(f"LISTEN {channel}")
    return wire
