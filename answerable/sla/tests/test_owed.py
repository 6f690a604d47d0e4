"""What is owed under real contracts, from the outcomes of real clocks."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.entitlements.actions import adopt, publish_plan
from answerable.entitlements.models import Contract, PlanVersion
from answerable.sla.core.periods import month
from answerable.sla.owed import (
    Owed,
    contracts_with_misses,
    contracts_with_remedies,
    looked_back,
    owed_under,
)
from answerable.sla.tests.clocks import replied
from answerable.sla.tests.misses import HOUR, MINUTE, excused_by, missed_by
from answerable.sla.tests.outcomes import BERLIN
from answerable.tickets.tests.openings import opened

DAY = timedelta(days=1)
CREDIT = {
    "key": "credit",
    "measure": "missed",
    "metrics": ["first_response"],
    "window": "quarter",
    "fiscal_start": 2,
    "more_than": 1,
    "credit": "20%",
    "claim_within": "30d",
}
DAYS = {
    "key": "days",
    "measure": "minutes_over",
    "metrics": ["first_response"],
    "days": 1,
    "per": "2m",
}
OFFICE = {"zone": "Europe/Berlin", "mon": ["08:00-12:00"], "tue": ["08:00-12:00"]}


def sell(cast: Cast, *remedies: dict[str, Any], **other: Any) -> PlanVersion:
    """Publish Premium with remedies, and let every contract be for that."""
    plan = copy.deepcopy(cast.premium.document) | {"remedies": list(remedies)} | other
    version = publish_plan(plan, at=cast.at)
    contracts = Contract.objects.all()
    adopt(version, contracts, from_at=min(contract.starts_at for contract in contracts))
    return version


def owed(cast: Cast, at: datetime) -> list[Owed]:
    contracts = contracts_with_remedies().filter(customer=cast.nordwind)
    return owed_under(contracts, at=at, zone=BERLIN)


def test_nothing_is_owed_under_a_plan_without_remedies(cast: Cast, at: datetime) -> None:
    missed_by(cast.dana, at)
    assert not contracts_with_remedies().exists()
    assert owed_under(Contract.objects.all(), at=at, zone=BERLIN) == []


def test_it_owes_a_credit_and_lists_the_misses(cast: Cast, at: datetime) -> None:
    sell(cast, CREDIT)
    clocks = [missed_by(cast.dana, at), missed_by(cast.kim, at + DAY, cast.ana)]
    replied(opened(cast.dana, at), cast.ana, at=at)
    (found,) = owed(cast, at + 2 * DAY)
    one = found.settlement
    assert (found.contract, one.percent, one.claim(at)) == (cast.contract, 20, "claimable")
    assert [miss.clock for miss in one.misses] == [clock.pk for clock in clocks]
    assert (one.tally.met, one.tally.missed) == (1, 2)
    assert one.period.begin == month(2025, 8, BERLIN).begin


def test_an_excused_miss_is_counted_and_owes_nothing(cast: Cast, at: datetime) -> None:
    sell(cast, CREDIT)
    missed_by(cast.dana, at)
    excused_by(cast.lena, missed_by(cast.dana, at), at=at + 2 * HOUR)
    (found,) = owed(cast, at + DAY)
    assert (found.settlement.percent, found.settlement.tally.excused) == (0, 1)
    assert len(found.settlement.misses) == 1


def test_it_adds_days_for_the_time_over(cast: Cast, at: datetime) -> None:
    sell(cast, DAYS)
    missed_by(cast.dana, at, cast.ana)  # four minutes late
    missed_by(cast.dana, at)  # nobody answered yet
    (found,) = owed(cast, at + HOUR + 7 * MINUTE)
    assert found.settlement.days == 2 + 3


def test_only_support_hours_are_over_where_they_count(cast: Cast, at: datetime) -> None:
    """Ten to eleven on Monday was promised; answered on Tuesday two minutes past eight."""
    calendars = cast.premium.document["calendars"] | {"always": OFFICE}
    sell(cast, DAYS, calendars=calendars)
    ticket = missed_by(cast.dana, at).ticket
    replied(ticket, cast.ana, at=at + 22 * HOUR + 2 * MINUTE)
    (found,) = owed(cast, at + 2 * DAY)
    assert found.settlement.misses[0].over == HOUR + 2 * MINUTE
    assert found.settlement.days == 31


def test_a_promise_counts_under_the_version_that_it_was_made_under(
    cast: Cast, at: datetime
) -> None:
    sell(cast, CREDIT)
    missed_by(cast.dana, at)
    missed_by(cast.dana, at)
    sell(cast, DAYS)
    missed_by(cast.dana, at + DAY, cast.ana)
    found = {one.settlement.remedy.key: one.settlement for one in owed(cast, at + 2 * DAY)}
    assert (found["credit"].percent, len(found["credit"].misses)) == (20, 2)
    assert (found["days"].days, len(found["days"].misses)) == (2, 1)


def test_the_same_remedy_of_two_versions_is_one(cast: Cast, at: datetime) -> None:
    sell(cast, CREDIT)
    missed_by(cast.dana, at)
    sell(cast, CREDIT, name="Premium again")
    missed_by(cast.dana, at)
    (found,) = owed(cast, at + DAY)
    assert found.settlement.percent == 20


def test_it_looks_back_over_whole_periods(cast: Cast, at: datetime) -> None:
    begin = looked_back(at, BERLIN)
    assert begin == month(2024, 7, BERLIN).begin
    Contract.objects.update(starts_at=begin - 60 * DAY)
    sell(cast, DAYS)
    cast.contract.designations.update(valid_from=begin - 60 * DAY)
    cast.nordwind.subscriptions.update(starts_at=begin - 60 * DAY)
    for opening in (begin - 2 * HOUR, begin):
        missed_by(cast.dana, opening, cast.ana)
    assert [len(one.settlement.misses) for one in owed(cast, at)] == [1]


def test_a_term_is_looked_at_from_its_beginning(cast: Cast, at: datetime) -> None:
    sell(cast, DAYS | {"window": "term"})
    missed_by(cast.dana, at - 300 * DAY, cast.ana)
    missed_by(cast.dana, at, cast.ana)
    (found,) = owed(cast, at + 600 * DAY)
    assert (found.settlement.days, len(found.settlement.misses)) == (4, 2)
    assert found.settlement.period.begin == cast.contract.starts_at


def test_it_names_the_contracts_with_misses(cast: Cast, at: datetime) -> None:
    sell(cast, CREDIT)
    missed_by(cast.dana, at)
    replied(opened(cast.olive, at), cast.ana, at=at)
    assert list(contracts_with_misses(at)) == [cast.contract]
    assert not contracts_with_misses(at + DAY).exists()
    assert contracts_with_remedies().count() == 3


@pytest.mark.parametrize("who", [["dana"], ["dana", "kim", "olive", "dana"]])
def test_it_costs_the_same_however_many_there_are(
    cast: Cast, at: datetime, django_assert_num_queries: DjangoAssertNumQueries, who: list[str]
) -> None:
    sell(cast, CREDIT, DAYS)
    for name in who:
        missed_by(getattr(cast, name), at)
    contracts = list(Contract.objects.all())
    with django_assert_num_queries(2):
        owed_under(contracts, at=at, zone=BERLIN)
