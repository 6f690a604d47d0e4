"""Writes what became of a mail: accepted, put off, given up; and tells its ticket.

Each may be done twice with no harm: what the database took without being able to say so is
written again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from procrastinate.exceptions import ConnectorException

from answerable.channels.email.actions.copying import copies_of
from answerable.channels.email.actions.queueing import queue
from answerable.channels.email.actions.waking import SEND, defer_one
from answerable.channels.email.core.backoff import mail_wait
from answerable.channels.email.models import OutgoingMail, OutgoingQuerySet
from answerable.lib.insist import AWAY
from answerable.live.events import Changed, publish
from answerable.tickets import actions as tickets

log = logging.getLogger(__name__)

State = OutgoingMail.State
Clock = Callable[[], datetime]


def accept(mail: OutgoingMail, at: datetime) -> None:
    """Record that a server has a mail, at this instant; without a message nobody is told.

    That is so whatever became of the row meanwhile. What was accepted before stays so.
    """
    OutgoingMail.objects.filter(pk=mail.pk).exclude(state=State.ACCEPTED).update(
        state=State.ACCEPTED,
        holder=None,
        held_at=None,
        accepted_at=at,
        last_error="",
        settled_at=None if mail.message_id or mail.side_id else at,
    )


def postpone(
    mail: OutgoingMail, why: str, at: datetime, *, not_before: datetime | None = None
) -> None:
    """Let a mail wait for another try, longer each time, and after some days give it up."""
    hours = settings.ANSWERABLE_MAIL_GIVE_UP_HOURS
    if at - mail.created_at > timedelta(hours=hours):
        fail(mail, f"Given up after {hours} hours: {why}", at)
        return
    next_try_at = at + mail_wait(mail.attempts, mail.mail_id)
    if not_before:
        next_try_at = max(next_try_at, not_before)
    _as_taken(mail).update(
        state=State.QUEUED,
        holder=None,
        held_at=None,
        attempts=mail.attempts + 1,
        next_try_at=next_try_at,
        last_error=why[:500],
    )
    log.warning("A mail waits for another try.", extra={"mail": mail.pk})
    if mail.ticket_id:
        publish(Changed(f"ticket-{mail.ticket_id}"))
    with suppress(ConnectorException, *AWAY):  # Then the sweeper comes.
        defer_one(SEND, at=next_try_at)


@transaction.atomic
def fail(mail: OutgoingMail, why: str, at: datetime) -> None:
    """Give a mail up, and tell its ticket that it did not arrive, in the server's words."""
    log.warning("A mail was not taken.", extra={"mail": mail.pk})
    failed = _as_taken(mail).update(
        state=State.FAILED,
        holder=None,
        held_at=None,
        attempts=mail.attempts + 1,
        last_error=why[:500],
        settled_at=at,
    )
    if failed and mail.message:
        tickets.mark_undelivered(mail.message, why=why, to=mail.to, at=at)
    if failed and mail.side:
        tickets.note_side_undelivered(mail.side, to=mail.to, why=why)


@transaction.atomic
def settle(number: int, clock: Clock) -> None:
    """Tell the ticket, once, that a server accepted a mail, and when."""
    untold = OutgoingMail.objects.untold().filter(pk=number)
    mail = untold.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
    if mail is None or mail.accepted_at is None:
        return
    if mail.message:
        tickets.mark_delivered(mail.message, at=mail.accepted_at)
        queue(copies_of(mail, at=clock()))
    if mail.side:
        tickets.note_side_delivered(mail.side, at=mail.accepted_at)
    mail.settled_at = clock()
    mail.save(update_fields=["settled_at"])


def _as_taken(mail: OutgoingMail) -> OutgoingQuerySet:
    """Return the mail's row if nobody else has taken it or settled it since."""
    waiting = OutgoingMail.objects.waiting()
    return waiting.filter(pk=mail.pk, state=mail.state, holder=mail.holder)
