"""Follows what is told of a call."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.channels.voice.core.states import News, after
from answerable.channels.voice.models import Call, CallEvent
from answerable.live.events import Changed, publish


@transaction.atomic
def follow(call: Call, news: News, *, token: str | None = None, at: datetime) -> Call:
    """Note what happened in a call, and return it as it stands then.

    The same token again, and news that leads nowhere from where the call stands, change
    nothing. It ends by end_call alone.
    """
    held = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if token and held.events.filter(token=token).exists():
        return held
    CallEvent.objects.create(call=held, kind=news.value, at=at, token=token)
    state = after(held.state, news)
    if state is None or news == News.ENDED:
        return held
    held.state = state
    if news == News.ANSWERED:
        held.connected_at = at
    held.save(update_fields=["state", "connected_at"])
    publish(Changed(f"call-{held.key}"), Changed(f"ticket-{held.ticket_id}"))
    return held
