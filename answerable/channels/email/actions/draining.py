"""Comes for stored mail. Those that wait together are handled together, in one transaction.

Any number of runs may work at once: each holds the mails it works on and skips those that
another holds. When a process dies, its mails are as they were and the next run takes them. When
mails cannot be handled together, each is handled alone: one that cannot be handled at all is
parked for a person with the reason, and the others go on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from answerable.channels.email import raws
from answerable.channels.email.actions.handling import handle_all
from answerable.channels.email.actions.history import keep_history
from answerable.channels.email.actions.proving import prove_waiting
from answerable.channels.email.checking import asks_names
from answerable.channels.email.models import InboundMail, InboundQuerySet
from answerable.lib import bulk

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
AT_ONCE = 100  # then other jobs get their turn
TOGETHER = 25
TOGETHER_BYTES = 16 * 1024 * 1024
MOST_ATTEMPTS = 5
# The first half of the keys of locks under which copies are handled; their digest is the other.
LOCKS = int.from_bytes(b"copy")
WAIT = "SELECT pg_advisory_xact_lock(%(locks)s, key) FROM unnest(%(keys)b::int[]) AS key"


def drain(*, clock: Clock) -> int:
    """Handle up to a hundred stored mails, and return how many there were.

    Raises what the database raises when it is gone; the mails then wait as they are.
    """
    prove_waiting(most=AT_ONCE)
    done = 0
    while done < AT_ONCE and (handled := _drain_some(AT_ONCE - done, clock)):
        done += handled
    return done


def _drain_some(most: int, clock: Clock) -> int:
    """Handle the oldest stored mails that nobody else holds, and return how many."""
    numbers: list[int] = []
    try:
        with transaction.atomic():
            numbers = list(_claim(min(most, TOGETHER)))
            if numbers:
                _handle(_held(numbers), at=clock())
    except Exception as error:
        if not numbers:
            raise
        log.warning("Mails are handled one by one: %s", type(error).__name__)
        for number in numbers:
            _drain_one(number, clock)
    return len(numbers)


def _claim(most: int) -> Iterator[int]:
    """Hold some unhandled mails, and give their numbers; at least one, however large."""
    live = InboundMail.objects.unhandled().live()
    found = _lock(live.checked() if asks_names() else live, most)
    # What somebody waits for comes first; mail of the past has time.
    found = found or _lock(InboundMail.objects.unhandled().imported(), most)
    left = TOGETHER_BYTES
    for number, size in found:
        if size > left and left < TOGETHER_BYTES:
            return
        left -= size
        yield number


def _lock(mails: InboundQuerySet, most: int) -> list[tuple[int, int]]:
    locked = mails.order_by("pk").select_for_update(skip_locked=True, no_key=True)
    return list(locked.values_list("pk", "size")[:most])


def _held(numbers: Sequence[int]) -> list[InboundMail]:
    """Return mails with their bytes."""
    mails = list(InboundMail.objects.filter(pk__in=numbers).defer("raw").order_by("pk"))
    raws.fill(mails)
    return mails


def _handle(mails: Sequence[InboundMail], *, at: datetime) -> None:
    """Do what mails ask for; those of the past are kept as history."""
    _wait_for_copies(mails)
    if mails[0].door == InboundMail.Door.IMPORT:
        keep_history(mails, at=at)
    else:
        handle_all(mails, at=at)


def _wait_for_copies(mails: Sequence[InboundMail]) -> None:
    """Wait until whoever handles copies of these has committed, so that they are seen.

    Everybody waits in the same order, so that no two wait for each other.
    """
    keys = {int.from_bytes(bytes.fromhex(mail.digest[:8]), signed=True) for mail in mails}
    bulk.run(WAIT, {"locks": LOCKS, "keys": sorted(keys)})


def _drain_one(number: int, clock: Clock) -> None:
    try:
        with transaction.atomic():
            unhandled = InboundMail.objects.unhandled().filter(pk=number)
            locked = unhandled.select_for_update(skip_locked=True, no_key=True)
            if locked.values_list("pk").first():
                _handle(_held([number]), at=clock())
    except (OperationalError, InterfaceError, IntegrityError) as error:
        _try_again(number, error, clock())
    except Exception as error:
        log.exception("A mail could not be handled.", extra={"mail": number})
        _park(number, f"It could not be handled: {type(error).__name__}.", at=clock())


def _try_again(number: int, error: Exception, at: datetime) -> None:
    """Count an attempt that the database ended; raises when the database itself is gone.

    The next attempt sees a copy that somebody accepted meanwhile by hand.
    """
    mail = InboundMail.objects.unhandled().filter(pk=number).defer("raw").first()
    if mail is None:
        return
    if mail.attempts >= MOST_ATTEMPTS:
        log.error("A mail was given up.", extra={"mail": number})
        _park(number, f"The database refused it: {type(error).__name__}.", at=at)
        return
    InboundMail.objects.filter(pk=number, attempts=mail.attempts).update(
        attempts=mail.attempts + 1
    )


def _park(number: int, reason: str, *, at: datetime) -> None:
    InboundMail.objects.unhandled().filter(pk=number).update(
        state=InboundMail.State.REVIEW, reason=reason, handled_at=at
    )
