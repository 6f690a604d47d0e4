"""Empties stored mails whose words were taken out for good: their headers stay.

What a mail was when it came, and that it came once, is known by its digest, which stays too.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db.models import Q

from answerable.channels.email import raws
from answerable.channels.email.core.emptying import IsIn, carries, emptied, speaks_of
from answerable.channels.email.models import InboundMail, OutboxMail, OutgoingMail
from answerable.tickets.actions.redacting import Removed
from answerable.tickets.core.redaction import holds
from answerable.tickets.models import SideMessage


def empty_mails(removed: Removed) -> None:
    """Empty the mails that brought or carried what was taken out of tickets, and copies."""
    is_in = partial(_holds, removed.removal.passage)
    emptied_ones = [mail for mail in _came(removed) if _concerned(mail, removed, is_in)]
    for mail in emptied_ones:
        _empty(mail, is_in)
    known = Q(pk__in=())
    for mail in emptied_ones:
        known |= Q(mail_id=mail.mail_id, digest=mail.digest) if mail.mail_id else Q(pk=mail.pk)
    copies = InboundMail.objects.defer("raw").filter(known)
    for copy in copies.exclude(pk__in=[mail.pk for mail in emptied_ones]).order_by("pk"):
        _empty(copy, is_in)
    _empty_outbox(removed, is_in)


def _holds(passage: str, text: str) -> bool:
    return bool(passage) and holds(text, passage)


def _came(removed: Removed) -> Iterator[InboundMail]:
    """Return the mails that came to tickets, and beside them, but for those that are kept."""
    beside = SideMessage.objects.filter(thread__ticket__in=removed.family).exclude(mail_id="")
    mails = InboundMail.objects.defer("raw").filter(
        Q(ticket__in=removed.family)
        | Q(mail_id__in=list(beside.values_list("mail_id", flat=True)))
    )
    for mail in mails.order_by("pk"):
        if mail.message_id is None or mail.message_id not in removed.removal.kept:
            yield mail


def _concerned(mail: InboundMail, removed: Removed, is_in: IsIn) -> bool:
    """Say whether a mail brought a message that was changed, or has the passage elsewhere."""
    if mail.message_id in removed.messages:
        return True
    raw, file = b"".join(raws.pieces(mail)), removed.removal.file
    return speaks_of(raw, is_in) or (file is not None and carries(raw, file.sha256))


def _empty(mail: InboundMail, is_in: IsIn) -> None:
    raw = emptied(b"".join(raws.pieces(mail)), is_in)
    subject = "" if is_in(mail.subject) else mail.subject
    InboundMail.objects.filter(pk=mail.pk).update(raw=raw, size=len(raw), subject=subject)


def _empty_outbox(removed: Removed, is_in: IsIn) -> None:
    """Empty what the demonstration's outbox has of replies that said or carried it."""
    sent = OutgoingMail.objects.filter(
        Q(ticket__in=removed.family) | Q(side__thread__ticket__in=removed.family)
    )
    about = dict(sent.values_list("mail_id", "message_id"))
    for mail in OutboxMail.objects.filter(message_id__in=list(about)).order_by("pk"):
        raw = bytes(mail.raw)
        if about[mail.message_id] in removed.messages or speaks_of(raw, is_in):
            subject = "" if is_in(mail.subject) else mail.subject
            gone = emptied(raw, is_in)
            OutboxMail.objects.filter(pk=mail.pk).update(raw=gone, subject=subject)
