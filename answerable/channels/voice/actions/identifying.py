"""Whether who is on the telephone is the contact whom we think they are (domain.md E78)."""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest

from django.db import transaction

from answerable.accounts.actions.codes import use_support_code
from answerable.accounts.models import Agent
from answerable.channels.voice.actions.held import hold_call_row
from answerable.channels.voice.models import Call
from answerable.live.events import Changed, publish
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent

MOST_TRIES = 5
WRONG = "code_wrong"


class TooManyTries(Exception):
    """So many wrong codes were read out in this call that no more are looked at."""


@transaction.atomic
def identify_caller(call: Call, code: str, *, agent: Agent | None, at: datetime) -> bool:
    """Say whether a code that was read out, or keyed in, shows that it is the call's contact.

    It is the code on the page of whoever asked for the call, which is good once, or their
    support code. Raises TooManyTries: codes cannot be guessed one by one.
    """
    held = hold_call_row(call)
    if held.is_identified:
        return True
    if held.events.filter(kind=WRONG).count() >= MOST_TRIES:
        raise TooManyTries
    by = _shown_by(held, code, at)
    if not by:
        held.events.create(kind=WRONG, at=at)
        return False
    held.is_identified = True
    held.save(update_fields=["is_identified"])
    data = {"call": held.pk, "by": by}
    record(
        TicketEvent(
            ticket=held.ticket, verb=Verb.CALLER_IDENTIFIED, agent=agent, at=at, data=data
        )
    )
    publish(Changed(f"call-{held.key}"))
    return True


def _shown_by(call: Call, code: str, at: datetime) -> str:
    """Return by what it is shown: the code of the call, or the support code; "" by nothing."""
    typed = "".join(sign for sign in code if sign.isalnum())[:64]
    callback, contact = call.callback, call.contact
    if callback and callback.code and compare_digest(callback.code.encode(), typed.encode()):
        callback.code = ""
        callback.save(update_fields=["code"])
        return "call_code"
    if contact is None:
        return ""
    return "support_code" if use_support_code(typed, contact.email, at=at) == contact else ""
