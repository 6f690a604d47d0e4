"""The receivers of a team: who is told, of what, and whether they are on."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from answerable.notices.models import Delivery, Receiver


@transaction.atomic
def save_receiver(receiver: Receiver, *, at: datetime) -> Receiver:
    """Keep a receiver as it was entered, and return it; what failed before is forgotten."""
    receiver.made_at = receiver.made_at or at
    receiver.failures, receiver.off_at, receiver.off_why = 0, None, ""
    receiver.save()
    return receiver


@transaction.atomic
def switch(receiver: Receiver, *, on: bool, at: datetime) -> None:
    """Switch a receiver on or off. One that is switched on begins anew."""
    receiver.off_at, receiver.off_why = (None if on else at), ""
    receiver.failures = 0
    receiver.save(update_fields=["off_at", "off_why", "failures"])


@transaction.atomic
def remove_receiver(receiver: Receiver) -> None:
    """Forget a receiver, with what was sent to it."""
    receiver.delete()


@transaction.atomic
def send_test(receiver: Receiver, *, at: datetime) -> Delivery:
    """Have a test sent to a receiver at once, be it on or off, and return its delivery."""
    key = secrets.token_urlsafe(16)
    return Delivery.objects.create(
        way="webhook",
        cause=f"test {key}",
        receiver=receiver,
        matter="test",
        is_urgent=True,
        key=key,
        made_at=at,
        next_at=at,
    )
