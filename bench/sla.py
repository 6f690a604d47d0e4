"""Due times per second, and a million open clocks counted anew while the desk is used."""

from __future__ import annotations

import threading
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg

from bench.browser import Browser
from bench.due import cases, rate
from bench.installation import Installation, answers, free_port, throwaway, wait_for
from bench.measure import Figure, arguments, report, say, single, spread

FILLING = Path(__file__).with_name("sla.sql")
WITHIN = timedelta(hours=9)  # of office hours: a working day, as Premium's aim
SPREAD = timedelta(days=7)
DAYS = (("fri",), ("mon", "tue", "wed", "thu", "fri"))
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
REST = 0.2  # seconds between two looks at the queue
CALM = 25


@dataclass(frozen=True, slots=True)
class Filled:
    """A version, those after two edits of its calendar, and somebody to sign in."""

    before: Any
    friday: Any  # an hour less on one day: few are due at another time
    every_day: Any  # an hour less on each: all are
    cast: Any


def main(argv: Sequence[str]) -> None:
    """Fill a throwaway database, shorten a day of its calendar, and move every open ticket."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--clocks", type=int, default=1_000_000, help="how many are open")
    options = parser.parse_args(argv)
    figures = [rate("Due times per CPU-second, half around the clock", cases())]
    with throwaway(database=QUICK) as installation:
        report("sla", figures + measure(installation, options), options.json)


def measure(installation: Installation, options: Namespace) -> list[Figure]:
    """Return how long the move takes, and what the queue page costs before and meanwhile."""
    installation.use()
    filled = _publish()
    _fill(installation.server.url(), filled, options.clocks)
    port = free_port()
    installation.start("web", "--port", str(port), DJANGO_SETTINGS_MODULE="bench.counted")
    wait_for("the pages", answers(port))
    ana = Browser(port, import_module("bench.people").agent_cookies(filled.cast.ana))
    figures = [spread("Queue page before", [_look(ana) for _ in range(CALM)], "ms")]
    edits = (("one day", filled.friday), ("every day", filled.every_day))
    for what, version in edits:
        figures += _edit(what, version, ana)
    return figures


def _edit(what: str, version: Any, browser: Browser) -> list[Figure]:
    """Move all open clocks to a version while somebody looks at the queue."""
    from answerable.tickets.models import TicketEvent  # noqa: PLC0415

    with _looking(browser) as looks:
        begun = time.monotonic()
        moving = _move(version)
        seconds = time.monotonic() - begun
    affected = TicketEvent.objects.filter(verb="clock_moved", at=moving.at)
    name = f"Calendar edited, {what}: {moving.moved:,} counted anew"
    return [
        single(name, seconds, "s"),
        single(f"{name}, due at another time", affected.count(), "clocks"),
        spread(f"Queue page meanwhile, {what}", looks, "ms", (50, 95, 100)),
    ]


def _publish() -> Filled:
    from django.utils.timezone import now  # noqa: PLC0415  # Django is set up by now.

    from answerable.cast import Cast  # noqa: PLC0415
    from answerable.entitlements import actions as entitlements  # noqa: PLC0415

    cast, at = Cast(now()), now()
    document = dict(cast.premium.document) | {"key": "bench", "name": "Bench"}
    document["targets"] = [
        row | {"within": "9h", "calendar": "office"} if row["key"] == "standard" else row
        for row in document["targets"]
    ]
    before = entitlements.publish_plan(document, at=at)
    friday, every_day = (
        entitlements.publish_plan(_edited(document, days), at=at) for days in DAYS
    )
    return Filled(before, friday, every_day, cast)


def _edited(document: dict[str, Any], days: Sequence[str]) -> dict[str, Any]:
    """Return a plan's document with an hour less on some days."""
    office = document["calendars"]["office"] | {day: ["08:00-16:00"] for day in days}
    return document | {"calendars": document["calendars"] | {"office": office}}


def _fill(url: str, filled: Filled, clocks: int) -> None:
    """Copy starts and due times in, then let PostgreSQL make the rows of them."""
    begun = time.monotonic()
    told = {
        "customer": filled.cast.nordwind.pk,
        "contact": filled.cast.dana.pk,
        "version": filled.before.pk,
        "within": WITHIN,
    }
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as wire:
        wire.execute("SET session_replication_role = replica")
        wire.execute(
            "CREATE TEMP TABLE filled (id bigint, started_at timestamptz, due_at timestamptz)"
        )
        with wire.cursor().copy("COPY filled FROM STDIN") as copied:
            for row in _rows(filled, clocks):
                copied.write_row(row)
        wire.execute(FILLING.read_text().encode(), told)
        wire.execute("DROP TABLE filled")
        wire.execute("VACUUM (FREEZE, ANALYZE)")
        wire.execute("CHECKPOINT")
    say(f"{clocks:,} clocks are open; made in {time.monotonic() - begun:.0f} s.")


def _rows(filled: Filled, clocks: int) -> Iterator[tuple[int, datetime, datetime]]:
    from django.utils.timezone import now  # noqa: PLC0415

    from answerable.sla.due import calendar_for  # noqa: PLC0415

    at = now()
    calendar = calendar_for(filled.before.terms, "standard")
    for number in range(1, clocks + 1):
        start = at + SPREAD * ((number * 7919 % clocks) / clocks)
        yield number, start, calendar.due(start, WITHIN)


def _move(version: Any) -> Any:
    from django.utils.timezone import now  # noqa: PLC0415

    from answerable.sla.actions import move_open_tickets  # noqa: PLC0415
    from answerable.sla.jobs import HANDS  # noqa: PLC0415

    return move_open_tickets(version, agent=None, at=now(), hands=HANDS)


def _look(browser: Browser) -> float:
    page = browser.get("/desk/")
    return float(page.headers["x-milliseconds"])


@contextmanager
def _looking(browser: Browser) -> Iterator[list[float]]:
    """Open the queue page over and over, as an agent would, until the work is done."""
    looks: list[float] = []
    done = threading.Event()

    def look() -> None:
        while not done.wait(REST):
            looks.append(_look(browser))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield looks
    finally:
        done.set()
        thread.join()
