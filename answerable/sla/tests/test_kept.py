"""What a report counts, in the database, against what was made to happen."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.entitlements.actions import Release, publish_plan
from answerable.sla.actions import decide_appeal, wake_due
from answerable.sla.core.counting import Tally
from answerable.sla.core.periods import month
from answerable.sla.kept import GROUPED, Asked, Promises, unpromised
from answerable.sla.models import Clock
from answerable.sla.tests.clocks import changed, replied
from answerable.sla.tests.misses import HOUR, MINUTE, appealed_by, excused_by, missed_by
from answerable.sla.tests.outcomes import BERLIN
from answerable.sla.tests.plans import row, sold_broken
from answerable.sla.tests.test_doubt import NEVER
from answerable.tickets.actions import mark_delivered
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, opened_critical

OCTOBER = month(2025, 10, BERLIN)
MICRO = timedelta(microseconds=1)


def kept_by(contact: Contact, cast: Cast, at: datetime, minutes: int = 30) -> Ticket:
    ticket = opened(contact, at)
    replied(ticket, cast.ana, at=at + minutes * MINUTE)
    return ticket


@pytest.fixture
def october(cast: Cast, at: datetime) -> Cast:
    """Nordwind had 3 kept, 1 missed, 1 excused, 1 open; Brightwater 1 kept and 1 missed."""
    for minutes in (10, 20, 30):
        kept_by(cast.dana, cast, at, minutes)
    missed_by(cast.dana, at, cast.ana)
    excused_by(cast.lena, missed_by(cast.kim, at), at=at + 2 * HOUR)
    opened(cast.dana, at + 2 * HOUR)
    kept_by(cast.olive, cast, at, 40)
    missed_by(cast.olive, at)
    return cast


def counted(**asked: Any) -> Promises:
    return Promises(Asked(period=OCTOBER, **asked))


def test_it_counts_three_numbers_and_what_is_open(october: Cast) -> None:
    figures = counted().total()
    assert figures.tally == Tally(met=4, missed=2, excused=1, open=1)
    assert (figures.median, figures.nine_of_ten) == (40 * MINUTE, None)


def test_it_counts_each_account(october: Cast) -> None:
    lines = counted().lines("account")
    assert [(line.account, line.plan_name, line.severity) for line in lines] == [
        ("Brightwater Ltd", "Premium", "standard"),
        ("Nordwind GmbH", "Premium", "standard"),
    ]
    assert [line.figures.tally for line in lines] == [
        Tally(met=1, missed=1),
        Tally(met=3, missed=1, excused=1, open=1),
    ]
    assert lines[1].figures.median == 30 * MINUTE
    assert lines[1].customer == october.nordwind.pk


@pytest.mark.parametrize("by", GROUPED)
def test_the_lines_add_up_to_the_total(october: Cast, by: str) -> None:
    promises = counted()
    lines = promises.lines(by)
    assert sum((one.figures.tally for one in lines), Tally()) == promises.total().tally


@pytest.mark.parametrize(
    ("standing", "count"),
    [("met", 4), ("missed", 2), ("excused", 1), ("open", 1), ("left_out", 0), ("", 8)],
)
def test_it_lists_as_many_as_it_counts(october: Cast, standing: str, count: int) -> None:
    assert counted().that_are(standing).count() == count


def test_it_counts_what_is_asked_for(october: Cast) -> None:
    premium = october.premium.plan_id
    cases: list[tuple[dict[str, Any], int]] = [
        ({"customer": october.nordwind.pk}, 6),
        ({"account": "bright"}, 2),
        ({"plan": premium}, 8),
        ({"plan": premium + 1}, 0),
        ({"severity": "standard"}, 8),
        ({"severity": "business_critical"}, 0),
        ({"metric": "first_response"}, 8),
        ({"metric": "resolution"}, 0),
    ]
    for asked, promises in cases:
        assert counted(**asked).total().tally.promises == promises, asked
        assert Asked(period=OCTOBER, **asked).is_filtered
    assert not Asked(period=OCTOBER).is_filtered


def test_a_month_has_what_falls_due_in_it(cast: Cast) -> None:
    assert OCTOBER.end
    kept_by(cast.dana, cast, OCTOBER.end - HOUR - MICRO)
    kept_by(cast.dana, cast, OCTOBER.end - HOUR)
    kept_by(cast.dana, cast, OCTOBER.begin - HOUR)
    assert counted().total().tally == Tally(met=2)


def test_at_due_is_kept_and_later_is_missed(cast: Cast, at: datetime) -> None:
    replied(opened(cast.dana, at), cast.ana, at=at + HOUR)
    replied(opened(cast.dana, at), cast.ana, at=at + HOUR + MICRO)
    promises = counted()
    assert promises.total().tally == Tally(met=1, missed=1)
    assert promises.shares_used()[9:11] == [1, 1]


def test_a_time_that_comes_twice_is_counted_once(cast: Cast) -> None:
    """Half past two came twice on 26 October: in summer's time and in winter's."""
    for utc_hour in (0, 1):
        kept_by(
            cast.dana, cast, datetime(2025, 10, 26, utc_hour, 30, tzinfo=OCTOBER.begin.tzinfo)
        )
    assert counted().total().tally == Tally(met=2)


def test_it_leaves_out_aims_claims_and_what_is_void(cast: Cast, at: datetime) -> None:
    opened(cast.sam, at)
    opened_critical(cast.dana, at)
    assert counted().total().tally == Tally(open=1)
    Clock.objects.filter(kind="guarantee").update(outcome="void")
    assert counted().total().tally == Tally(left_out=1)
    assert counted().that_are("").count() == 0


def test_a_granted_appeal_makes_a_miss_of_it_again(cast: Cast, at: datetime) -> None:
    excuse = excused_by(cast.lena, missed_by(cast.dana, at), at=at + 2 * HOUR)
    assert counted().total().tally == Tally(excused=1)
    appeal = appealed_by(cast.dana, excuse, at=at + 3 * HOUR)
    decide_appeal(appeal, agent=cast.ida, upheld=True, answer="Yes.", at=at + 4 * HOUR)
    assert counted().total().tally == Tally(missed=1)


def test_it_shows_which_share_of_its_time_each_used(october: Cast) -> None:
    # 10, 20, 30 and 40 of 60 minutes; 64 minutes; and two that nobody answered.
    assert counted().shares_used() == [0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 2]


def test_a_promise_that_nobody_can_work_out_has_used_up_its_time(
    cast: Cast, at: datetime
) -> None:
    calendars = {**cast.premium.terms.calendars, "never": NEVER}
    sold_broken(cast, at, row("first_response", HOUR, calendar="never"), calendars=calendars)
    opened(cast.dana, at)
    wake_due(at=at)
    assert counted().total().tally == Tally(missed=1)
    assert counted().shares_used() == [0] * 13 + [1]


def test_a_promise_keeps_the_severity_that_it_was_made_for(cast: Cast, at: datetime) -> None:
    """Answered too late as critical, and rated standard only afterwards."""
    ticket = opened_critical(cast.dana, at)
    replied(ticket, cast.ana, at=at + 40 * MINUTE)
    mark_delivered(changed(ticket, cast.ana, at=at + HOUR), at=at + HOUR)
    ticket.refresh_from_db()
    assert ticket.severity == "standard"
    (line,) = counted().lines("severity")
    assert (line.severity, line.figures.tally) == ("business_critical", Tally(missed=1))
    assert counted(severity="business_critical").that_are("missed").get().ticket == ticket
    assert counted().named("severity") == ["business_critical"]


def test_a_target_for_any_severity_counts_as_what_the_ticket_is(
    cast: Cast, at: datetime
) -> None:
    plan = copy.deepcopy(cast.premium.document)
    plan["targets"] = [row for row in plan["targets"] if row["key"] != "critical"]
    del plan["targets"][0]["severity"]
    publish_plan(plan, at=at, release=Release(all_contracts=True))
    opened_critical(cast.dana, at)
    opened(cast.dana, at)
    assert [(x.severity, x.figures.tally) for x in counted().lines("severity")] == [
        ("business_critical", Tally(open=1)),
        ("standard", Tally(open=1)),
    ]


def test_it_counts_requests_without_a_promise(cast: Cast, at: datetime) -> None:
    for contact in (cast.sam, cast.dana, cast.olive):
        opened(contact, at)
    opened(cast.sam, OCTOBER.begin - MICRO)
    assert unpromised(Asked(period=OCTOBER, customer=cast.nordwind.pk)).count() == 1


def test_it_costs_the_same_however_many_there_are(
    cast: Cast, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def read() -> None:
        promises = counted()
        promises.total()
        promises.lines("account")
        promises.shares_used()

    missed_by(cast.dana, at)
    with CaptureQueriesContext(connection) as one:
        read()
    for contact in (cast.dana, cast.kim, cast.olive, cast.olive):
        missed_by(contact, at)
    with django_assert_num_queries(len(one)):
        read()
    assert len(one) == 5


def test_it_returns_a_page_of_lines(october: Cast) -> None:
    pages = [counted().lines("account", page=page, of=1) for page in range(3)]
    assert [[line.account for line in page] for page in pages] == [
        ["Brightwater Ltd"],
        ["Nordwind GmbH"],
        [],
    ]
