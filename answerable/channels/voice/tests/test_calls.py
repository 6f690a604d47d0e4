"""A call from the first ring to its outcome, and what follows from that for who waited."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.accounts.actions.codes import make_support_code
from answerable.cast import Cast
from answerable.channels.voice.actions import (
    AlreadyCalled,
    InCall,
    TooManyTries,
    be_ready,
    begin_call,
    call_off,
    end_call,
    follow,
    hang_up,
    hold_call,
    identify_caller,
    note_call,
    remind_of_summaries,
    resume_call,
)
from answerable.channels.voice.core.states import News
from answerable.channels.voice.models import Call
from answerable.channels.voice.tests.calls import PHONE, asked_by
from answerable.channels.voice.ways import way_of
from answerable.routing.models import Notice
from answerable.sla.actions import wake_due
from answerable.sla.models import Clock
from answerable.tickets.actions import CallOver, cancel_callback, resolve
from answerable.tickets.models import Callback, Draft, Message

MINUTE = timedelta(minutes=1)
HAND = Call.Way.HAND
Outcome = Call.Outcome


@pytest.fixture
def callback(cast: Cast, at: datetime) -> Callback:
    """Dana waits for a call since `at`."""
    return asked_by(cast.dana, at)


@pytest.fixture
def ringing(cast: Cast, callback: Callback, at: datetime) -> Call:
    """Ana calls her a minute later."""
    return begin_call(callback, HAND, agent=cast.ana, at=at + MINUTE)


def waits(callback: Callback) -> Clock:
    return Clock.objects.get(ticket=callback.ticket_id, metric="callback_start")


def test_by_hand_a_telephone_of_their_own_dials(ringing: Call) -> None:
    shown = way_of(ringing).shown(ringing)
    assert (shown.dials, shown.is_heard, shown.has_bar) == (f"tel:{PHONE}", False, False)


def test_a_way_that_is_not_there_is_replaced_by_hand(
    cast: Cast, callback: Callback, at: datetime
) -> None:
    assert begin_call(callback, "pigeon", agent=cast.ana, at=at).way == HAND


def test_of_two_agents_at_once_one_calls(cast: Cast, ringing: Call, at: datetime) -> None:
    assert ringing.callback is not None
    with pytest.raises(AlreadyCalled) as refused:
        begin_call(ringing.callback, HAND, agent=cast.ben, at=at + MINUTE)
    assert refused.value.call == ringing
    assert begin_call(ringing.callback, HAND, agent=cast.ana, at=at + MINUTE) == ringing
    with pytest.raises(InCall):
        begin_call(asked_by(cast.sam, at), HAND, agent=cast.ana, at=at + MINUTE)


def test_nobody_is_called_who_waits_no_more(
    cast: Cast, callback: Callback, at: datetime
) -> None:
    cancel_callback(callback, at=at)
    with pytest.raises(CallOver):
        begin_call(callback, HAND, agent=cast.ana, at=at)
    assert not Call.objects.exists()


def test_an_answer_keeps_the_promise_while_they_still_talk(
    ringing: Call, callback: Callback, at: datetime
) -> None:
    follow(ringing, News.ANSWERED, token="a", at=at + 2 * MINUTE)
    follow(ringing, News.ANSWERED, token="a", at=at + 3 * MINUTE)
    assert (waits(callback).outcome, waits(callback).met_at) == ("met", at + MINUTE)
    wake_due(at=at + 20 * MINUTE)
    call = end_call(ringing, Outcome.CONNECTED, at=at + 13 * MINUTE)
    callback.refresh_from_db()
    assert (callback.outcome, callback.attempts) == ("connected", 1)
    events = callback.ticket.events
    assert events.filter(verb="call_attempted").count() == 1
    assert events.get(verb="call_connected").data == {"seconds": 660}
    assert call.wraps_up_until == at + 14 * MINUTE


def test_an_outcome_counts_once(ringing: Call, callback: Callback, at: datetime) -> None:
    for minutes in (2, 3):
        end_call(ringing, Outcome.BUSY, at=at + minutes * MINUTE)
    callback.refresh_from_db()
    assert (callback.attempts, callback.again_at) == (1, at + 6 * MINUTE)
    assert waits(callback).outcome == "met"


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.NOT_TAKEN])
def test_what_could_not_be_made_is_no_attempt(
    ringing: Call, callback: Callback, at: datetime, outcome: str
) -> None:
    end_call(ringing, outcome, why="No line", at=at + 2 * MINUTE)
    callback.refresh_from_db()
    assert (callback.attempts, callback.ended_at) == (0, None)
    assert waits(callback).outcome == "running"
    assert callback.ticket.events.get(verb="call_ended").data["why"] == "No line"


def test_a_way_that_hears_knows_for_how_long_it_rang(
    ringing: Call, callback: Callback, at: datetime
) -> None:
    Call.objects.update(way=Call.Way.PROVIDER)
    end_call(ringing, Outcome.NO_ANSWER, at=at + MINUTE + timedelta(seconds=10))
    callback.refresh_from_db()
    assert (callback.attempts, waits(callback).outcome) == (0, "running")


def test_the_last_miss_leads_into_writing(
    cast: Cast, ringing: Call, callback: Callback, at: datetime
) -> None:
    end_call(ringing, Outcome.NO_ANSWER, at=at + 2 * MINUTE)
    again = begin_call(callback, HAND, agent=cast.ben, at=at + 6 * MINUTE)
    hang_up(again, at=at + 7 * MINUTE)
    callback.refresh_from_db()
    assert callback.outcome == "not_reached"
    first = Clock.objects.get(ticket=callback.ticket, metric="first_response")
    assert (first.kind, first.due_at) == ("guarantee", at + 60 * MINUTE)


def test_a_customer_calls_it_off_while_it_rings(
    ringing: Call, callback: Callback, at: datetime
) -> None:
    call_off(callback, at=at + 2 * MINUTE)
    ringing.refresh_from_db()
    callback.refresh_from_db()
    assert (ringing.outcome, callback.outcome) == ("cancelled", "cancelled")
    assert waits(callback).outcome == "void"


def test_who_talks_already_is_not_called_off(
    ringing: Call, callback: Callback, at: datetime
) -> None:
    follow(ringing, News.ANSWERED, at=at + 2 * MINUTE)
    call_off(callback, at=at + 3 * MINUTE)
    ringing.refresh_from_db()
    assert ringing.state == "connected"


def test_a_ticket_that_is_closed_ends_no_call(
    cast: Cast, ringing: Call, callback: Callback, at: datetime
) -> None:
    resolve(callback.ticket, agent=cast.ana, contact=None, reason="Solved", at=at + MINUTE)
    assert end_call(ringing, Outcome.CONNECTED, at=at + 5 * MINUTE).outcome == "connected"
    callback.refresh_from_db()
    assert callback.outcome == "closed"


def test_it_is_held_and_resumed_once_they_talk(ringing: Call, at: datetime) -> None:
    assert hold_call(ringing, at=at + MINUTE).state == "ringing"
    follow(ringing, News.ANSWERED, at=at + 2 * MINUTE)
    assert hold_call(ringing, at=at + 3 * MINUTE).state == "held"
    assert resume_call(ringing, at=at + 4 * MINUTE).state == "connected"
    assert hang_up(ringing, at=at + 5 * MINUTE).outcome == "connected"


def test_who_writes_the_summary_later_is_not_reminded(
    cast: Cast, ringing: Call, at: datetime
) -> None:
    end_call(ringing, Outcome.CONNECTED, at=at + 5 * MINUTE)
    assert Call.objects.without_summary().get() == ringing
    Draft.objects.create(
        ticket=ringing.ticket, agent=cast.ana, mode="call", body="Cache", saved_at=at
    )
    note_call(ringing, "Cache cleared.", agent=cast.ana, at=at + 20 * MINUTE)
    assert Message.objects.get(kind="note").body == "Cache cleared."
    assert not Draft.objects.exists()
    assert remind_of_summaries(at=at + 60 * MINUTE) == 0


def test_who_never_writes_one_is_reminded_once(cast: Cast, ringing: Call, at: datetime) -> None:
    end_call(ringing, Outcome.CONNECTED, at=at + 5 * MINUTE)
    assert remind_of_summaries(at=at + 34 * MINUTE) == 0
    assert remind_of_summaries(at=at + 35 * MINUTE) == 1
    assert remind_of_summaries(at=at + 36 * MINUTE) == 0
    notice = Notice.objects.get(event__verb="call_unnoted")
    assert (notice.agent, notice.ticket) == (cast.ana, ringing.ticket)


def test_who_is_ready_ends_their_minute(cast: Cast, ringing: Call, at: datetime) -> None:
    end_call(ringing, Outcome.CONNECTED, at=at + 5 * MINUTE)
    be_ready(cast.ana, at=at + 5 * MINUTE + timedelta(seconds=10))
    ringing.refresh_from_db()
    assert ringing.wraps_up_until == at + 5 * MINUTE + timedelta(seconds=10)


def test_the_code_of_the_call_is_good_once(
    cast: Cast, ringing: Call, callback: Callback, at: datetime
) -> None:
    code = callback.code
    assert len(code) == 6
    assert not identify_caller(ringing, "12", agent=cast.ana, at=at)
    assert identify_caller(ringing, f"{code[:3]} {code[3:]}", agent=cast.ana, at=at)
    callback.refresh_from_db()
    ringing.refresh_from_db()
    assert (callback.code, ringing.is_identified) == ("", True)


def test_a_support_code_must_be_that_of_the_contact(
    cast: Cast, ringing: Call, at: datetime
) -> None:
    assert not identify_caller(
        ringing, make_support_code(cast.sam, at=at), agent=cast.ana, at=at
    )
    assert identify_caller(ringing, make_support_code(cast.dana, at=at), agent=cast.ana, at=at)
    event = ringing.ticket.events.get(verb="caller_identified")
    assert event.data == {"call": ringing.pk, "by": "support_code"}


def test_codes_cannot_be_guessed(
    cast: Cast, ringing: Call, callback: Callback, at: datetime
) -> None:
    for _ in range(5):
        assert not identify_caller(ringing, "x", agent=cast.ana, at=at)
    with pytest.raises(TooManyTries):
        identify_caller(ringing, callback.code, agent=cast.ana, at=at)
