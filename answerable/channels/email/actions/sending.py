"""Sends queued mail: at least once, with one Message-ID, and by one sender at a time.

A sender holds the mail's row while it talks to the server, so that no other sends the same. The
moment the server has accepted it, that is committed alone, before the ticket is told: what the
ticket's rooms then do may fail or take long, and must not make us send again.

What remains: when this process dies, or the database goes away, between the server's last word
and that commit (one small UPDATE, about a millisecond), or when the line breaks after the last
byte, nobody knows that the server accepted. The mail is then sent once more with the same
Message-ID, by which mailboxes know it as the same. The local outbox has no such window: its
mail is part of our own commit.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.mail.backends.base import BaseEmailBackend
from django.db import DataError, IntegrityError, transaction

from answerable.channels.email.actions.waking import SEND, defer_one
from answerable.channels.email.compose import compose
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.queries import thread_of
from answerable.channels.email.send import Refused, TryLater, Unreachable, hand_over
from answerable.tickets import actions as tickets

log = logging.getLogger(__name__)

State = OutgoingMail.State
Clock = Callable[[], datetime]
AT_ONCE = 50
STEPS = (5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)
GIVEN_UP_AFTER = timedelta(days=2)


def send_waiting(way: BaseEmailBackend, *, clock: Clock) -> int:
    """Send up to fifty waiting mails, the most urgent first; return how many were tried.

    Raises Unreachable when there is no server; the mails then wait as they are.
    """
    settle_untold(clock=clock)
    for tried in range(AT_ONCE):
        mail = _send_next(way, clock)
        if mail is None:
            return tried
        if mail.message_id:
            _settle(mail.pk, clock)
    return AT_ONCE


def settle_untold(*, clock: Clock) -> None:
    """Tell tickets of mails that a server accepted before somebody died."""
    for number in OutgoingMail.objects.untold().values_list("pk", flat=True)[:AT_ONCE]:
        _settle(number, clock)


def _send_next(way: BaseEmailBackend, clock: Clock) -> OutgoingMail | None:
    held: list[OutgoingMail] = []
    try:
        with transaction.atomic():
            mail = _claim(clock())
            if mail is None:
                return None
            held.append(mail)
            hand_over(compose(mail, thread_of(mail)), way)
            _accept(mail, clock())
    except Refused as error:
        _fail(held[0], str(error), clock())
    except TryLater as error:
        _postpone(held[0], str(error), clock())
    except Unreachable as error:
        _postpone(held[0], str(error), clock())
        raise
    except (ValueError, DataError, IntegrityError) as error:
        log.exception("A mail could not be written.", extra={"mail": held[0].pk})
        _fail(held[0], f"It could not be written: {error}", clock())
    return held[0]


def _accept(mail: OutgoingMail, at: datetime) -> None:
    """Record that a server has a mail, at this instant; without a message nobody is told."""
    mail.state, mail.accepted_at, mail.last_error = State.ACCEPTED, at, ""
    mail.settled_at = None if mail.message_id else at
    mail.save(update_fields=["state", "accepted_at", "last_error", "settled_at"])


def _claim(at: datetime) -> OutgoingMail | None:
    due = OutgoingMail.objects.waiting().filter(next_try_at__lte=at)
    locked = due.select_for_update(of=("self",), skip_locked=True, no_key=True)
    return locked.select_related("ticket").order_by("urgency", "next_try_at", "pk").first()


def _postpone(mail: OutgoingMail, why: str, at: datetime) -> None:
    if at - mail.created_at > GIVEN_UP_AFTER:
        _fail(mail, f"Given up after two days: {why}", at)
        return
    wait = timedelta(seconds=STEPS[min(mail.attempts, len(STEPS) - 1)])
    OutgoingMail.objects.waiting().filter(pk=mail.pk).update(
        attempts=mail.attempts + 1, next_try_at=at + wait, last_error=why[:500]
    )
    log.warning("A mail waits for another try.", extra={"mail": mail.pk})
    defer_one(SEND, at=at + wait)


@transaction.atomic
def _fail(mail: OutgoingMail, why: str, at: datetime) -> None:
    """Give a mail up, and tell its ticket that it did not arrive, in the server's words."""
    log.warning("A mail was not taken.", extra={"mail": mail.pk})
    failed = (
        OutgoingMail.objects.waiting()
        .filter(pk=mail.pk)
        .update(
            state=State.FAILED,
            attempts=mail.attempts + 1,
            last_error=why[:500],
            settled_at=at,
        )
    )
    if failed and mail.message:
        tickets.mark_undelivered(mail.message, why=why, at=at)


@transaction.atomic
def _settle(number: int, clock: Clock) -> None:
    """Tell the ticket, once, that a server accepted a mail, and when."""
    untold = OutgoingMail.objects.untold().filter(pk=number)
    mail = untold.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
    if mail is None or mail.accepted_at is None:
        return
    if mail.message:
        tickets.mark_delivered(mail.message, at=mail.accepted_at)
    mail.settled_at = clock()
    mail.save(update_fields=["settled_at"])
