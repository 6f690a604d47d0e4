"""Lets calls stay where they are that were handed on in vain."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from answerable.channels.voice.actions import end_late_transfers, keep_call
from answerable.channels.voice.models import Transfer
from answerable.routing.models import Offer

NO = (Offer.Outcome.DECLINED, Offer.Outcome.MISSED)


def end_vain_transfers(*, at: datetime) -> int:
    """End the transfers whose one colleague said no or let it ring, and those at which nobody
    came in time; return how many. Both talk on."""
    refused = Offer.objects.filter(
        call=OuterRef("call"),
        kind=Offer.Kind.HANDED,
        agent=OuterRef("to"),
        outcome__in=NO,
        made_at__gte=OuterRef("asked_at"),
    )
    vain = Transfer.objects.open().filter(Exists(refused), taken_by=None)
    calls = [transfer.call for transfer in vain.select_related("call__ticket").order_by("pk")]
    for call in calls:
        keep_call(call, Transfer.Outcome.NOT_TAKEN, at=at)
    return len(calls) + end_late_transfers(at=at)
