"""Filters are read from an address, and written as they were read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.routing.core.filters import (
    CHOICES,
    KEYS,
    Bounds,
    Condition,
    Filters,
    bounds,
    is_value,
    parse,
    range_in,
    utc_midnights,
)

AT = datetime(2026, 11, 26, 10, tzinfo=UTC)
WORDS = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=20)


@st.composite
def some_filters(draw: st.DrawFn) -> Filters:
    filters = Filters()
    for key in draw(st.lists(st.sampled_from([*KEYS, "field.os", "field.größe, in cm"]))):
        values = st.sampled_from(CHOICES[key]) if key in CHOICES else WORDS
        values |= st.sampled_from(["7d", "2026-01-01..", "12", "me", "a,b&c=d", "!x", "ü +%2C"])
        chosen = draw(st.lists(values, max_size=4))
        filters = filters.with_one(key, chosen, negated=draw(st.booleans()))
    return filters


@given(some_filters())
def test_what_is_written_is_read_as_it_was(filters: Filters) -> None:
    assert parse(filters.written()) == filters
    assert parse(filters.written()).written() == filters.written()


@given(st.text(max_size=80))
def test_anything_can_be_read_and_is_stable_from_then_on(text: str) -> None:
    read = parse(text)
    assert parse(read.written()).conditions == read.conditions
    assert all(is_value(one.key, value) for one in read.conditions for value in one.values)


@given(some_filters(), st.sampled_from(KEYS))
def test_taking_a_condition_away_leaves_the_others(filters: Filters, key: str) -> None:
    rest = filters.without(key)
    assert rest.of(key) is None
    assert set(rest.conditions) == {one for one in filters.conditions if one.key != key}


def test_it_reads_conditions() -> None:
    read = parse("?tag=!spam,a%2Cb&state=open&state=waiting&customer=12")
    assert read.conditions == (
        Condition("state", ("open", "waiting")),
        Condition("customer", ("12",)),
        Condition("tag", ("spam", "a,b"), negated=True),
    )


@pytest.mark.parametrize(
    "text", ["colour=red", "state=lost", "customer=Nordwind", "created=soon", "field.=x"]
)
def test_what_is_not_understood_is_said(text: str) -> None:
    read = parse(text)
    assert not read
    assert read.unread == (text,)


@pytest.mark.parametrize(
    ("text", "first", "before"),
    [
        ("7d", AT - timedelta(days=7), None),
        ("-30d", None, AT - timedelta(days=30)),
        ("2026-01-31", datetime(2026, 1, 31, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)),
        ("2026-01-01..", datetime(2026, 1, 1, tzinfo=UTC), None),
        ("..2026-01-31", None, datetime(2026, 2, 1, tzinfo=UTC)),
    ],
)
def test_days_are_instants(text: str, first: datetime | None, before: datetime | None) -> None:
    value = range_in(text)
    assert value is not None
    assert bounds(value, utc_midnights(value), AT) == Bounds(first, before)


@pytest.mark.parametrize("text", ["0d", "d", "..", "2026-02-30", "2026-03-01..2026-02-01", "x"])
def test_what_is_no_range_is_none(text: str) -> None:
    assert range_in(text) is None


@given(st.dates(max_value=date(9998, 1, 1)), st.dates(max_value=date(9998, 1, 1)))
def test_the_days_of_a_range_are_in_it(one: date, other: date) -> None:
    first, last = sorted((one, other))
    value = range_in(f"{first.isoformat()}..{last.isoformat()}")
    assert value is not None
    found = bounds(value, utc_midnights(value), AT)
    assert found.first is not None
    assert found.before is not None
    assert found.before - found.first == timedelta(days=(last - first).days + 1)
