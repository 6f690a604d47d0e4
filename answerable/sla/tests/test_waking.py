from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.accounts.actions import set_duty
from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.routing.models import Notice
from answerable.sla.actions import wake_due
from answerable.sla.actions.waking import AT_ONCE
from answerable.sla.models import Clock
from answerable.sla.tests.clocks import climb, clock_of, replied, told
from answerable.tickets.actions import assign, take
from answerable.tickets.models import Ticket, TicketEvent
from answerable.tickets.tests.openings import NOBODY_CAN_SIGN_IN, opened, opened_critical

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def claimed(cast: Cast, at: datetime) -> Ticket:
    return opened_critical(cast.dana, at)


def told_of_miss() -> list[str]:
    notices = Notice.objects.filter(event__verb="clock_missed").select_related("agent")
    return sorted(notice.agent.name for notice in notices)


def test_it_does_nothing_when_nothing_is_due(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at)
    assert wake_due(at=at + HOUR - SECOND) == 0


def test_it_announces_a_miss_once(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at)
    assert [wake_due(at=at + HOUR), wake_due(at=at + HOUR), wake_due(at=at + 2 * HOUR)] == [
        1,
        0,
        0,
    ]
    missed = ticket.events.get(verb="clock_missed")
    assert missed.at == at + HOUR
    assert missed.data["due_at"] == (at + HOUR).isoformat()
    assert told_of_miss() == ["Lena Brandt"]
    assert clock_of(ticket).entries.filter(verb="miss").count() == 1


def test_it_tells_whoever_has_the_ticket_of_a_miss(cast: Cast, at: datetime) -> None:
    take(opened(cast.dana, at), agent=cast.ana, at=at)
    wake_due(at=at + HOUR)
    assert told_of_miss() == ["Ana Silva", "Lena Brandt"]


def test_it_tells_administrators_of_a_miss_where_there_is_no_lead(
    cast: Cast, at: datetime
) -> None:
    Agent.objects.filter(role=Agent.Role.LEAD).delete()
    opened(cast.dana, at)
    wake_due(at=at + HOUR)
    assert told_of_miss() == ["Ida Holm"]


def test_it_tells_nobody_that_an_aim_was_missed(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.sam, at)
    wake_due(at=at + timedelta(days=2))
    assert clock_of(ticket).outcome == "missed"
    assert told_of_miss() == []


def test_it_stamps_after_an_outage_each_miss_with_its_own_due_time(
    cast: Cast, at: datetime
) -> None:
    tickets = [opened(cast.dana, at + number * MINUTE) for number in range(3)]
    assert wake_due(at=at + 4 * HOUR) == 3
    assert [clock_of(ticket).missed_at for ticket in tickets] == [
        at + HOUR + number * MINUTE for number in range(3)
    ]


def test_it_takes_no_more_than_it_can_hold_at_once(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at)
    first = clock_of(ticket)
    tickets = Ticket.objects.bulk_create(
        Ticket(
            sender_name="Dana Wolf",
            subject="Exports",
            channel="form",
            created_at=at,
            last_at=at,
        )
        for _ in range(AT_ONCE)
    )
    Clock.objects.bulk_create(
        Clock(
            ticket=other,
            metric=first.metric,
            kind="aim",
            target=first.target,
            plan_version=first.plan_version,
            allowance=first.allowance,
            started_at=at,
            due_at=first.due_at,
            wake_at=first.due_at,
        )
        for other in tickets
    )
    assert [wake_due(at=at + HOUR) for _ in range(3)] == [AT_ONCE, 1, 0]


def test_it_leaves_answered_clocks_alone(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at)
    replied(ticket, cast.ana, at=at + HOUR / 2)
    assert wake_due(at=at + 2 * HOUR) == 0
    assert clock_of(ticket).outcome == "met"


def test_it_climbs_at_each_share_of_the_promise_and_tells_exactly_those_listed(
    cast: Cast, claimed: Ticket, at: datetime
) -> None:
    seen = {}
    for minute in (0, 3, 7.5, 12, 15, 18, 24, 30):
        climb(at, minute)
        seen[minute] = sorted(told(claimed))
    assert seen == {
        0: [0],
        3: [0],
        7.5: [0, 25],
        12: [0, 25],
        15: [0, 25, 50],
        18: [0, 25, 50],
        24: [0, 25, 50, 80],
        30: [0, 25, 50, 80, 100],
    }
    on_duty = {"Ana Silva", "Ben Adler", "Chidi Okafor"}
    assert told(claimed) == {
        0: on_duty,
        25: on_duty | {"Lena Brandt"},
        50: {"Lena Brandt", "Ravi Patel"},
        80: {"Lena Brandt", "Ravi Patel", "Ida Holm"},
        100: {"Lena Brandt", "Ravi Patel", "Ida Holm"},
    }


