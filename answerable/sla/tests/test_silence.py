"""Customers who do not answer are reminded, and their tickets resolved, as the plan says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.entitlements.core.findings import PlanRefused
from answerable.entitlements.core.silence import Silence
from answerable.sla.actions import break_silences
from answerable.sla.tests.clocks import replied, wrote
from answerable.sla.tests.plans import hold, sold
from answerable.tickets.actions import end_hold, resolve, set_severity
from answerable.tickets.models import Silence as Stretch
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened

DAY = timedelta(days=1)
RULES = Silence(remind_after=3 * DAY, reminders=2, resolve_after=10 * DAY)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    """A ticket that waits for Dana since `at`, under a plan with two reminders."""
    sold(cast, at, silence=RULES)
    ticket = opened(cast.dana, at - DAY)
    replied(ticket, cast.ana, at=at)
    return ticket


def state(ticket: Ticket) -> str:
    return Ticket.objects.get(pk=ticket.pk).state


def told(ticket: Ticket) -> list[datetime]:
    notices = ticket.messages.filter(kind="notice").order_by("pk")
    return list(notices.values_list("written_at", flat=True))


def test_e58_it_reminds_twice_then_resolves_each_at_its_instant_and_once(
    ticket: Ticket, at: datetime
) -> None:
    assert break_silences(at=at + 3 * DAY - timedelta(seconds=1)) == 0
    for day in (3, 6, 10):
        moment = at + day * DAY + timedelta(seconds=2)
        assert (break_silences(at=moment), break_silences(at=moment)) == (1, 0)
    assert told(ticket) == [at + 3 * DAY, at + 6 * DAY, at + 10 * DAY]
    assert state(ticket) == "resolved"
    assert ticket.events.filter(verb="resolved").get().at == at + 10 * DAY
    assert break_silences(at=at + 100 * DAY) == 0


def test_e58_the_customers_words_end_it(cast: Cast, ticket: Ticket, at: datetime) -> None:
    break_silences(at=at + 3 * DAY)
    wrote(ticket, cast.dana, at=at + 4 * DAY)
    assert break_silences(at=at + 50 * DAY) == 0
    assert (state(ticket), len(told(ticket))) == ("open", 1)


def test_another_reply_begins_it_anew(cast: Cast, ticket: Ticket, at: datetime) -> None:
    break_silences(at=at + 3 * DAY)
    replied(ticket, cast.ana, at=at + 5 * DAY)
    assert break_silences(at=at + 7 * DAY) == 0
    assert break_silences(at=at + 8 * DAY) == 1


def test_e58_what_is_critical_is_never_resolved_without_a_person(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    set_severity(ticket, "business_critical", by=cast.ana, reason="", at=at)
    for day in (3, 6, 10, 11):
        break_silences(at=at + day * DAY)
    assert (state(ticket), len(told(ticket))) == ("waiting", 2)


def test_after_a_long_outage_they_still_have_time_to_answer(
    ticket: Ticket, at: datetime
) -> None:
    late = at + 9 * DAY
    assert [break_silences(at=late), break_silences(at=late + DAY)] == [1, 0]
    assert told(ticket) == [late]
    assert break_silences(at=late + 3 * DAY) == 1
    assert break_silences(at=late + 6 * DAY) == 0
    assert break_silences(at=late + 7 * DAY) == 1
    assert state(ticket) == "resolved"


@pytest.mark.parametrize("ends", ["hold", "resolve"])
def test_what_waits_for_something_else_is_not_reminded(
    cast: Cast, ticket: Ticket, at: datetime, ends: str
) -> None:
    if ends == "hold":
        hold(ticket, cast, at + DAY)
        end_hold(ticket, agent=cast.ana, at=at + 2 * DAY)
    else:
        resolve(ticket, agent=cast.ana, contact=None, reason="", at=at + DAY)
    assert break_silences(at=at + 50 * DAY) == 0
    assert not Stretch.objects.filter(ended_at=None).exists()


def test_it_says_until_when_and_the_plans_own_words_where_it_has_them(
    cast: Cast, at: datetime
) -> None:
    own = Silence(remind_after=DAY, resolve_after=3 * DAY, notice="We close this now.")
    sold(cast, at, silence=own)
    ticket = opened(cast.dana, at - DAY)
    replied(ticket, cast.ana, at=at)
    break_silences(at=at + DAY)
    break_silences(at=at + 3 * DAY)
    bodies = list(ticket.messages.filter(kind="notice").order_by("pk").values_list("body"))
    assert "If we hear nothing until" in bodies[0][0]
    assert bodies[1][0] == "We close this now."


def test_a_plan_that_says_nothing_reminds_nobody(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at - DAY)
    replied(ticket, cast.ana, at=at)
    assert not Stretch.objects.exists()
    assert break_silences(at=at + 100 * DAY) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        Silence(remind_after=DAY, reminders=9),
        Silence(remind_after=timedelta(minutes=5)),
        Silence(remind_after=DAY, reminders=3, resolve_after=3 * DAY),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(
    cast: Cast, at: datetime, wrong: Silence
) -> None:
    with pytest.raises(PlanRefused) as refused:
        sold(cast, at, silence=wrong)
    assert [finding.path[0] for finding in refused.value.findings] == ["silence"]
