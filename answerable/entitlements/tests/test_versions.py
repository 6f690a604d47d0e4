"""A version never changes; which one a contract follows, and from when, is on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.entitlements import actions, terms
from answerable.entitlements.actions import PlanInUse, PlanRetired, Release
from answerable.entitlements.core.eligibility import Bought, Term, decide, in_force
from answerable.entitlements.core.plan import PlanError
from answerable.entitlements.models import Adoption, Contract, Plan, PlanText, PlanVersion
from answerable.entitlements.queries import accounts_using, contracts_of, facts_about
from answerable.entitlements.tests.test_eligibility import DANA, FORM, NOW, PREMIUM, TERMS

DAY = timedelta(days=1)
EVERYBODY = Release(all_contracts=True)


def faster(cast: Cast, at: datetime, release: Release = EVERYBODY) -> PlanVersion:
    """Publish a version in which a standard request is answered within half the time."""
    targets = [
        row | {"within": "20m"} if row["key"] == "standard" else row
        for row in cast.premium.document["targets"]
    ]
    document = {**cast.premium.document, "targets": targets}
    return actions.publish_plan(document, at=at, release=release)


def version_of(cast: Cast, at: datetime) -> int | None:
    """Return the version under which a request of Dana's would be promised at an instant."""
    verdict = decide(facts_about(cast.dana), replace(FORM, at=at))
    return verdict.bought.version if verdict.bought else None


def test_it_refuses_to_change_a_version(cast: Cast) -> None:
    for table in (PlanVersion, PlanText):
        rows = table.objects.all()
        name = "note" if table is PlanVersion else "text"
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.update(**{name: "otherwise"})
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows._raw_delete(rows.db)
        assert rows.count() == 1


def test_a_contract_follows_what_was_signed_from_its_beginning(cast: Cast) -> None:
    adoption = cast.contract.adoptions.get()
    assert (adoption.plan_version, adoption.from_at) == (cast.premium, cast.contract.starts_at)


def test_it_follows_a_version_from_the_instant_that_was_said(cast: Cast, at: datetime) -> None:
    release = Release(from_at=at + DAY, all_contracts=True)
    version = faster(cast, at, release)
    assert (version.effective_from, version.published_at) == (at + DAY, at)
    last = at + DAY - timedelta(microseconds=1)
    assert [version_of(cast, moment) for moment in (at, last, at + DAY)] == [
        cast.premium.pk,
        cast.premium.pk,
        version.pk,
    ]


def test_it_follows_nothing_that_it_was_not_told_to(cast: Cast, at: datetime) -> None:
    faster(cast, at, Release())
    assert version_of(cast, at + DAY) == cast.premium.pk


def test_it_asks_every_contract_of_the_plan_that_lasts(cast: Cast, at: datetime) -> None:
    cancelled = actions.sign_contract(cast.nordwind, cast.premium, starts_at=at)
    Contract.objects.filter(pk=cancelled.pk).update(status=Contract.Status.CANCELLED)
    coming = actions.sign_contract(cast.nordwind, cast.premium, starts_at=at + 9 * DAY)
    version = faster(cast, at)
    followed = {
        (adoption.contract.customer.name, adoption.from_at)
        for adoption in version.adoptions.select_related("contract__customer")
    }
    # Kestrel's contract has ended, and Meridian has none.
    assert followed == {
        ("Nordwind GmbH", at),
        ("Nordwind GmbH", coming.starts_at),
        ("Brightwater Ltd", at),
    }


def test_what_was_decided_last_counts(cast: Cast, at: datetime) -> None:
    planned = faster(cast, at, Release(from_at=at + 9 * DAY, all_contracts=True))
    actions.adopt(cast.premium, [cast.contract], from_at=at + DAY)
    assert version_of(cast, at + 10 * DAY) == cast.premium.pk
    actions.adopt(planned, [cast.contract], from_at=at + DAY)
    assert version_of(cast, at + DAY) == planned.pk


def test_it_adopts_a_version_that_was_there(cast: Cast, at: datetime) -> None:
    version = faster(cast, at, Release())
    assert faster(cast, at + DAY) == version
    assert version_of(cast, at + DAY) == version.pk


def test_it_refuses_to_count_for_tickets_that_came_in(cast: Cast, at: datetime) -> None:
    with pytest.raises(PlanError, match="Enter a later time"):
        faster(cast, at, Release(from_at=at - DAY))
    assert PlanVersion.objects.count() == 1


