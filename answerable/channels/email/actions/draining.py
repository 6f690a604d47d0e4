"""Comes for stored mail, one by one, each in a transaction of its own.

Any number of runs may work at once: each holds the mail it works on and skips those that
another holds. When a process dies, its mail is as it was and the next run takes it. A mail that
cannot be handled is parked for a person with the reason, and those behind it go on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from answerable.channels.email.actions.handling import handle
from answerable.channels.email.models import InboundMail

log = logging.getLogger(__name__)

AT_ONCE = 100  # then other jobs get their turn
MOST_ATTEMPTS = 5


def drain(*, clock: Callable[[], datetime]) -> int:
    """Handle up to a hundred stored mails, and return how many there were.

    Raises what the database raises when it is gone; the mails then wait as they are.
    """
    for done in range(AT_ONCE):
        if not drain_next(clock=clock):
            return done
    return AT_ONCE


def drain_next(*, clock: Callable[[], datetime]) -> bool:
    """Handle the oldest stored mail that nobody else holds; False when there is none."""
    number = 0
    try:
        with transaction.atomic():
            mail = _claim()
            if mail is None:
                return False
            number = mail.pk
            handle(mail, at=clock())
    except (OperationalError, InterfaceError, IntegrityError) as error:
        if not number or not _try_again(number, error):
            raise
    except Exception as error:
        if not number:
            raise
        log.exception("A mail could not be handled.", extra={"mail": number})
        _park(number, f"It could not be handled: {type(error).__name__}.", at=clock())
    return True


def _claim() -> InboundMail | None:
    unhandled = InboundMail.objects.unhandled().select_for_update(skip_locked=True)
    return unhandled.order_by("pk").first()


def _try_again(number: int, error: Exception) -> bool:
    """Count an attempt that the database ended; False when the database itself is gone.

    Two copies of a mail that were read at once end here too: the next attempt sees the other.
    """
    mail = InboundMail.objects.unhandled().filter(pk=number).first()
    if mail is None:
        return True
    if mail.attempts >= MOST_ATTEMPTS:
        log.error("A mail was given up: %s", error, extra={"mail": number})
        _park(number, f"The database refused it: {type(error).__name__}.", at=mail.received_at)
        return True
    return bool(
        InboundMail.objects.filter(pk=number, attempts=mail.attempts).update(
            attempts=mail.attempts + 1
        )
    )


def _park(number: int, reason: str, *, at: datetime) -> None:
    InboundMail.objects.unhandled().filter(pk=number).update(
        state=InboundMail.State.REVIEW, reason=reason, handled_at=at
    )
