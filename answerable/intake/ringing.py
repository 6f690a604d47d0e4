"""At whose page a call rings: whoever waits for one, and has a page of ours open."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Contact
from answerable.channels.voice.access import going_on_of
from answerable.channels.voice.actions.listening import listens
from answerable.channels.voice.models import Call
from answerable.tickets.models import Callback


def ringing_at(contact: Contact, *, at: datetime) -> tuple[Call | None, bool]:
    """Return the browser call that rings at a contact, or in which they are; and whether they
    wait for one. A page that asks counts as open, and so can be called."""
    is_awaited = waits(contact)
    if is_awaited:
        listens(contact, at=at)
    return going_on_of(contact=contact), is_awaited


def waits(contact: Contact) -> bool:
    """Say whether a contact waits for a call."""
    return Callback.objects.waiting().filter(contact=contact).exists()
