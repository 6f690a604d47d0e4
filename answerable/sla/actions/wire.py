"""Wakes the watch: a clock was started or moved, so the next due instant may be another."""

from __future__ import annotations

from answerable.lib.ready import run

CHANNEL = "answerable_clock"


def wake_the_watch() -> None:
    """Tell every watch, once this transaction is committed."""
    run("SELECT pg_notify(%(channel)s, '')", {"channel": CHANNEL})
