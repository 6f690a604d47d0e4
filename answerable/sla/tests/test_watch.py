"""The watch sleeps until something is due, hears of news, and outlives the database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.sla import watch
from answerable.sla.models import Clock
from answerable.sla.watch import LONGEST_SLEEP, next_instant, sleep_for
from answerable.tickets.actions import put_on_hold
from answerable.tickets.tests.openings import opened, opened_critical

TEN = datetime(2025, 10, 20, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("it", "instant", "seconds"),
    [
        ("sleeps no longer than a second for nothing", None, LONGEST_SLEEP),
        ("sleeps until the instant", TEN + timedelta(milliseconds=250), 0.25),
        ("sleeps no longer than a second for a far one", TEN + HOUR, LONGEST_SLEEP),
        ("does not sleep when it is due", TEN, 0),
        ("does not sleep when it is late", TEN - HOUR, 0),
    ],
)
def test_it(it: str, instant: datetime | None, seconds: float) -> None:
    assert sleep_for(instant, TEN) == seconds, it


def test_it_waits_for_the_earliest_clock(cast: Cast, at: datetime) -> None:
    assert next_instant() is None
    opened(cast.dana, at)
    assert next_instant() == at + HOUR
    opened_critical(cast.dana, at + HOUR / 3)
    assert next_instant() == at + HOUR / 3


@contextmanager
def watching() -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=watch.run, args=[stop])
    thread.start()
    try:
        until(lambda: bool(listeners()))
        yield
    finally:
        stop.set()
        thread.join(timeout=30)
        assert not thread.is_alive()


def listeners() -> list[int]:
    """Return the server's processes that hear of clocks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND query LIKE 'LISTEN answerable_clock%%'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; a test that waits in vain fails after a minute."""
    tries = iter(range(6000))
    while not is_so():
        next(tries)
        time.sleep(0.01)


@pytest.mark.django_db(transaction=True)
def test_it_wakes_for_news_and_outlives_a_database_that_drops_it() -> None:
    cast = Cast(now())
    with watching():
        first = opened(cast.dana, now() - 2 * HOUR)
        until(lambda: Clock.objects.get(ticket=first).outcome == "missed")
        (dropped,) = listeners()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        until(lambda: bool({*listeners()} - {dropped}))
        second = opened(cast.dana, now() - 2 * HOUR)
        until(lambda: Clock.objects.get(ticket=second).outcome == "missed")
    assert Clock.objects.filter(entries__verb="miss").count() == 2


class Silence:
    """A wire on which nothing is ever heard, and on which nobody waits."""

    def notifies(self, **_: object) -> Iterator[object]:
        return iter(())


def test_it_ends_holds_whose_time_has_come_before_it_looks_at_clocks(
    cast: Cast, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    put_on_hold(
        ticket, kind="scheduled", reason="Holidays", until=at + HOUR, agent=cast.ana, at=at
    )
    watch.watch_once(Silence())  # type: ignore[arg-type]
    ticket.refresh_from_db()
    assert (ticket.state, ticket.holds.get().ended_at) == ("open", at + HOUR)
    assert Clock.objects.get(ticket=ticket).outcome == "missed"
