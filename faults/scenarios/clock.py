"""The server's clock is set. libfaketime (Debian: faketime) gives one watch another time."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from bench.installation import throwaway, wait_for
from faults.scenarios.trial import Trial

FAKE = (
    Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
    Path("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
)
LONGEST = 15.0
CALM = 8.0
PAST = timedelta(minutes=1)
BACK = timedelta(hours=3)
NEXT = """
    SELECT id, due_at FROM sla_clock WHERE outcome = 'running' AND due_at > now()
    ORDER BY due_at LIMIT 1
"""
MISSES = "SELECT at FROM sla_clockentry WHERE clock_id = %s AND verb = 'miss'"

Wire = psycopg.Connection[Any]


def set_forward_and_back(trial: Trial) -> None:
    """The clock set forward: a miss is noticed at once; set back: nothing happens twice."""
    library = next((path for path in FAKE if path.exists()), None)
    if library is None:
        trial.note("Not tried: libfaketime is not installed (Debian: faketime).")
        return
    with throwaway() as installation:
        installation.run("manage", "shell", "-c", LOAD)
        offset = installation.folder / "offset"
        offset.write_text("+0s\n")
        watch = installation.start(
            "watch",
            LD_PRELOAD=str(library),
            FAKETIME_TIMESTAMP_FILE=str(offset),
            FAKETIME_NO_CACHE="1",
            FAKETIME_DONT_FAKE_MONOTONIC="1",
        )
        with psycopg.connect(installation.server.url(), autocommit=True) as wire:
            _set(trial, wire, offset)
        trial.need(watch.alive(), "The watch ended.")


LOAD = """
from django.utils.timezone import now
from answerable.cast import Cast
from answerable.tickets.actions import Opening, Sender, open_ticket
cast = Cast(now())
opening = Opening(sender=Sender(contact=cast.dana), body="Exports fail.", channel="form")
open_ticket(opening, at=now())
"""


def _set(trial: Trial, wire: Wire, offset: Path) -> None:
    time.sleep(CALM)  # The watch sleeps by now, towards an instant that is an hour away.
    clock, due_at = wire.execute(NEXT).fetchone() or (0, datetime.now().astimezone())
    ahead = due_at - datetime.now(due_at.tzinfo) + PAST
    offset.write_text(f"+{ahead.total_seconds():.0f}s\n")
    took = wait_for("the miss", lambda: bool(_misses(wire, clock)), LONGEST)
    trial.need(_misses(wire, clock) == [due_at], "The miss is not stamped with its instant.")
    trial.note(f"Set forward past a due time, the miss was noticed after {took:.1f} s.")
    for step in (f"-{BACK.total_seconds():.0f}s", "+0s", f"+{ahead.total_seconds():.0f}s"):
        offset.write_text(f"{step}\n")
        time.sleep(CALM)
    count = len(_misses(wire, clock))
    trial.need(count == 1, f"After setting it back and forth there are {count} misses.")


def _misses(wire: Wire, clock: int) -> list[datetime]:
    return [row[0] for row in wire.execute(MISSES, [clock]).fetchall()]
