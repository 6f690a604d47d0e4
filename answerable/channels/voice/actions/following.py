"""Follows what is told of a call."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.channels.voice.actions.held import hold_call_row
from answerable.channels.voice.core.states import News, after
from answerable.channels.voice.models import Call, CallEvent
from answerable.live.events import Changed, publish
from answerable.tickets.actions import record_call_answered


@transaction.atomic
def follow(call: Call, news: News, *, token: str | None = None, at: datetime) -> Call:
    """Note what happened in a call, and return it as it stands then.

    The same token again, and news that leads nowhere from where the call stands, change
    nothing. It ends by end_call alone.
    """
    held = hold_call_row(call)
    if token and held.events.filter(token=token).exists():
        return held
    CallEvent.objects.create(call=held, kind=news.value, at=at, token=token)
    state = after(held.state, news)
    if state is None or news == News.ENDED:
        return held
    held.state = state
    if news == News.ANSWERED:
        _answered(held, at)
    held.save(update_fields=["state", "connected_at"])
    publish(
        Changed(f"call-{held.key}"),
        Changed(f"ticket-{held.ticket_id}"),
        Changed(f"request-{held.ticket_id}"),
    )
    return held


def _answered(call: Call, at: datetime) -> None:
    """Note that both talk: who waited for a call waits no more, however long it goes on."""
    call.connected_at = at
    if call.callback and call.callback.ended_at is None and call.agent:
        ticket = call.callback.ticket
        record_call_answered(ticket, dialed_at=call.dialled_at, agent=call.agent)
