"""Followers of the log take each line once, and none that makes no sense stops them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import OperationalError

from answerable.cast import Cast
from answerable.lib.wire import params
from answerable.tickets.actions import add_note
from answerable.tickets.actions.following import Follower, follow
from answerable.tickets.actions.parking import release_parked
from answerable.tickets.following import Lag, Line, lags
from answerable.tickets.models import LogMark, ParkedLine, Ticket, TicketEvent
from answerable.tickets.tests.openings import opened

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
NOTED = "noted"


class Taker:
    """Takes lines, and stumbles over some."""

    def __init__(self, error: type[Exception] = ValueError) -> None:
        self.taken: list[int] = []
        self.poisonous: set[int] = set()
        self.error = error

    def take(self, lines: Sequence[Line], _at: datetime) -> None:
        numbers = [line.number for line in lines]
        if self.poisonous & {*numbers}:
            raise self.error("It makes no sense.")
        self.taken += numbers

    @property
    def follower(self) -> Follower:
        return Follower(name="a test", take=self.take, at_once=10, hears=lambda: {NOTED})

    def follow(self, at: datetime) -> None:
        while follow(self.follower, at=at):
            pass


@pytest.fixture
def taker() -> Taker:
    return Taker()


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def noted(ticket: Ticket, cast: Cast, at: datetime, many: int = 1) -> list[int]:
    """Let Ana note something so often, and return the lines."""
    before = TicketEvent.objects.latest("pk").pk
    for number in range(many):
        body = f"Look at log {number} after line {before}."
        add_note(ticket, agent=cast.ana, body=body, at=at)
    lines = TicketEvent.objects.filter(pk__gt=before, verb=NOTED).order_by("pk")
    return list(lines.values_list("pk", flat=True))


def lag_at(at: datetime) -> Lag:
    """Return how far behind the follower is."""
    return next(lag for lag in lags(at) if lag.name == "a test")


def test_it_takes_what_it_waits_for_in_order_and_once(
    taker: Taker, ticket: Ticket, cast: Cast, at: datetime
) -> None:
    numbers = noted(ticket, cast, at, many=25)
    taker.follow(at)
    taker.follow(at)
    assert taker.taken == numbers
    assert LogMark.objects.get(name="a test").upto == TicketEvent.objects.latest("pk").pk


def test_one_that_waits_for_nothing_goes_to_the_end_at_once(
    ticket: Ticket, cast: Cast, at: datetime
) -> None:
    noted(ticket, cast, at)
    taker = Taker()
    deaf = Follower(name="a test", take=taker.take, at_once=1, hears=set)
    assert not follow(deaf, at=at)
    taker.follow(at)
    assert taker.taken == []


def test_one_that_begins_later_takes_nothing_from_before(
    taker: Taker, ticket: Ticket, cast: Cast, at: datetime
) -> None:
    before = noted(ticket, cast, at)[-1]
    late = Follower(name="a test", take=taker.take, at_once=1, begins=lambda _at: before)
    numbers = noted(ticket, cast, at)
    while follow(late, at=at):
        pass
    assert taker.taken[0] > before
    assert set(numbers) <= set(taker.taken)


def test_a_line_that_makes_no_sense_is_parked_with_its_reason_and_stops_no_other(
    taker: Taker, ticket: Ticket, cast: Cast, at: datetime
) -> None:
    numbers = noted(ticket, cast, at, many=7)
    taker.poisonous = {numbers[2], numbers[5]}
    taker.follow(at)
    assert taker.taken == [one for one in numbers if one not in taker.poisonous]
    parked = ParkedLine.objects.order_by("event")
    assert [one.event_id for one in parked] == [numbers[2], numbers[5]]
    assert {one.why for one in parked} == {"ValueError: It makes no sense."}
    lag = lag_at(at)
    assert (lag.name, lag.lines, lag.parked) == ("a test", 0, 2)


def test_a_parked_line_is_tried_again_and_taken_once_it_makes_sense(
    taker: Taker, ticket: Ticket, cast: Cast, at: datetime
) -> None:
    (number,) = noted(ticket, cast, at)
    taker.poisonous = {number}
    taker.follow(at)
    taker.poisonous = set()
    taker.follow(at)
    assert taker.taken == []
    taker.follow(at + MINUTE)
    taker.follow(at + 2 * MINUTE)
    assert taker.taken == [number]
    assert not ParkedLine.objects.exists()


def test_a_line_that_never_makes_sense_waits_for_a_person(
    taker: Taker, ticket: Ticket, cast: Cast, at: datetime
) -> None:
    (number,) = noted(ticket, cast, at)
    taker.poisonous = {number}
    for hours in range(0, 100, 10):
        taker.follow(at + timedelta(hours=hours))
    parked = ParkedLine.objects.get()
    assert (parked.tries, parked.next_at) == (5, None)
    taker.poisonous = set()
    assert release_parked(at=at) == 1
    taker.follow(at)
    assert taker.taken == [number]


def test_a_database_that_gives_up_over_a_line_parks_it_the_fourth_time(
    ticket: Ticket, cast: Cast, at: datetime
) -> None:
    taker = Taker(OperationalError)
    numbers = noted(ticket, cast, at, many=4)
    taker.poisonous = {numbers[1]}
    for _time in range(3):
        with pytest.raises(OperationalError):
            taker.follow(at)
        assert taker.taken == []
    taker.follow(at)
    assert taker.taken == [numbers[0], *numbers[2:]]
    assert ParkedLine.objects.get().event_id == numbers[1]
    assert LogMark.objects.get(name="a test").stumbles == 0


def test_it_says_how_far_behind_it_is(
    taker: Taker, ticket: Ticket, cast: Cast, at: datetime
) -> None:
    taker.follow(at)
    level = lag_at(at + MINUTE)
    assert (level.lines, level.seconds) == (0, 0.0)
    noted(ticket, cast, at, many=3)
    behind = lag_at(at + MINUTE)
    assert (behind.lines, behind.seconds) == (3, 60.0)


@pytest.fixture
def elsewhere(db: None) -> Iterator[None]:
    """The lock of the follower, held by another process."""
    with psycopg.connect(**params()) as wire:
        wire.execute("SELECT pg_advisory_xact_lock(hashtext('answerable a test'))")
        yield
        wire.rollback()


def test_only_one_process_follows_at_a_time(
    taker: Taker, ticket: Ticket, cast: Cast, at: datetime, elsewhere: None
) -> None:
    noted(ticket, cast, at)
    taker.follow(at)
    assert taker.taken == []
