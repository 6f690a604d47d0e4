"""The ladder of ux.md 8.12: who is told, by which way, what stays of it, and who stops it."""

from __future__ import annotations

from datetime import datetime, time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.accounts.actions import set_duty
from answerable.cast import Cast
from answerable.notices import actions
from answerable.notices.core.levels import Kind, decide
from answerable.notices.core.quiet import For, Quiet
from answerable.notices.models import Delivery, Notice, Step
from answerable.notices.people import persons
from answerable.notices.queries import ladders_in_vain
from answerable.notices.tests.scene import climb, due_of, minutes, tick, with_the_table
from answerable.routing.actions import rotas, tell_of_escalations
from answerable.routing.models import Rota
from answerable.tickets.actions import take
from answerable.tickets.events import Verb
from answerable.tickets.models import Ticket, TicketEvent
from answerable.tickets.tests.openings import opened, opened_critical

MINUTES = (0, 3, 7.5, 12, 18)


def told_at(ticket: Ticket, at: datetime, minute: float) -> dict[str, set[str]]:
    """Return who was told by the step of a minute, and by which ways."""
    step = Step.objects.get(ticket=ticket, event__at=at + minutes(minute))
    ways = {
        notice.agent.name.split()[0]: {"card"} | ({"sound"} if notice.sounded else set())
        for notice in Notice.objects.filter(event=step.event).select_related("agent")
    }
    for row in Delivery.objects.filter(event=step.event, agent__isnull=False):
        assert row.agent
        ways[row.agent.name.split()[0]].add(row.way)
    return ways


def test_d_23_each_step_tells_whom_the_table_names(cast: Cast, at: datetime) -> None:
    with_the_table(cast)
    ticket = opened_critical(cast.mara, at)
    climb(ticket, cast, at, until=18)
    card = {"card", "sound"}
    assert told_at(ticket, at, 0) == {"Ana": card, "Ben": card, "Chidi": card}
    assert told_at(ticket, at, 3).keys() == {"Ana", "Ben", "Chidi", "Lena"}
    assert told_at(ticket, at, 7.5) == {"Ben": card | {"phone"}}
    both = card | {"phone", "sms"}
    assert told_at(ticket, at, 12) == {"Chidi": both, "Ravi": both}
    assert told_at(ticket, at, 18) == {"Ida": card | {"phone"}}
    assert list(Step.objects.order_by("pk").values_list("event__at", flat=True)) == [
        at + minutes(minute) for minute in MINUTES
    ]


def escalated(ticket: Ticket, at: datetime, *roles: str) -> TicketEvent:
    data = {"percent": 25, "tell": list(roles)}
    return TicketEvent.objects.create(ticket=ticket, verb=Verb.ESCALATED, at=at, data=data)


def test_a_step_tells_who_is_on_call_just_then(cast: Cast, at: datetime) -> None:
    with_the_table(cast)
    ticket = opened_critical(cast.mara, at)
    stretch = rotas.Stretch(Rota.Place.FIRST, cast.lena, at, at + minutes(60))
    rotas.cover(stretch, by=cast.ida, at=at)
    told = []
    for minute in (59, 60):
        event = escalated(ticket, at, "on_call_1")
        tell_of_escalations([event], at=at + minutes(minute))
        told += [notice.agent for notice in event.notices.all()]
    assert told == [cast.lena, cast.ben]


def test_what_a_step_costs_does_not_grow_with_whom_it_names(cast: Cast, at: datetime) -> None:
    with_the_table(cast)
    ticket = opened_critical(cast.mara, at)
    events = [
        escalated(ticket, at, "on_call_1"),
        escalated(ticket, at, "on_call_2", "head_of_support", "on_call_1"),
    ]
    with CaptureQueriesContext(connection) as one:
        tell_of_escalations(events[:1], at=at)
    with CaptureQueriesContext(connection) as two:
        tell_of_escalations(events, at=at)
    assert len(one) == len(two)
    assert sum('"routing_rota"' in (asked["sql"] or "") for asked in two) == 1


def test_quiet_hours_do_not_hold_for_who_is_on_call(cast: Cast, at: datetime) -> None:
    always = Quiet(time(0), time(0), frozenset(range(7)), For.ALL)
    actions.save_wishes(cast.ben, actions.Wanted({}, {}, always))
    set_duty(cast.ben, on_duty=False)

    def level(begin: datetime) -> int:
        person = persons([cast.ben.pk], begin)[cast.ben.pk]
        moment = person.moment(begin, is_critical=True)
        return decide(Kind.CRITICAL, is_mine=True, moment=moment).level.value

    assert level(at) == 1
    rotas.set_on_call(Rota.Place.SECOND, cast.ben, by=cast.ida, at=at)
    assert level(at) == 4
    assert level(at - minutes(1)) == 1


def test_d_23_a_claim_after_eight_minutes_stops_the_rest(cast: Cast, at: datetime) -> None:
    with_the_table(cast)
    ticket = opened_critical(cast.mara, at)
    climb(ticket, cast, at, until=8)
    take(ticket, agent=cast.ana, at=at + minutes(8))
    climb(ticket, cast, at + minutes(8), until=12)
    assert Step.objects.count() == 3
    assert not Notice.objects.standing().filter(kind="critical").exists()
    assert not Delivery.objects.waiting().exists()


def test_every_step_leaves_a_trace_with_who_and_how(cast: Cast, at: datetime) -> None:
    with_the_table(cast)
    ticket = opened_critical(cast.mara, at)
    climb(ticket, cast, at, until=9)
    traces = TicketEvent.objects.filter(ticket=ticket, verb=Verb.LADDER_TOLD).order_by("pk")
    assert [trace.data["percent"] for trace in traces] == [0, 10, 25]
    assert traces[2].data["told"] == [
        {"name": "Ben Adler", "way": "card", "delivered": True, "why": ""},
        {"name": "Ben Adler", "way": "phone", "delivered": False, "why": "no_telephone"},
    ]


def test_a_ladder_that_reaches_nobody_is_an_alert(cast: Cast, at: datetime) -> None:
    with_the_table(cast)
    ticket = opened_critical(cast.mara, at)
    tick(at)
    tick(at + minutes(2))
    assert [one.ticket for one in ladders_in_vain()] == [ticket]
    take(ticket, agent=cast.ana, at=at + minutes(3))
    assert ladders_in_vain() == []


def test_what_insists_goes_on_to_the_telephone_until_somebody_takes_note(
    cast: Cast, at: datetime
) -> None:
    with_the_table(cast)
    ticket = opened(cast.dana, at)
    take(ticket, agent=cast.ben, at=at)
    hurries = due_of(ticket) - minutes(5)
    tick(hurries)
    rung = Delivery.objects.filter(way="phone", agent=cast.ben)
    assert not rung.exists()
    tick(hurries + minutes(1))
    tick(hurries + minutes(1.1))
    assert rung.count() == 1
    actions.put_away(Notice.objects.get(kind="hurry"), at=hurries + minutes(2))
    tick(hurries + minutes(4.9))
    assert rung.get().state == Delivery.State.WITHDRAWN


def test_two_loops_tell_nothing_twice(cast: Cast, at: datetime) -> None:
    with_the_table(cast)
    opened_critical(cast.mara, at)
    for _ in range(2):
        tick(at)
    told = Notice.objects.filter(kind="critical").values_list("agent", "event")
    assert len(told) == len(set(told)) == 3
