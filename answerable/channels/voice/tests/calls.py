"""Short ways to say in a test who waits for a call."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Contact
from answerable.tickets.actions import Opening, Sender, Wanted, request_callback
from answerable.tickets.core.calling import USUAL, Rules
from answerable.tickets.models import Callback

PHONE = "+491715550123"


def asked_by(contact: Contact, at: datetime, rules: Rules = USUAL) -> Callback:
    """Let a contact ask to be called."""
    opening = Opening(sender=Sender(contact=contact), body="Exports fail", channel="callback")
    wanted = Wanted(phone=PHONE, country="DE", rules=rules)
    return request_callback(opening, wanted, contact=contact, at=at)
