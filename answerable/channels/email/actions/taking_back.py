"""Takes back what has not left yet, or lets it leave sooner.

Who is first has the mail's row: a sender that takes it, or the writer who takes it back. A
sender does not wait for the row, and a writer who had to wait is told that it has left.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.channels.email.actions.waking import SEND, wake
from answerable.channels.email.models import OutgoingMail, OutgoingQuerySet
from answerable.tickets import actions as tickets
from answerable.tickets.core.grace import may_wait
from answerable.tickets.models import Message, Ticket

State = OutgoingMail.State


@transaction.atomic
def take_back(message: Message, *, agent: Agent, at: datetime) -> None:
    """Take a reply back before it leaves: no mail of it is sent. Raises HasLeft.

    A mail that somebody may have handed over is not taken back: its sender died, and what the
    server has is not known.
    """
    mails = OutgoingMail.objects.filter(message=message).order_by("pk")
    found = list(mails.select_for_update(of=("self",), no_key=True))
    if any(mail.state != State.QUEUED or mail.attempts or mail.uncertain for mail in found):
        raise tickets.HasLeft
    OutgoingMail.objects.filter(pk__in=[mail.pk for mail in found]).update(
        state=State.TAKEN_BACK, settled_at=at
    )
    tickets.take_back(message, agent=agent, at=at)


@transaction.atomic
def send_now(message: Message, *, agent: Agent, at: datetime) -> None:
    """Let a reply of an agent leave at once, and those of theirs that wait before it."""
    earlier = _waiting(message.ticket, at).filter(
        message__agent=agent, message_id__lte=message.pk
    )
    _hurry(earlier, at)


def hasten(ticket: Ticket, *, at: datetime, due_at: datetime | None = None) -> None:
    """Let replies leave at once that a promise, or a reply after them, cannot wait for.

    Called while the ticket is held. A mail that somebody else has is being sent or taken back.
    """
    waiting = _waiting(ticket, at)
    if due_at is None:
        _hurry(waiting, at)
        return
    late = [
        mail.pk
        for mail in waiting.select_related("message")
        if mail.message and mail.message.leaves_at
        if not may_wait(mail.message.leaves_at, due_at)
    ]
    if late:
        _hurry(waiting.filter(pk__in=late), at)


def _waiting(ticket: Ticket, at: datetime) -> OutgoingQuerySet:
    return OutgoingMail.objects.free().filter(ticket=ticket, message__leaves_at__gt=at)


def _hurry(mails: OutgoingQuerySet, at: datetime) -> None:
    locked = mails.select_for_update(of=("self",), skip_locked=True, no_key=True)
    found: Sequence[OutgoingMail] = list(locked.order_by("pk"))
    if not found:
        return
    OutgoingMail.objects.filter(pk__in=[mail.pk for mail in found]).update(next_try_at=at)
    said = Message.objects.filter(pk__in=[mail.message_id for mail in found])
    tickets.leave_at_once(said, at=at)
    wake(SEND)
