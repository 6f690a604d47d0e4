"""Ends calls, once, with what became of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from answerable.channels.voice.models import Call
from answerable.live.events import Changed, publish
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent

WRAP_UP = timedelta(seconds=60)


@transaction.atomic
def end_call(call: Call, outcome: str, *, why: str = "", at: datetime) -> Call:
    """End a call with an outcome of Call.Outcome, and return it; an ended one stays as it is.

    Its agent is offered nothing for a minute, to write down what was said.
    """
    held = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if held.ended_at is not None:
        return held
    held.state, held.outcome, held.ended_at, held.why = Call.State.ENDED, outcome, at, why[:200]
    held.wraps_up_until = at + WRAP_UP if held.agent_id else None
    held.save(update_fields=["state", "outcome", "ended_at", "why", "wraps_up_until"])
    held.events.create(kind="ended", at=at, data={"outcome": outcome})
    held.signals.all().delete()
    record(
        TicketEvent(
            ticket=held.ticket,
            verb=Verb.CALL_ENDED,
            agent=held.agent,
            at=at,
            data={"call": held.pk, "outcome": outcome, "seconds": _seconds(held)},
        )
    )
    publish(Changed(f"call-{held.key}"))
    return held


def _seconds(call: Call) -> int:
    if call.connected_at is None or call.ended_at is None:
        return 0
    return round((call.ended_at - call.connected_at).total_seconds())