def test_it_leaves_a_trace_of_each_step(claimed: Ticket, at: datetime) -> None:
    climb(at, 8)
    steps = TicketEvent.objects.filter(ticket=claimed, verb="escalated").order_by("pk")
    assert [(step.data["percent"], step.at) for step in steps] == [
        (0, at),
        (25, at + timedelta(minutes=7.5)),
    ]
    assert [step.done_at for step in clock_of(claimed).steps.order_by("percent")][:3] == [
        *[at + 8 * MINUTE] * 2,
        None,
    ]


def test_it_waits_for_the_next_step_and_last_for_the_due_time(
    claimed: Ticket, at: datetime
) -> None:
    waits = []
    for minute in (0, 7.5, 15, 24):
        climb(at, minute)
        waits.append(clock_of(claimed).wake_at)
    assert waits == [at + timedelta(minutes=minute) for minute in (7.5, 15, 24, 30)]
    climb(at, 30)
    assert clock_of(claimed).wake_at is None


def test_it_stops_climbing_when_somebody_takes_the_ticket(
    cast: Cast, claimed: Ticket, at: datetime
) -> None:
    climb(at, 0, 7.5)
    take(claimed, agent=cast.ana, at=at + 8 * MINUTE)
    assert clock_of(claimed).wake_at == at + 30 * MINUTE
    climb(at, 15, 24, 29)
    assert sorted(told(claimed)) == [0, 25]
    assert {step.stopped_at for step in clock_of(claimed).steps.filter(done_at=None)} == {
        at + 8 * MINUTE
    }
    assert claimed.events.filter(verb="ladder_stopped").count() == 1


def test_it_still_misses_what_somebody_took(cast: Cast, claimed: Ticket, at: datetime) -> None:
    take(claimed, agent=cast.ana, at=at)
    climb(at, 30)
    assert clock_of(claimed).missed_at == at + 30 * MINUTE


def test_it_stops_climbing_when_the_ticket_is_given_to_somebody(
    cast: Cast, claimed: Ticket, at: datetime
) -> None:
    assign(claimed, to=cast.ben, agent=cast.lena, at=at)
    climb(at, 0, 7.5)
    assert told(claimed) == {}


def test_it_stops_climbing_when_a_reply_arrives(
    cast: Cast, claimed: Ticket, at: datetime
) -> None:
    climb(at, 0)
    replied(claimed, cast.ana, at=at + MINUTE)
    climb(at, 7.5, 30)
    assert sorted(told(claimed)) == [0]


def test_it_goes_to_leads_and_administrators_when_nobody_is_on_duty(
    cast: Cast, claimed: Ticket, at: datetime
) -> None:
    for agent in (cast.ana, cast.ben, cast.chidi):
        set_duty(agent, on_duty=False)
    climb(at, 0)
    assert told(claimed) == {0: {"Lena Brandt", "Ida Holm"}}


def test_it_catches_up_with_the_steps_that_an_outage_left_out(
    claimed: Ticket, at: datetime
) -> None:
    climb(at, 60)
    assert sorted(told(claimed)) == [0, 25, 50, 80, 100]
    assert clock_of(claimed).missed_at == at + 30 * MINUTE
    climb(at, 61)
    assert claimed.events.filter(verb="escalated").count() == 5


def test_it_climbs_on_after_a_miss_until_somebody_takes_the_ticket(
    cast: Cast, at: datetime
) -> None:
    document = dict(cast.premium.document)
    document["ladder"] = [*document["ladder"], {"at": 200, "tell": ["lead"]}]
    document["ladder"].append({"at": 300, "tell": ["lead"]})
    version = entitlements.publish_plan(document, at=at)
    entitlements.suspend(cast.contract)
    contract = entitlements.sign_contract(cast.nordwind, version, starts_at=at)
    entitlements.designate(contract, cast.dana, at=at)
    ticket = opened(cast.dana, at, impact=NOBODY_CAN_SIGN_IN)
    climb(at, 0, 30, 60)
    assert max(told(ticket)) == 200
    take(ticket, agent=cast.ana, at=at + 61 * MINUTE)
    climb(at, 90)
    assert max(told(ticket)) == 200
    assert clock_of(ticket).wake_at is None
