"""Notes at whose open page a call can ring."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.accounts.models import Contact
from answerable.channels.voice.models import Call, Listener

NOTED_EACH = timedelta(seconds=10)


def listens(contact: Contact, *, at: datetime) -> None:
    """Note that a contact who waits for a call has a page open."""
    there = Listener.objects.filter(contact=contact, heard_at__gt=at - NOTED_EACH)
    if not there.exists():
        Listener.objects.update_or_create(contact=contact, defaults={"heard_at": at})


def wants_telephone(call: Call) -> None:
    """Note that its contact is to be called by telephone instead, about the same request."""
    Listener.objects.filter(contact=call.contact_id).update(declined=call.callback_id)


def forget_listeners(*, at: datetime) -> int:
    """Forget whose pages were open a day ago; return how many."""
    return Listener.objects.filter(heard_at__lt=at - timedelta(days=1)).delete()[0]
