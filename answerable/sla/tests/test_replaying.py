"""Tickets of the past are played again under other terms, by what was known then."""

from __future__ import annotations

from datetime import datetime, timedelta

from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.entitlements.core.reading import read_terms
from answerable.sla.replaying import Replay, replayed
from answerable.sla.tests.clocks import replied
from answerable.sla.tests.test_affected import terms, with_standard
from answerable.tickets.tests.openings import opened, opened_critical

DAY = timedelta(days=1)


def test_it_counts_who_would_have_more_time_and_who_less(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at)
    opened(cast.dana, at)
    opened_critical(cast.dana, at)
    opened(cast.sam, at)
    old = cast.premium.terms
    span = {"since": at - DAY, "until": at + DAY}
    assert replayed(old, terms(cast, "2h"), **span) == Replay(tickets=4, later=2)
    assert replayed(old, terms(cast, "20m"), **span) == Replay(tickets=4, earlier=2)
    assert replayed(old, old, **span) == Replay(tickets=4)


def test_it_says_who_would_lose_a_time_or_get_one(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at)
    document = with_standard(cast, "1h")
    document["targets"] = [row for row in document["targets"] if row["key"] == "critical"]
    del document["examples"]
    less = read_terms(document)
    span = {"since": at - DAY, "until": at + DAY}
    assert replayed(cast.premium.terms, less, **span) == Replay(tickets=1, lost=1)
    assert replayed(less, cast.premium.terms, **span) == Replay(tickets=1, gained=1)


def test_it_says_what_was_kept_and_what_would_have_been(cast: Cast, at: datetime) -> None:
    for minutes in (10, 30, 70):
        replied(opened(cast.dana, at), cast.ana, at=at + minutes * timedelta(minutes=1))
    span = {"since": at - DAY, "until": at + DAY}
    found = replayed(cast.premium.terms, terms(cast, "20m"), **span)
    assert (found.answered, found.kept_before, found.kept_after) == (3, 2, 1)


def test_it_plays_those_of_its_time_and_plan_alone(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at)
    old = cast.premium.terms
    assert replayed(old, old, since=at + DAY, until=at + 2 * DAY) == Replay()
    gold = read_terms({**with_standard(cast, "2h"), "key": "gold"})
    assert replayed(old, gold, since=at - DAY, until=at + DAY) == Replay()


def test_people_are_judged_as_they_were_known(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at)
    entitlements.end_designation(cast.contract, cast.dana, at=at)
    found = replayed(cast.premium.terms, terms(cast, "2h"), since=at - DAY, until=at + DAY)
    assert found == Replay(tickets=1, later=1)


def test_it_takes_two_queries_for_any_number(
    cast: Cast, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        opened(cast.dana, at)
    old, new = cast.premium.terms, terms(cast, "2h")
    with django_assert_num_queries(2):
        assert replayed(old, new, since=at - DAY, until=at + DAY).later == 3
