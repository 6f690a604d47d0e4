"""Ends the call that a customer wants no more, wherever it stands."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.channels.voice.actions.ending import end_call
from answerable.channels.voice.models import Call
from answerable.channels.voice.ways import way_of
from answerable.tickets.actions import cancel_callback
from answerable.tickets.actions.held import hold
from answerable.tickets.models import Callback


@transaction.atomic
def call_off(callback: Callback, *, at: datetime) -> None:
    """Cancel a call that a customer asked for; one that rings stops to. Raises CallOver.

    Who talks already hangs up instead: nothing happens to a call that was answered.
    """
    hold(callback.ticket)
    going = Call.objects.going_on().filter(callback=callback).select_related("ticket").first()
    if going is None:
        cancel_callback(callback, at=at)
    elif going.state == Call.State.RINGING:
        way_of(going).hang_up(going, at=at)
        end_call(going, Call.Outcome.CANCELLED, at=at)
