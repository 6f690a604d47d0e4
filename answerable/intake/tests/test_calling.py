"""Until when calls are taken before the hours of a plan end (domain.md E76)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.entitlements.core.plan import Calls, Channel
from answerable.intake.asked import Asked
from answerable.intake.calling import is_open_at, rules_by
from answerable.intake.offers import Offers, offers_for
from answerable.tickets.core.calling import USUAL, Rules

MINUTE = timedelta(minutes=1)
CLOSES = datetime(2025, 10, 20, 15, 0, tzinfo=UTC)  # Monday, 17:00 in Berlin.


@pytest.fixture
def offers(cast: Cast, at: datetime) -> Offers:
    """What Dana is offered where calls are made in office hours, the last 15 minutes before."""
    found = offers_for(cast.dana, Asked(), at, UTC)
    assert found.own_terms is not None
    channel = Channel("callback", "callback", ("web",), (), "office")
    terms = replace(
        found.own_terms,
        channels={**found.own_terms.channels, "callback": channel},
        calls=Calls(last_before=15 * MINUTE),
    )
    return replace(found, asking=replace(found.asking, terms=terms))


@pytest.mark.parametrize(
    ("before", "is_open"), [(60, True), (15, True), (14, False), (0, False)]
)
def test_shortly_before_the_end_no_call_is_taken(
    offers: Offers, before: int, is_open: bool
) -> None:
    assert is_open_at(offers, CLOSES - before * MINUTE) is is_open


def test_what_the_plan_says_goes_with_the_call(offers: Offers) -> None:
    assert rules_by(offers.own_terms) == USUAL
    assert rules_by(None) == USUAL
    terms = replace(offers.asking.terms, calls=Calls(attempts=3, gap=2 * MINUTE))  # type: ignore[type-var]
    assert rules_by(terms) == Rules(attempts=3, gap=120)
