"""Sends queued mail: at least once, with one Message-ID, never twice to a server that took it.

A hand-over is two commits. The first holds the mail: from then on nobody else takes it. Then
the server is spoken to, with no transaction open that PostgreSQL could lose. The second records
what the server said, at the instant at which it said it, before the ticket is told and before
anything else is sent. While the database is away this thread keeps what it knows and tries
again, as long as its process lives.

A hold is as good as its holder's life, and that is shown by an advisory lock of a session that
only `presence.py` uses. The system ends the session with the process, so a death is known at
once and no clock is asked. A time limit alone would not do: one that is longer than the slowest
conversation (30 s for each answer) keeps a reply waiting for minutes after `kill -9`, and a
shorter one gives the mail of a slow sender away. But PostgreSQL loses sessions too, when it is
restarted. So a lock must be missed for five seconds, by one who had the database all that time,
before a mail is freed; whoever lives takes its lock anew within a second or two.

What remains, since nobody can close it (RFC 1047): this process dies, or the line to the server
breaks, after the mail's last byte was sent and before the answer is recorded. That is as long
as the server thinks, and one UPDATE of about a millisecond; or as long as the database is away.
The mail is then sent once more with the same Message-ID, by which mailboxes know it as the
same; `uncertain` on its row counts the deaths.

The local outbox has no such window and needs no hold: its mail is part of our own commit.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DataError, IntegrityError, transaction

from answerable.channels.email.actions.holding import Holder, hold_next, let_leave, take
from answerable.channels.email.actions.outcomes import accept, fail, postpone, settle
from answerable.channels.email.actions.serving import (
    is_silent,
    may_be_asked,
    note_answer,
    note_silence,
)
from answerable.channels.email.compose import compose
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.queries import thread_of
from answerable.channels.email.send import Refused, TryLater, Unreachable, hand_over
from answerable.channels.email.transport import Way
from answerable.lib.insist import insist

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
AT_ONCE = 50
ANY = "the server"


def send_waiting(out: BaseEmailBackend | Way, *, holder: Holder, clock: Clock) -> int:
    """Send up to fifty waiting mails by a way, the most urgent first; return how many it tried.

    Begins none once its holder should end. Raises Unreachable when there is no server; what
    waits for it then waits as it is, and it is left alone for a while.
    """
    way = out if isinstance(out, Way) else Way(ANY, out)
    settle_untold(clock=clock)
    if not may_be_asked(way.name, clock()):
        return 0
    was_silent = is_silent(way.name)
    for tried in range(AT_ONCE):
        if holder.is_ended():
            return tried
        mail = _keep_next(way, clock) if way.is_ours else _send_next(way, holder, clock)
        if mail is None:
            return tried
        if was_silent:
            note_answer(way.name)
            was_silent = False
        if mail.message_id or mail.side_id:
            settle(mail.pk, clock)
    return AT_ONCE


def settle_untold(*, clock: Clock) -> None:
    """Tell tickets of mails that a server accepted before somebody died."""
    for number in OutgoingMail.objects.untold().values_list("pk", flat=True)[:AT_ONCE]:
        settle(number, clock)


def _send_next(way: Way, holder: Holder, clock: Clock) -> OutgoingMail | None:
    taken = hold_next(holder, at=clock(), way=way)
    if taken is None:
        return None
    if taken.letter:
        _deliver(taken.mail, taken.letter, way, clock)
    return taken.mail


def _deliver(mail: OutgoingMail, letter: EmailMessage, way: Way, clock: Clock) -> None:
    """Hand a held mail over, and record what came of it however long that takes."""
    try:
        hand_over(letter, way.backend)
        accepted_at = clock()
    except (Refused, TryLater) as error:
        insist(_failure(mail, error, clock()))
    except Unreachable as error:
        insist(partial(_silent, mail, way, str(error), clock()))
        raise
    else:
        insist(partial(accept, mail, accepted_at))


def _silent(mail: OutgoingMail, way: Way, why: str, at: datetime) -> None:
    """Let a mail wait whose server does not answer, and leave the server alone for a while.

    The mail waits by its own count: should it be what silences the server, others go first.
    """
    not_before = note_silence(way.name, why, at)
    postpone(mail, why, at, not_before=not_before)


def _keep_next(way: Way, clock: Clock) -> OutgoingMail | None:
    """Put the next mail into our own outbox: the mail and its acceptance are one commit."""
    mail = None
    try:
        with transaction.atomic():
            mail = take(clock(), way)
            if mail:
                let_leave(mail, clock())
                if not mail.is_quiet:
                    hand_over(compose(mail, thread_of(mail)), way.backend)
                accept(mail, clock())
    except (Refused, TryLater, Unreachable, ValueError, DataError, IntegrityError) as error:
        if mail is None:
            raise
        _failure(mail, error, clock())()
    return mail


def _failure(mail: OutgoingMail, error: Exception, at: datetime) -> Callable[[], None]:
    """Return what has to be written when a mail was not accepted."""
    if isinstance(error, TryLater | Unreachable):
        return partial(postpone, mail, str(error), at)
    if isinstance(error, Refused):
        return partial(fail, mail, str(error), at)
    log.error("A mail could not be written.", exc_info=error, extra={"mail": mail.pk})
    return partial(fail, mail, f"It could not be written: {error}", at)
