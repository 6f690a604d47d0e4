"""The page of mail that waits to go out: each with its next try and the last answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.channels.email.models import MailServer, OutgoingMail
from answerable.channels.email.waiting import silent_servers, waiting_mail
from answerable.lib.paging import Page, page_of

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class MailQueue:
    """What waits, oldest first, and the servers that do not answer."""

    page: Page[OutgoingMail]
    servers: list[MailServer]
    silent: dict[str, MailServer]


def mail_queue(asked: str, at: datetime) -> MailQueue:
    """Return a page of the mails that wait. Two queries."""
    mails = waiting_mail(at).select_related("ticket").defer("text", "html")
    servers = silent_servers()
    return MailQueue(
        page=page_of(mails, asked, size=A_PAGE),
        servers=servers,
        silent={server.name: server for server in servers},
    )


def waiting_one(number: int, at: datetime) -> OutgoingMail | None:
    """Return one mail that waits, or None."""
    return waiting_mail(at).filter(pk=number).select_related("ticket").first()
