"""What was bought, and what is known of a person because of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.entitlements import actions
from answerable.entitlements.core.plan import PlanError
from answerable.entitlements.models import Contract, Designation, PlanVersion
from answerable.entitlements.queries import NOBODY, facts_about
from answerable.entitlements.terms import terms_of

DAY = timedelta(days=1)


def test_it_publishes_a_changed_plan_as_the_next_version(cast: Cast, at: datetime) -> None:
    again = actions.publish_plan(cast.premium.document, at=at)
    assert again == cast.premium
    changed = actions.publish_plan(dict(cast.premium.document, name="Premium Plus"), at=at)
    assert (changed.number, changed.plan) == (2, cast.premium.plan)
    assert cast.premium.terms.name == "Premium"
    assert changed.terms.name == "Premium Plus"


def test_it_publishes_nothing_that_cannot_be_meant(cast: Cast, at: datetime) -> None:
    with pytest.raises(PlanError):
        actions.publish_plan(dict(cast.premium.document, targets=[{}]), at=at)
    assert PlanVersion.objects.count() == 1


def test_it_reads_a_version_once(cast: Cast) -> None:
    same = terms_of(cast.premium.pk, cast.premium.document)
    assert terms_of(cast.premium.pk, dict(cast.premium.document)) is same


def test_it_knows_of_dana_what_decides_on_her_promises(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        facts = facts_about(cast.dana)
    (bought,) = facts.bought
    ((contract, term),) = facts.designations
    assert (facts.known, facts.role, facts.seat) == (True, "super_admin", "paid")
    assert contract == bought.contract == cast.contract.pk
    assert (bought.version, bought.status) == (cast.premium.pk, "active")
    assert term.covers(cast.at)
    assert [(run.product, run.tier) for run in facts.runs] == [("service", "enterprise")]


def test_it_knows_nothing_of_strangers_and_of_who_has_left(cast: Cast, at: datetime) -> None:
    assert facts_about(None) == NOBODY
    cast.dana.left_at = at
    assert facts_about(cast.dana) == NOBODY


def test_it_designates_somebody_once_and_ends_it_at_once(cast: Cast, at: datetime) -> None:
    first = actions.designate(cast.contract, cast.sam, at=at)
    assert actions.designate(cast.contract, cast.sam, at=at + DAY) == first
    actions.end_designation(cast.contract, cast.sam, at=at + DAY)
    again = actions.designate(cast.contract, cast.sam, at=at + 2 * DAY)
    rows = Designation.objects.filter(contact=cast.sam).order_by("pk")
    assert [(row.valid_from, row.valid_to) for row in rows] == [
        (at, at + DAY),
        (again.valid_from, None),
    ]


def test_it_counts_contracts_in_force(cast: Cast, at: datetime) -> None:
    def in_force(instant: datetime) -> int:
        return Contract.objects.filter(customer=cast.nordwind).in_force(instant).count()

    ends_at = cast.contract.ends_at
    assert ends_at
    assert [in_force(at), in_force(ends_at - DAY), in_force(ends_at)] == [1, 1, 0]
    assert in_force(cast.contract.starts_at - DAY) == 0
    actions.suspend(cast.contract)
    assert in_force(at) == 0
