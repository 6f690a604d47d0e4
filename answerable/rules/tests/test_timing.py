"""Time wakes rules once for each ticket and occasion."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.routing.models import QueueEntry
from answerable.rules import actions
from answerable.rules.core.reading import Act, Condition, When
from answerable.rules.models import Run
from answerable.rules.tests.scenes import started, tag, tags_on
from answerable.sla.tests.plans import row, sold
from answerable.tickets import actions as tickets
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
THREE_DAYS = 3 * 24 * HOUR


@pytest.fixture
def quiet(cast: Cast, at: datetime) -> str:
    return tag(cast.ida, "Quiet", at).slug


def looked(at: datetime) -> int:
    return actions.look_at_time(at=at)


def test_what_is_quiet_for_three_days_is_found_once(
    cast: Cast, quiet: str, at: datetime
) -> None:
    started(cast.ida, at, Act("note", words="Quiet."), when=When("untouched", minutes=4320))
    ticket = opened(cast.dana, at)
    assert looked(at + THREE_DAYS - MINUTE) == 0
    assert looked(at + THREE_DAYS + MINUTE) == 1
    assert looked(at + THREE_DAYS + HOUR) == 0
    me = tickets.Sender(contact=cast.dana)
    tickets.add_message(ticket, sender=me, body="Anybody?", at=at + THREE_DAYS + HOUR)
    assert looked(at + 2 * THREE_DAYS) == 0
    assert looked(at + 2 * THREE_DAYS + 2 * HOUR) == 1
    assert Run.objects.count() == 2


def test_conditions_are_asked_in_the_statement_and_again_of_what_it_finds(
    cast: Cast, quiet: str, at: datetime
) -> None:
    every = (
        Condition("assignee", "is", ("nobody",)),
        Condition("customer", "is", (str(cast.nordwind.pk),)),
        Condition("subject", "contains", ("exports",)),
    )
    when = When("untouched", minutes=60)
    started(cast.ida, at, Act("tag", quiet), when=when, every=every)
    mine, taken = opened(cast.dana, at), opened(cast.dana, at, body="Exports fail again.")
    tickets.take(taken, agent=cast.ana, at=at)
    other = opened(cast.olive, at)
    unlike = opened(cast.sam, at, body="I cannot sign in.")
    assert looked(at + 2 * HOUR) == 1
    assert [tags_on(one) for one in (mine, taken, other, unlike)] == [[quiet], [], [], []]


def test_what_waits_for_its_customer_is_found(cast: Cast, quiet: str, at: datetime) -> None:
    started(cast.ida, at, Act("tag", quiet), when=When("waiting", minutes=60))
    ticket = opened(cast.dana, at)
    message = tickets.answer(ticket, agent=cast.ana, body="Try it.", seen=2**62, at=at)
    tickets.mark_delivered(message, at=at)
    assert Ticket.objects.get(pk=ticket.pk).state == Ticket.State.WAITING
    assert (looked(at + 59 * MINUTE), looked(at + 61 * MINUTE)) == (0, 1)


def test_what_nobody_has_is_found(cast: Cast, quiet: str, at: datetime) -> None:
    started(cast.ida, at, Act("tag", quiet), when=When("unassigned", minutes=30))
    free, taken = opened(cast.dana, at), opened(cast.sam, at)
    tickets.take(taken, agent=cast.ana, at=at)
    assert looked(at + 31 * MINUTE) == 1
    assert (tags_on(free), tags_on(taken)) == ([quiet], [])


def test_what_is_due_soon_and_what_is_at_risk_is_found_by_its_due_time(
    cast: Cast, quiet: str, at: datetime
) -> None:
    started(cast.ida, at, Act("tag", quiet), when=When("due", minutes=20), name="Due")
    started(cast.ida, at, Act("escalate"), when=When("at_risk"), name="Risk")
    ticket = opened(cast.dana, at)
    entry = QueueEntry.objects.get(ticket=ticket)
    assert entry.due_at == at + HOUR
    assert looked(at + 39 * MINUTE) == 0
    assert looked(at + 41 * MINUTE) == 1
    assert looked(entry.act_by + MINUTE) == 1
    assert looked(at + 59 * MINUTE) == 0
    assert list(Run.objects.order_by("pk").values_list("rule__name", flat=True)) == [
        "Due",
        "Risk",
    ]


def test_support_hours_are_those_of_the_promise(cast: Cast, quiet: str, at: datetime) -> None:
    when = When("untouched", minutes=60, basis="support")
    started(cast.ida, at, Act("tag", quiet), when=when)
    opened(cast.dana, at)  # Her plan counts around the clock.
    assert looked(at + 61 * MINUTE) == 1


def test_each_rule_is_looked_at_once_a_minute(cast: Cast, quiet: str, at: datetime) -> None:
    started(cast.ida, at, Act("tag", quiet), when=When("untouched", minutes=1))
    assert looked(at) == 0
    opened(cast.dana, at - HOUR)
    assert (looked(at + timedelta(seconds=30)), looked(at + MINUTE)) == (0, 1)


def test_old_runs_are_forgotten_but_for_those_that_keep_an_occasion_from_coming_back(
    cast: Cast, quiet: str, at: datetime
) -> None:
    started(cast.ida, at, Act("tag", quiet), when=When("untouched", minutes=60))
    ticket = opened(cast.dana, at)
    later = at + timedelta(days=100)
    assert looked(at + 2 * HOUR) == 1
    assert actions.forget_runs(at=later, days=90) == 0
    tickets.resolve(ticket, agent=cast.ana, contact=None, reason="Old.", at=later)
    assert actions.forget_runs(at=later, days=90) == 1


@pytest.mark.parametrize("share", ["50", "75"])
def test_a_share_of_a_promise_is_over_once(
    cast: Cast, quiet: str, at: datetime, share: str
) -> None:
    """Dana's first reply is guaranteed within an hour."""
    started(cast.ida, at, Act("tag", quiet), when=When("spent", share))
    ticket = opened(cast.dana, at)
    over = at + HOUR * int(share) / 100
    assert looked(over - MINUTE) == 0
    assert tags_on(ticket) == []
    assert looked(over + MINUTE) == 1
    assert tags_on(ticket) == [quiet]
    assert looked(over + 2 * MINUTE + MINUTE) == 0


def test_a_night_spends_nothing_of_a_promise_in_support_hours(
    cast: Cast, quiet: str, at: datetime
) -> None:
    """What is due the next morning has most of its time left at midnight."""
    started(cast.ida, at, Act("tag", quiet), when=When("spent", "50"))
    sold(cast, at, row("first_response", 2 * HOUR, calendar="office"))
    late = at.replace(hour=14, minute=30)  # in Berlin half an hour before the office closes
    opened(cast.dana, late)
    assert looked(late + 15 * HOUR) == 0
    assert looked(late + 16 * HOUR + MINUTE) == 1  # half past eight
