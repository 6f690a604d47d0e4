"""Holds a mail for the one who hands it over, and frees what the dead have held."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F

from answerable.channels.email.actions.outcomes import accept, fail
from answerable.channels.email.actions.pacing import has_room, put_off
from answerable.channels.email.actions.waking import SEND, wake
from answerable.channels.email.compose import compose
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.queries import thread_of
from answerable.channels.email.transport import Way
from answerable.tickets import actions as tickets

log = logging.getLogger(__name__)

State = OutgoingMail.State
# The first half of the key of a holder's advisory lock; its number is the other.
LOCKS = 0x6D61696C
UNKNOWN = "Its sender died; whether the server has accepted it is not known."


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Holder:
    """Who sends: its number, and whether it should take no more mail."""

    number: int
    is_ended: Callable[[], bool] = _never


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail that was taken to be sent, and its letter; none when it cannot be written."""

    mail: OutgoingMail
    letter: EmailMessage | None


def take(at: datetime, way: Way | None = None) -> OutgoingMail | None:
    """Lock the most urgent mail that is due at an instant, until the transaction ends."""
    due = OutgoingMail.objects.free().filter(next_try_at__lte=at)
    if way:
        due = due.of_way(way.domains, way.others)
    locked = due.select_for_update(of=("self",), skip_locked=True, no_key=True)
    read = locked.select_related("ticket", "agent", "message__agent")
    return read.order_by("urgency", "next_try_at", "pk").first()


def take_within_limits(holder: int, way: Way, at: datetime) -> OutgoingMail | None:
    """Lock the most urgent mail that a way's server may be given now, if there is one."""
    if not has_room(way, holder):
        return None
    while mail := take(at, way):
        if not put_off(mail, way, at):
            return mail
    return None


def let_leave(mail: OutgoingMail, at: datetime) -> None:
    """Let the reply of a mail that is being taken leave: its writer can no longer have it."""
    if mail.message and mail.message.leaves_at:
        tickets.leave(mail.message, at=at)


@transaction.atomic
def hold_next(holder: Holder, *, at: datetime, way: Way | None = None) -> Taken | None:
    """Hold the most urgent mail that is due, from this instant; return it with its letter.

    One that cannot be written is given up instead.
    """
    mail = take_within_limits(holder.number, way, at) if way else take(at)
    if mail is None:
        return None
    if mail.is_quiet:
        let_leave(mail, at)
        accept(mail, at)
        return Taken(mail, None)
    try:
        letter = compose(mail, thread_of(mail), takes_wire=way is None or way.takes_wire)
    except ValueError as error:
        log.exception("A mail could not be written.", extra={"mail": mail.pk})
        fail(mail, f"It could not be written: {error}", at)
        return Taken(mail, None)
    let_leave(mail, at)
    mail.state, mail.holder, mail.held_at = State.HELD, holder.number, at
    mail.server = way.name if way else ""
    mail.save(update_fields=["state", "holder", "held_at", "server"])
    return Taken(mail, letter)


@transaction.atomic
def free(number: int) -> None:
    """Let others take what a holder held, unless it lives: nobody else may have its lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCKS, number])
        (is_dead,) = cursor.fetchone() or (False,)
    if not is_dead:
        return
    freed = (
        OutgoingMail.objects.held()
        .filter(holder=number)
        .update(
            state=State.QUEUED,
            holder=None,
            held_at=None,
            uncertain=F("uncertain") + 1,
            last_error=UNKNOWN,
        )
    )
    if freed:
        log.warning("A sender died with %s mails in hand; they are sent again.", freed)
        wake(SEND)
