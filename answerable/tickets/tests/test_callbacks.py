"""A customer asks for a call, and waits for it until somebody was reached or they end it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.sla.models import Clock
from answerable.tickets.actions import (
    Attempt,
    CallOpen,
    CallOver,
    Limits,
    Opening,
    Result,
    Sender,
    TooManyCalls,
    Wanted,
    attempt_callback,
    begin_callbacks,
    call_now,
    cancel_callback,
    change_callback,
    give_up_callback,
    merge,
    request_callback,
    resolve,
)
from answerable.tickets.core.calling import Rules
from answerable.tickets.models import Callback, Ticket
from answerable.tickets.tests.openings import opened

MINUTE = timedelta(minutes=1)
NO_LIMITS = Limits()
PHONE = Wanted(phone="+491715550123", country="DE")


def asked(
    cast: Cast,
    at: datetime,
    *,
    wanted: Wanted = PHONE,
    submission: str | None = None,
    limits: Limits = NO_LIMITS,
) -> Callback:
    opening = Opening(
        sender=Sender(contact=cast.dana, channel=Ticket.Channel.CALLBACK),
        body="Exports fail",
        channel=Ticket.Channel.CALLBACK,
        submission=submission,
    )
    return request_callback(opening, wanted, contact=cast.dana, limits=limits, at=at)


def clock(callback: Callback) -> Clock | None:
    clocks = Clock.objects.filter(ticket=callback.ticket, metric="callback_start")
    return clocks.order_by("pk").last()


def tried(callback: Callback, cast: Cast, result: Result, at: datetime) -> Callback:
    attempt = Attempt(result=result, dialed_at=at, connected_at=at, seconds=660, summary="Ok")
    return attempt_callback(callback, attempt, agent=cast.ana, at=at)


def test_the_clock_runs_from_asking(cast: Cast, at: datetime) -> None:
    callback = asked(cast, at)
    running = clock(callback)
    assert running is not None
    assert (running.kind, running.due_at) == ("aim", at + 5 * MINUTE)
    assert (callback.ticket.channel, callback.ticket.requester) == ("callback", cast.dana)


def test_a_person_waits_for_one_call_at_a_time(cast: Cast, at: datetime) -> None:
    callback = asked(cast, at, submission="once")
    assert asked(cast, at, submission="once") == callback
    with pytest.raises(CallOpen) as refused:
        asked(cast, at, submission="again")
    assert refused.value.callback == callback
    assert Ticket.objects.count() == 1


def test_a_chosen_time_is_when_the_wait_begins(cast: Cast, at: datetime) -> None:
    later = at + 90 * MINUTE
    callback = asked(cast, at, wanted=Wanted(phone="+4930901820", country="DE", at=later))
    assert clock(callback) is None
    assert begin_callbacks(at=later - MINUTE) == 0
    assert begin_callbacks(at=later + MINUTE / 2) == 1
    assert begin_callbacks(at=later + MINUTE) == 0
    running = clock(callback)
    assert running is not None
    assert running.due_at == later + 5 * MINUTE


def test_who_is_reached_waits_no_more(cast: Cast, at: datetime) -> None:
    callback = tried(asked(cast, at), cast, Result.CONNECTED, at + 4 * MINUTE)
    assert (callback.outcome, callback.again_at) == ("connected", None)
    with pytest.raises(CallOver):
        tried(callback, cast, Result.BUSY, at + 5 * MINUTE)
    assert asked(cast, at + 6 * MINUTE).pk != callback.pk


def test_who_is_not_reached_is_called_once_more(cast: Cast, at: datetime) -> None:
    callback = tried(asked(cast, at), cast, Result.NO_ANSWER, at + MINUTE)
    assert callback.again_at == at + 6 * MINUTE
    met = clock(callback)
    assert met is not None
    assert met.outcome == "met"
    callback = tried(callback, cast, Result.VOICEMAIL, at + 6 * MINUTE)
    assert (callback.outcome, callback.attempts) == ("not_reached", 2)
    assert callback.first_attempt_at == at + MINUTE


def test_who_was_not_reached_may_ask_to_be_called_now(cast: Cast, at: datetime) -> None:
    callback = tried(asked(cast, at), cast, Result.BUSY, at + MINUTE)
    callback = call_now(callback, at=at + 2 * MINUTE)
    assert callback.again_at is None
    running = clock(callback)
    assert running is not None
    assert (running.outcome, running.due_at) == ("running", at + 7 * MINUTE)
    assert callback.asked_at == at  # Their place is that of who asked then (E75).


def test_who_cancels_was_not_missed_by_us(cast: Cast, at: datetime) -> None:
    callback = asked(cast, at)
    cancel_callback(callback, at=at + MINUTE)
    over = clock(callback)
    assert over is not None
    assert over.outcome == "void"
    callback.ticket.refresh_from_db()
    assert callback.ticket.state == "open"
    with pytest.raises(CallOver):
        change_callback(callback, PHONE, at=at + MINUTE)


def test_another_number_keeps_the_place(cast: Cast, at: datetime) -> None:
    callback = asked(cast, at)
    other = Wanted(phone="+41446681800", country="CH")
    assert change_callback(callback, other, at=at + MINUTE).phone == "+41446681800"
    running = clock(callback)
    assert running is not None
    assert running.due_at == at + 5 * MINUTE


def test_a_ticket_that_is_closed_needs_no_call(cast: Cast, at: datetime) -> None:
    callback = asked(cast, at)
    resolve(callback.ticket, agent=cast.ana, contact=None, reason="Solved", at=at + MINUTE)
    callback.refresh_from_db()
    assert callback.outcome == "closed"


def test_a_call_goes_on_where_its_ticket_goes_on(cast: Cast, at: datetime) -> None:
    older = opened(cast.dana, at)
    callback = asked(cast, at + MINUTE)
    merge(older, callback.ticket, agent=cast.ana, at=at + 2 * MINUTE)
    callback.refresh_from_db()
    assert callback.ticket == older


def test_who_was_not_reached_goes_on_in_writing_with_its_promise(
    cast: Cast, at: datetime
) -> None:
    callback = asked(cast, at)
    first = Clock.objects.get(ticket=callback.ticket, metric="first_response")
    assert first.kind == "aim"
    for minutes in (1, 6):
        callback = tried(callback, cast, Result.NO_ANSWER, at + minutes * MINUTE)
    first.refresh_from_db()
    callback.ticket.refresh_from_db()
    assert (first.kind, first.due_at) == ("guarantee", at + 60 * MINUTE)
    assert (callback.ticket.channel, callback.ticket.state) == ("form", "open")
    assert callback.ticket.events.get(verb="call_given_up").data == {
        "attempts": 2,
        "result": "no_answer",
        "was": "callback",
    }


def test_what_would_be_late_by_then_counts_from_then(cast: Cast, at: datetime) -> None:
    callback = asked(cast, at)
    tried(callback, cast, Result.BUSY, at + MINUTE)
    tried(callback, cast, Result.BUSY, at + 90 * MINUTE)
    first = Clock.objects.get(ticket=callback.ticket, metric="first_response")
    assert (first.kind, first.due_at) == ("guarantee", at + 150 * MINUTE)


def test_somebody_elses_number_is_not_called_again(cast: Cast, at: datetime) -> None:
    callback = tried(asked(cast, at), cast, Result.WRONG_NUMBER, at + MINUTE)
    assert (callback.outcome, callback.last_result) == ("not_reached", "wrong_number")


def test_a_plan_says_how_often_and_when(cast: Cast, at: datetime) -> None:
    rules = Rules(attempts=3, gap=120)
    callback = asked(cast, at, wanted=replace(PHONE, rules=rules))
    for minutes in (1, 3):
        callback = tried(callback, cast, Result.NO_ANSWER, at + minutes * MINUTE)
        assert callback.again_at == at + (minutes + 2) * MINUTE
        assert not Callback.objects.due_by(at + (minutes + 1) * MINUTE).exists()
        assert Callback.objects.due_by(at + (minutes + 2) * MINUTE).exists()
    assert tried(callback, cast, Result.NO_ANSWER, at + 5 * MINUTE).outcome == "not_reached"


def test_a_plan_may_close_what_nobody_answers(cast: Cast, at: datetime) -> None:
    rules = Rules(attempts=1, exhausted="close")
    callback = asked(cast, at, wanted=replace(PHONE, rules=rules))
    tried(callback, cast, Result.NO_ANSWER, at + MINUTE)
    callback.ticket.refresh_from_db()
    assert callback.ticket.state == "resolved"


def test_what_hardly_rang_is_no_attempt(cast: Cast, at: datetime) -> None:
    callback = asked(cast, at)
    short = Attempt(result=Result.NO_ANSWER, dialed_at=at + MINUTE, rang=timedelta(seconds=19))
    callback = attempt_callback(callback, short, agent=cast.ana, at=at + MINUTE)
    assert (callback.attempts, callback.again_at) == (0, None)
    running = clock(callback)
    assert running is not None
    assert running.outcome == "running"


def test_where_only_an_answer_keeps_the_promise_an_attempt_does_not(
    cast: Cast, at: datetime
) -> None:
    callback = asked(cast, at, wanted=replace(PHONE, rules=Rules(kept_by="answer")))
    callback = tried(callback, cast, Result.NO_ANSWER, at + MINUTE)
    waits = clock(callback)
    assert waits is not None
    assert waits.outcome == "running"
    tried(callback, cast, Result.CONNECTED, at + 4 * MINUTE)
    waits.refresh_from_db()
    assert (waits.outcome, waits.met_at) == ("met", at + 4 * MINUTE)


def test_a_call_that_cannot_be_made_stays_due(cast: Cast, at: datetime) -> None:
    callback = give_up_callback(asked(cast, at), agent=None, at=at + MINUTE)
    waits = clock(callback)
    assert waits is not None
    assert (callback.outcome, waits.outcome) == ("not_reached", "running")


def test_calls_are_asked_for_so_often_and_no_more(cast: Cast, at: datetime) -> None:
    for hours in range(2):
        cancel_callback(asked(cast, at + hours * 60 * MINUTE), at=at + hours * 60 * MINUTE)
    later = at + 120 * MINUTE
    with pytest.raises(TooManyCalls):
        asked(cast, later, limits=Limits(per_person=2))
    asked(cast, later, limits=Limits(per_person=3, per_hour=1))
    assert Ticket.objects.count() == 3
