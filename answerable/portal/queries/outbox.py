"""The mails that were sent to the local outbox, and the tickets they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.channels.email.models import OutboxMail, OutgoingMail
from answerable.lib.paging import Page, page_of

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail in the outbox, what it was for, and the ticket it is about."""

    mail: OutboxMail
    kind: str
    ticket: int | None


def sent_mails(*, ticket: int | None, page: str) -> tuple[list[Sent], Page[OutboxMail]]:
    """Return a page of sent mails, newest first; of one ticket, if it is named."""
    mails = OutboxMail.objects.defer("raw").order_by("-at", "-pk")
    if ticket is not None:
        about = OutgoingMail.objects.filter(ticket_id=ticket)
        mails = mails.filter(message_id__in=about.values("mail_id"))
    shown = page_of(mails, page, size=A_PAGE)
    queued = {
        row.mail_id: row
        for row in OutgoingMail.objects.filter(mail_id__in=[m.message_id for m in shown.rows])
    }
    return [_sent(mail, queued.get(mail.message_id)) for mail in shown.rows], shown


def sent_mail(key: int) -> Sent | None:
    """Return one sent mail, or None."""
    mail = OutboxMail.objects.filter(pk=key).first()
    if mail is None:
        return None
    return _sent(mail, OutgoingMail.objects.filter(mail_id=mail.message_id).first())


def _sent(mail: OutboxMail, queued: OutgoingMail | None) -> Sent:
    kind = str(OutgoingMail.Kind(queued.kind).label) if queued else ""
    return Sent(mail, kind, queued.ticket_id if queued else None)
