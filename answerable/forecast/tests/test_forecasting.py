"""A forecast is made each minute by one process, kept, and measured when its hour is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.cast import Cast
from answerable.forecast.actions import keep_forecast, make_forecast, measure
from answerable.forecast.coming import weeks_before
from answerable.forecast.models import Arrival, Forecast
from answerable.forecast.queries import coverage, newest_forecast
from answerable.forecast.tests.scenes import MINUTE, are_there, remembered, weeks_of_arrivals
from answerable.routing import actions as routing
from answerable.routing.models import Presence
from answerable.sla.actions.waking import wake_due
from answerable.tickets import actions as tickets
from answerable.tickets.tests.openings import opened, opened_critical

HOUR = timedelta(hours=1)


def made(at: datetime) -> Forecast:
    forecast = make_forecast(at=at)
    assert forecast is not None
    return forecast


def test_promises_that_nobody_can_answer_are_likely_missed(cast: Cast, at: datetime) -> None:
    for _ in range(3):
        opened(cast.dana, at - 10 * MINUTE)
    remembered(at)
    weeks_of_arrivals(0, at)
    weeks_of_arrivals(1, at - 5 * MINUTE)
    nobody = made(at)
    assert nobody.low is not None
    assert nobody.low >= 3
    are_there(cast.ana, cast.ben, cast.chidi, at=at + MINUTE)
    assert (some := made(at + MINUTE)).high is not None
    assert some.high < nobody.low


def test_b_04_with_less_than_four_weeks_there_is_no_figure(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at - 10 * MINUTE)
    remembered(at)
    weeks_of_arrivals(2, at, weeks=3)
    forecast = made(at)
    assert (forecast.low, forecast.high, forecast.new_low) == (None, None, None)
    assert set(forecast.shown) == {"inputs"}
    weeks_of_arrivals(2, at, weeks=4)
    assert made(at + MINUTE).low is not None


def test_b_03_the_same_scene_gives_the_same_forecast(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at - 10 * MINUTE)
    remembered(at)
    weeks_of_arrivals(2, at)
    first = made(at)
    Forecast.objects.filter(pk=first.pk).delete()
    again = made(at)
    assert (again.low, again.high, again.shown) == (first.low, first.high, first.shown)


def test_one_forecast_is_made_a_minute(cast: Cast, at: datetime) -> None:
    made(at)
    assert make_forecast(at=at + 30 * MINUTE / 60) is None
    assert made(at + MINUTE).at == at + MINUTE
    assert newest_forecast(at + MINUTE) == Forecast.objects.order_by("at").last()
    assert newest_forecast(at + 5 * MINUTE) is None


def test_what_came_is_counted_once_however_often_it_is_counted(
    cast: Cast, at: datetime
) -> None:
    opened(cast.dana, at - 30 * MINUTE)
    opened_critical(cast.dana, at - 29 * MINUTE)
    opened(cast.sam, at - 20 * MINUTE)
    made(at)
    made(at + MINUTE)
    opened(cast.kim, at + 2 * MINUTE)
    made(at + 3 * MINUTE)
    counted = Arrival.objects.values_list("begins_at", "within", "many")
    begun = at - 30 * MINUTE
    assert sorted(counted, key=str) == sorted(
        [
            (begun, 60, 1),
            (begun, 30, 1),
            (begun + 10 * MINUTE, None, 1),
            (begun + 30 * MINUTE, 60, 1),
        ],
        key=str,
    )


def test_a_day_without_forecasts_is_counted_by_the_next(cast: Cast, at: datetime) -> None:
    made(at)
    opened(cast.dana, at + HOUR)
    opened(cast.dana, at + 5 * HOUR)
    made(at + 24 * HOUR)
    assert sum(Arrival.objects.values_list("many", flat=True)) == 2


def test_more_than_expected_widens_the_forecast(cast: Cast, at: datetime) -> None:
    remembered(at)
    weeks_of_arrivals(1, at)
    weeks_of_arrivals(1, at + HOUR)
    first = made(at)
    assert not first.is_widened
    for minute in range(20):
        opened(cast.dana, at + minute * 2 * MINUTE)
    later = made(at + HOUR)
    assert later.is_widened
    assert later.shown["inputs"]["came"] == 20
    assert later.new_high is not None
    assert first.new_high is not None
    assert later.new_high > first.new_high


def test_b_09_a_forecast_is_measured_by_what_was_said_before(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at)
    remembered(at)
    weeks_of_arrivals(1, at + 30 * MINUTE)
    said = made(at + 30 * MINUTE)
    wake_due(at=at + HOUR)
    measure(at=at + 2 * HOUR)
    said.refresh_from_db()
    assert said.missed == 1
    before = coverage(at + 2 * HOUR)
    keep_forecast(Forecast(at=at, ends_at=at + HOUR, low=2, high=4, missed=1))
    keep_forecast(Forecast(at=at, ends_at=at + HOUR, low=None, high=None, missed=1))
    after = coverage(at + 2 * HOUR)
    assert (after.measured, after.inside) == (before.measured + 1, before.inside)
    # What is found out later changes nothing about what was said.
    tickets.resolve(ticket, agent=cast.ana, contact=None, reason="duplicate", at=at + 2 * HOUR)
    assert coverage(at + 2 * HOUR) == after


def test_the_hour_is_that_of_the_wall_clock(cast: Cast, at: datetime) -> None:
    # Berlin leaves summer time on 26 October 2025.
    weeks_of_arrivals(1, at, weeks=8)
    later = at + timedelta(weeks=1, hours=1)
    assert {begin.astimezone(begin.tzinfo).hour for begin in weeks_before(later)} == {10}


def test_who_is_away_is_asked_back_where_that_helps(cast: Cast, at: datetime) -> None:
    for _ in range(4):
        tickets.take(opened(cast.dana, at - 25 * MINUTE), agent=cast.chidi, at=at)
    remembered(at)
    weeks_of_arrivals(1, at)
    are_there(cast.ana, cast.ben, cast.chidi, at=at)
    routing.set_status(cast.chidi, Presence.Status.AWAY, at=at)
    forecast = made(at)
    best = forecast.shown["fixes"][0]
    assert (best["what"], best["of"]) == ("back", cast.chidi.pk)
    assert best["high"] < forecast.high


@pytest.mark.parametrize("many", [3, 30])
def test_what_it_costs_does_not_grow_with_the_queue(
    cast: Cast, at: datetime, many: int
) -> None:
    for number in range(many):
        opened(cast.dana, at - number * MINUTE)
    remembered(at)
    weeks_of_arrivals(1, at)
    with CaptureQueriesContext(connection) as asked:
        made(at)
    assert len(asked) <= 48
