"""Ends calls, once, with what became of them."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction

from answerable.channels.voice.actions.handing import end_transfers_of
from answerable.channels.voice.actions.held import hold_call_row
from answerable.channels.voice.core.outcomes import result_of
from answerable.channels.voice.models import Call
from answerable.channels.voice.ways import way_of
from answerable.live.events import Changed, publish
from answerable.tickets.actions import (
    Attempt,
    CallOver,
    Result,
    attempt_callback,
    cancel_callback,
    record_call_attempt,
)
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent

WRAP_UP = timedelta(seconds=60)
Outcome = Call.Outcome


@transaction.atomic
def end_call(call: Call, outcome: str, *, why: str = "", at: datetime) -> Call:
    """End a call with an outcome of Call.Outcome, and return it; an ended one stays as it is.

    What it means for whoever waited follows from it, whichever the way: they were reached, are
    called again, or go on in writing (tickets.actions.attempt_callback). Its agent is offered
    nothing for a minute, to write down what was said.
    """
    held = hold_call_row(call)
    if held.ended_at is not None:
        return held
    held.state, held.outcome, held.ended_at, held.why = Call.State.ENDED, outcome, at, why[:200]
    was_answered = held.connected_at is not None
    if outcome == Outcome.CONNECTED and not was_answered:
        held.connected_at = held.dialled_at  # By hand, where nobody noted when.
    held.wraps_up_until = at + WRAP_UP if held.agent_id else None
    held.save(
        update_fields=["state", "outcome", "connected_at", "ended_at", "why", "wraps_up_until"]
    )
    held.events.create(kind="ended", at=at, data={"outcome": outcome})
    held.signals.all().delete()
    end_transfers_of(held, at=at)
    _tell(held, at)
    _settle(held, was_answered, at)
    publish(Changed(f"call-{held.key}"))
    return held


def _tell(call: Call, at: datetime) -> None:
    told = {"call": call.pk, "outcome": call.outcome, "seconds": _seconds(call)}
    told |= {"why": call.why} if call.why else {}
    record(
        TicketEvent(
            ticket=call.ticket, verb=Verb.CALL_ENDED, agent=call.agent, at=at, data=told
        )
    )


def _settle(call: Call, was_answered: bool, at: datetime) -> None:
    """Let what became of a call count for whoever waited for it.

    One that no agent took, or that could not be made, is no attempt (domain.md E74).
    """
    with suppress(CallOver):  # Its customer cancelled, or the ticket was closed meanwhile.
        if call.outcome == Outcome.CANCELLED and call.callback:
            cancel_callback(call.callback, at=at)
            return
        result = result_of(call.outcome)
        if result is None or call.agent is None:
            return
        attempt = _attempt(call, Result(result), was_answered)
        if call.callback:
            attempt_callback(call.callback, attempt, agent=call.agent, at=at)
        elif attempt.result == Result.CONNECTED:
            record_call_attempt(call.ticket, attempt, agent=call.agent, at=at)


def _attempt(call: Call, result: Result, was_answered: bool) -> Attempt:
    return Attempt(
        result=result,
        dialed_at=call.dialled_at,
        connected_at=call.connected_at,
        seconds=_seconds(call),
        rang=way_of(call).rang(call),
        is_told=was_answered or call.is_inbound,
    )


def _seconds(call: Call) -> int:
    if call.connected_at is None or call.ended_at is None:
        return 0
    return round((call.ended_at - call.connected_at).total_seconds())
