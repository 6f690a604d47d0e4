"""A call of the telephone is handed on: the next agent comes in, and the first one leaves."""

from __future__ import annotations

import random
from datetime import datetime

import pytest
from django.utils import timezone

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.channels.voice.actions import (
    NotInCall,
    Onward,
    hand_on,
    hang_up,
    hold_call,
    keep_call,
    press_keys,
    take_over,
)
from answerable.channels.voice.models import Call, Transfer
from answerable.channels.voice.twilio.tests.exchange import Person
from answerable.channels.voice.twilio.tests.lines import ANAS, DANAS, Lines, begun
from answerable.telephone.tests.conftest import TODAY
from answerable.tickets.actions import CallOver, ReasonMissing

BENS = "+4915187654321"
SAYS = "Ben knows exports."


def now_of(call: Call) -> Call:
    return Call.objects.select_related("agent", "ticket").get(pk=call.pk)


def at() -> datetime:
    return timezone.now()


@pytest.fixture
def call(here: Cast, lines: Lines) -> Call:
    """Ana and Dana talk; Ben has a telephone, and presses 1."""
    lines.exchange.people[BENS] = Person(keys=["1"])
    made = begun(here, TODAY)
    lines.settle()
    return now_of(made)


def handed(call: Call, to: Agent, by: Agent) -> Call:
    hand_on(call, Onward(sentence=SAYS, to=to), agent=by, at=at())
    return take_over(call, agent=to, phone=BENS, at=at())


def outcome(call: Call) -> str:
    return Transfer.objects.filter(call=call).latest("pk").outcome


@pytest.mark.parametrize("seed", range(3))
def test_the_next_one_comes_and_the_first_one_leaves(
    here: Cast, lines: Lines, call: Call, seed: int
) -> None:
    handed(call, here.ben, here.ana)
    lines.settle(doubled=True, shuffled=random.Random(seed))
    fresh, exchange = now_of(call), lines.exchange
    assert (fresh.state, fresh.agent, fresh.agent_phone) == ("connected", here.ben, BENS)
    assert exchange.line_to(ANAS).status == "completed"
    assert exchange.line_to(BENS).room == exchange.line_to(DANAS).room == call.key
    assert exchange.line_to(DANAS).heard[-1] == "Ben Adler comes on the line."
    assert outcome(call) == Transfer.Outcome.DONE
    exchange.over(exchange.line_to(BENS))
    lines.settle()
    assert (now_of(call).outcome, now_of(call).ended_at is None) == ("connected", False)


def test_both_talk_on_until_somebody_is_there(here: Cast, lines: Lines, call: Call) -> None:
    lines.exchange.people[BENS] = Person("machine_start")
    handed(call, here.ben, here.ana)
    lines.settle()
    assert (now_of(call).state, now_of(call).agent) == ("connected", here.ana)
    assert lines.exchange.line_to(ANAS).room == call.key
    assert outcome(call) == Transfer.Outcome.NOT_TAKEN
    # Another one may be asked.
    lines.exchange.people[BENS] = Person(keys=["1"])
    handed(call, here.ben, here.ana)
    lines.settle()
    assert now_of(call).agent == here.ben


def test_a_call_may_be_handed_on_again(here: Cast, lines: Lines, call: Call) -> None:
    handed(call, here.ben, here.ana)
    lines.settle()
    lines.exchange.people[ANAS] = Person(keys=["1"])
    hand_on(now_of(call), Onward(sentence="Back.", to=here.ana), agent=here.ben, at=at())
    take_over(now_of(call), agent=here.ana, phone=ANAS, at=at())
    lines.settle()
    assert (now_of(call).agent, now_of(call).state) == (here.ana, "connected")
    assert lines.exchange.line_to(BENS).status == "completed"


def test_a_customer_who_waits_on_the_line_is_taken_back(
    here: Cast, lines: Lines, call: Call
) -> None:
    hold_call(call, at=at())
    handed(now_of(call), here.ben, here.ana)
    lines.settle()
    assert now_of(call).state == "connected"
    held = [fields["Hold"] for _, fields in lines.exchange.asked if "Hold" in fields]
    assert held == ["true", "false"]


def test_who_keeps_the_call_lets_it_ring_no_more(here: Cast, lines: Lines, call: Call) -> None:
    handed(call, here.ben, here.ana)
    keep_call(call, at=at())
    lines.settle()
    assert [line.to for line in lines.exchange.lines.values()] == [ANAS, DANAS]
    assert (now_of(call).agent, outcome(call)) == (here.ana, Transfer.Outcome.KEPT)


def test_a_customer_who_hangs_up_ends_it_for_all(here: Cast, lines: Lines, call: Call) -> None:
    handed(call, here.ben, here.ana)
    lines.exchange.people[BENS] = Person()
    hang_up(call, at=at())
    lines.settle()
    assert all(line.status == "completed" for line in lines.exchange.lines.values())
    assert (now_of(call).outcome, outcome(call)) == ("connected", Transfer.Outcome.OVER)


def test_the_ticket_goes_with_the_call_and_its_log_says_why(
    here: Cast, lines: Lines, call: Call
) -> None:
    call.ticket.assignee = here.ana
    call.ticket.save(update_fields=["assignee"])
    handed(call, here.ben, here.ana)
    lines.settle()
    ticket = now_of(call).ticket
    assert ticket.assignee == here.ben
    told = ticket.events.filter(verb="call_handed_on").order_by("pk")
    assert [line.data["sentence"] for line in told] == [SAYS, SAYS]
    assert [line.data["done"] for line in told] == [False, True]


def test_only_who_talks_hands_on_and_says_why(here: Cast, lines: Lines, call: Call) -> None:
    with pytest.raises(NotInCall):
        hand_on(call, Onward(sentence=SAYS), agent=here.ben, at=at())
    with pytest.raises(ReasonMissing):
        hand_on(call, Onward(sentence="  "), agent=here.ana, at=at())
    with pytest.raises(CallOver):
        take_over(call, agent=here.ben, at=at())
    hang_up(call, at=at())
    with pytest.raises(CallOver):
        hand_on(call, Onward(sentence=SAYS), agent=here.ana, at=at())


def test_keys_sound_at_the_customers_alone(here: Cast, lines: Lines, call: Call) -> None:
    press_keys(call, "12#*x", at=at())
    lines.settle()
    assert lines.exchange.line_to(DANAS).tones == "12#*"
    assert lines.exchange.line_to(ANAS).tones == ""
