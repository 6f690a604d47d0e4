"""Writes what mailboxes bring in, together with how far they were read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from answerable.channels.email.actions.storing import Arrival, store_mail
from answerable.channels.email.core.following import Mark
from answerable.channels.email.mailboxes import Mailbox
from answerable.lib.sealing import seal


class Overtaken(Exception):
    """Somebody else has read on, or the mailbox was changed: nothing was written."""


def begin(mailbox: Mailbox, mark: Mark, *, at: datetime) -> None:
    """Note from where a mailbox is read. Raises Overtaken."""
    _advance(
        mailbox,
        validity=mark.validity,
        last_uid=mark.last,
        reread_below=mark.reread_below,
        # What was there under another validity was marked or moved then.
        cared_uid=max(mark.last, mark.reread_below - 1),
        began_at=mailbox.began_at or at,
    )


@transaction.atomic
def take_in(
    mailbox: Mailbox, arrivals: Sequence[Arrival], *, last_uid: int, at: datetime
) -> None:
    """Store what came, and note that all up to this UID is stored: both or neither.

    Raises Overtaken, and then stores nothing.
    """
    before = mailbox.last_uid
    _advance(mailbox, last_uid=last_uid, looked_at=at, problem="", problem_says="")
    try:
        if arrivals:
            store_mail(arrivals)
    except BaseException:
        mailbox.last_uid = before
        raise


def looked(mailbox: Mailbox, *, at: datetime) -> None:
    """Note that a mailbox can be read."""
    _of(mailbox).update(looked_at=at, problem="", problem_says="")


def cared(mailbox: Mailbox, *, uid: int) -> None:
    """Note that mails up to this UID were marked or moved."""
    _of(mailbox).filter(validity=mailbox.validity).update(cared_uid=uid)
    mailbox.cared_uid = uid


def troubled(mailbox: Mailbox, *, why: str, says: str) -> None:
    """Note why a mailbox cannot be read."""
    _of(mailbox).update(problem=why, problem_says=says[:300])


def keep_token(mailbox: Mailbox, token: str) -> None:
    """Keep the refresh token that takes the place of the one before."""
    mailbox.secret = seal(token)
    _of(mailbox).update(secret=mailbox.secret)


def save_mailbox(mailbox: Mailbox, *, at: datetime) -> Mailbox:
    """Keep a new or changed mailbox; another server or folder is begun with anew."""
    mailbox.changed_at = at
    before = Mailbox.objects.filter(pk=mailbox.pk).first() if mailbox.pk else None
    if before and _place(before) != _place(mailbox):
        mailbox.validity, mailbox.began_at = None, None
        mailbox.last_uid = mailbox.cared_uid = mailbox.reread_below = 0
    mailbox.problem = mailbox.problem_says = ""
    mailbox.save()
    return mailbox


def delete_mailbox(mailbox: Mailbox) -> None:
    """Follow a mailbox no more, and forget its secret. Its mails stay in the ledger."""
    mailbox.delete()


def _place(mailbox: Mailbox) -> tuple[str, str, str]:
    return mailbox.host, mailbox.user, mailbox.folder


def _of(mailbox: Mailbox) -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(pk=mailbox.pk)


def _advance(mailbox: Mailbox, **values: object) -> None:
    """Write values where the row is as this follower has read it."""
    as_read = _of(mailbox).filter(
        validity=mailbox.validity, last_uid=mailbox.last_uid, changed_at=mailbox.changed_at
    )
    if not as_read.update(**values):
        raise Overtaken
    for name, value in values.items():
        setattr(mailbox, name, value)
