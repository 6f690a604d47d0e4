"""Before a version is published it is known what it would change on open tickets."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.entitlements.core.document import Document
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.reading import read_terms
from answerable.entitlements.queries import facts_about
from answerable.sla.actions import move_open_tickets
from answerable.sla.affected import Affected, affected_by
from answerable.sla.facts import facts_as_json, facts_from_json
from answerable.sla.models import ClockEntry
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


def test_it_lists_each_promise_that_changes_with_both_due_times(
    cast: Cast, at: datetime
) -> None:
    standard = opened(cast.dana, at)
    opened_critical(cast.dana, at)
    opened(cast.sam, at)
    found = affected_by(terms(cast, "20m"), at + MINUTE)
    assert (found.tickets, found.late) == (3, 0)
    assert found.changed == (
        Affected(
            ticket=standard.pk,
            subject=standard.subject,
            metric="first_response",
            version=1,
            due_at=at + 60 * MINUTE,
            new_due_at=at + 20 * MINUTE,
        ),
    )


@pytest.mark.parametrize(("minutes", "late"), [(19, 0), (20, 1), (59, 1), (60, 0)])
def test_it_says_which_would_be_late_and_keep_their_time(
    cast: Cast, at: datetime, minutes: int, late: int
) -> None:
    opened(cast.dana, at)
    found = affected_by(terms(cast, "20m"), at + minutes * MINUTE)
    assert (found.late, len(found.changed)) == (late, 1 if minutes == 19 else 0)


def test_what_has_no_row_stays_as_it_is(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at)
    document = with_standard(cast, "1h")
    document["targets"] = [row for row in document["targets"] if row["key"] == "critical"]
    del document["examples"]
    found = affected_by(read_terms(document), at)
    assert (found.changed, found.late) == ((), 0)


def test_it_says_what_the_move_then_does(cast: Cast, at: datetime) -> None:
    for minute in (0, 30, 50):
        opened(cast.dana, at + minute * MINUTE)
    opened_critical(cast.dana, at + 50 * MINUTE)
    later = at + 55 * MINUTE
    told = affected_by(terms(cast, "20m"), later)
    version = entitlements.publish_plan(with_standard(cast, "20m"), at=later)
    move_open_tickets(version, agent=None, at=later)
    moved = ClockEntry.objects.filter(verb="move", clock__kind="guarantee")
    changed = [
        (one.clock.ticket_id, one.due_at)
        for one in moved
        if one.due_at and one.data["before"] != one.due_at.isoformat()
    ]
    assert sorted(changed) == sorted((one.ticket, one.new_due_at) for one in told.changed)
    assert (len(changed), told.late) == (1, 2)


def test_it_leaves_out_what_is_answered_and_other_plans(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at)
    message = tickets.answer(ticket, agent=cast.ana, body="Use it.", seen=LATEST, at=at)
    tickets.mark_delivered(message, at=at + MINUTE)
    assert affected_by(terms(cast, "20m"), at).changed == ()
    opened(cast.dana, at)
    other = read_terms({**with_standard(cast, "20m"), "key": "gold"})
    assert affected_by(other, at).promises == 0


def test_it_costs_the_same_for_any_number(
    cast: Cast, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        opened(cast.dana, at)
    faster = terms(cast, "20m")
    with django_assert_num_queries(2):
        assert len(affected_by(faster, at).changed) == 5


def test_facts_come_back_as_they_were_stored(cast: Cast) -> None:
    for contact in (cast.dana, cast.sam, cast.mara, None):
        facts = facts_about(contact)
        assert facts_from_json(facts_as_json(facts), facts.bought) == facts
