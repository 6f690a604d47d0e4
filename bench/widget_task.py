"""How long the main thread of a page is busy with the widget's launcher.

By the processor's time, not by the clock's: what else the machine does meanwhile is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

# The loader names what it does, from its first line to its launcher.
NAMED = "desk:launcher"
KINDS = "toplevel,blink.user_timing"
# What one thread does in one go.
TASK = "RunTask"


@contextmanager
def launching(session: CDPSession) -> Iterator[list[float]]:
    """Trace a page while the block runs; give a list that holds the milliseconds afterwards."""
    events: list[dict[str, Any]] = []
    took: list[float] = []
    session.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    session.send("Tracing.start", {"transferMode": "ReportEvents", "categories": KINDS})
    yield took
    ended: list[object] = []
    session.on("Tracing.tracingComplete", lambda told: ended.extend([told]))
    session.send("Tracing.end")
    while not ended:
        session.send("Runtime.evaluate", {"expression": "0"})  # Lets what is told arrive.
    took.append(busy_with(events))


def busy_with(events: list[dict[str, Any]]) -> float:
    """Return how many milliseconds the task took in which the launcher was made, all that the
    browser did in the same task included."""
    marks = {e["ph"]: e for e in events if e["name"] == NAMED and e["ph"] in {"b", "e"}}
    begin, end = marks["b"], marks["e"]
    around = [
        e
        for e in events
        if e["ph"] == "X"
        and TASK in e["name"]
        and e["pid"] == begin["pid"]
        and e["ts"] <= begin["ts"]
        and e["ts"] + e["dur"] >= end["ts"]
    ]
    return float(min(around, key=lambda e: e["dur"])["tdur"]) / 1000