def test_it_knows_people_in_as_many_queries_after_many_versions(
    cast: Cast, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for days in range(3):
        document = {**cast.premium.document, "changelog": f"Again, {days}."}
        actions.publish_plan(document, at=at + days * DAY, release=EVERYBODY)
    terms._read.clear()  # As in a process that has just begun.
    with django_assert_num_queries(4):
        facts_about(cast.dana)
    with django_assert_num_queries(3):
        facts = facts_about(cast.dana)
    assert len(facts.bought) == 4
    assert len(in_force(facts.bought, at)) == 1


def test_it_says_how_many_accounts_use_a_plan(cast: Cast, at: datetime) -> None:
    plan = cast.premium.plan
    assert accounts_using(plan, at) == 2
    with pytest.raises(PlanInUse) as used:
        actions.delete_plan(plan, at=at)
    assert str(used.value) == "Premium is used by 2 accounts. Move them first."
    actions.suspend(cast.contract)
    assert accounts_using(plan, at) == 2


def test_accounts_can_be_moved_to_another_plan(cast: Cast, at: datetime) -> None:
    other = actions.publish_plan({**cast.premium.document, "key": "gold"}, at=at)
    plan = cast.premium.plan
    actions.adopt(other, contracts_of(plan, at), from_at=at)
    assert (accounts_using(plan, at), accounts_using(other.plan, at)) == (0, 2)
    assert version_of(cast, at) == other.pk
    with pytest.raises(PlanInUse) as used:
        actions.delete_plan(plan, at=at)
    assert str(used.value) == (
        "Premium was sold, and what it promised stays on record. Retire it."
    )
    assert PlanVersion.objects.filter(plan=plan).exists()


def test_it_deletes_a_plan_that_was_never_sold(cast: Cast, at: datetime) -> None:
    document = {**cast.premium.document, "key": "gold"}
    plan = actions.publish_plan(document, at=at, release=Release(text="key = 1")).plan
    actions.delete_plan(plan, at=at)
    assert not Plan.objects.filter(key="gold").exists()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        PlanText.objects.all().delete()


def test_it_sells_a_retired_plan_to_nobody(cast: Cast, at: datetime) -> None:
    actions.retire_plan(cast.premium.plan, at=at)
    cast.premium.plan.refresh_from_db()
    with pytest.raises(PlanRetired, match="Premium is retired"):
        actions.sign_contract(cast.meridian, cast.premium, starts_at=at)
    assert version_of(cast, at) == cast.premium.pk
    actions.retire_plan(cast.premium.plan, at=at + DAY)
    assert Plan.objects.get(pk=cast.premium.plan_id).retired_at == at


def test_an_old_version_is_read_whatever_became_a_rule_since(cast: Cast, at: datetime) -> None:
    odd = {**cast.premium.document, "ladder": [{"at": 5000, "tell": ["nobody"]}]}
    version = PlanVersion.objects.create(
        plan=cast.premium.plan, number=9, document=odd, published_at=at, effective_from=at
    )
    assert version.terms.ladder[0].percent == 5000


bought = st.lists(
    st.builds(
        Bought,
        contract=st.integers(1, 3),
        version=st.integers(1, 9),
        terms=st.just(TERMS),
        term=st.just(Term(NOW - 9 * DAY, None)),
        status=st.just("active"),
        since=st.none() | st.integers(-3, 3).map(lambda days: NOW + days * DAY),
    ),
    max_size=6,
)


@given(bought)
def test_each_contract_counts_once(rows: list[Bought]) -> None:
    chosen = in_force(rows, NOW)
    assert [one.contract for one in chosen] == list(dict.fromkeys(one.contract for one in rows))
    for one in chosen:
        of_contract = [row for row in rows if row.contract == one.contract]
        begun = [row for row in of_contract if row.since is None or row.since <= NOW]
        assert one is (begun or of_contract[:1])[-1]


def test_it_gives_no_reason_for_rows_that_a_contract_left_behind() -> None:
    newer = replace(PREMIUM, version=8, since=NOW - DAY)
    later = replace(PREMIUM, version=9, since=NOW + DAY)
    verdict = decide(replace(DANA, bought=(PREMIUM, newer, later)), FORM)
    assert verdict.bought == newer
    assert {refusal.version for refusal in verdict.refusals} == {8}


def test_every_contract_has_an_adoption(cast: Cast) -> None:
    contracts = Contract.objects.count()
    assert Adoption.objects.values("contract").distinct().count() == contracts
