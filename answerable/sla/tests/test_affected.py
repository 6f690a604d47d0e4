"""Before a version is published it is known what it would change on open tickets."""

from __future__ import annotations

from datetime import datetime, timedelta

from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.entitlements.core.document import Document
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.reading import read_terms
from answerable.entitlements.queries import facts_about
from answerable.sla.affected import Affected, affected, affected_by
from answerable.sla.facts import facts_as_json, facts_from_json
from answerable.sla.tests.clocks import LATEST
from answerable.tickets import actions as tickets
from answerable.tickets.tests.openings import opened, opened_critical

MINUTE = timedelta(minutes=1)


def with_standard(cast: Cast, within: str) -> Document:
    targets = [
        row | {"within": within} if row["key"] == "standard" else row
        for row in cast.premium.document["targets"]
    ]
    return {**cast.premium.document, "targets": targets}


def terms(cast: Cast, within: str) -> Terms:
    return read_terms(with_standard(cast, within))


def test_it_lists_each_open_promise_with_both_due_times(cast: Cast, at: datetime) -> None:
    standard, critical = opened(cast.dana, at), opened_critical(cast.dana, at)
    aimed = opened(cast.sam, at)
    found = affected_by(terms(cast, "20m"), at + MINUTE)
    assert [(one.ticket, one.target, one.differs) for one in found] == [
        (standard.pk, "standard", True),
        (critical.pk, "critical", False),
        (aimed.pk, "aim", False),
    ]
    assert found[0] == Affected(
        ticket=standard.pk,
        subject=standard.subject,
        clock=found[0].clock,
        metric="first_response",
        version=1,
        due_at=at + 60 * MINUTE,
        target="standard",
        new_due_at=at + 20 * MINUTE,
    )


def test_it_says_which_would_become_late(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at)
    (found,) = affected_by(terms(cast, "20m"), at)
    moments = [at + minutes * MINUTE for minutes in (19, 20, 59, 60)]
    assert [found.would_be_late(moment) for moment in moments] == [False, True, True, False]


def test_it_says_where_nothing_would_be_promised(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at)
    document = with_standard(cast, "1h")
    document["targets"] = [row for row in document["targets"] if row["key"] == "critical"]
    del document["examples"]
    (found,) = affected_by(read_terms(document), at)
    assert (found.target, found.new_due_at, found.differs) == (None, None, True)
    assert not found.would_be_late(at)


def test_it_leaves_out_what_is_answered_and_other_plans(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at)
    message = tickets.answer(ticket, agent=cast.ana, body="Use it.", seen=LATEST, at=at)
    tickets.mark_delivered(message, at=at + MINUTE)
    assert affected_by(terms(cast, "20m"), at) == []
    opened(cast.dana, at)
    other = read_terms({**with_standard(cast, "20m"), "key": "gold"})
    assert affected_by(other, at) == []


def test_it_lists_what_an_older_version_holds(cast: Cast, at: datetime) -> None:
    old = opened(cast.dana, at)
    release = entitlements.Release(from_at=at + MINUTE, all_contracts=True)
    version = entitlements.publish_plan(with_standard(cast, "20m"), at=at, release=release)
    new = opened(cast.dana, at + 2 * MINUTE)
    assert new.decisions.get().plan_version == version
    found = affected(version, at + 3 * MINUTE)
    assert [(one.ticket, one.version) for one in found] == [(old.pk, 1)]
    assert affected(cast.premium, at + 3 * MINUTE) == []


def test_it_judges_people_as_they_were_known_at_the_opening(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at)
    entitlements.end_designation(cast.contract, cast.dana, at=at + MINUTE)
    (found,) = affected_by(terms(cast, "20m"), at + 2 * MINUTE)
    assert found.target == "standard"


def test_it_takes_two_queries_for_any_number(
    cast: Cast, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        opened(cast.dana, at)
    faster = terms(cast, "20m")
    with django_assert_num_queries(2):
        assert len(affected_by(faster, at)) == 5


def test_facts_come_back_as_they_were_stored(cast: Cast) -> None:
    for contact in (cast.dana, cast.sam, cast.mara, None):
        facts = facts_about(contact)
        assert facts_from_json(facts_as_json(facts), facts.bought) == facts
