"""What receivers are told in words: a customer's name and words only where that is on."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from answerable.notices.core.payloads import Said
from answerable.notices.models import Delivery, Receiver
from answerable.notices.words import reply_by
from answerable.tickets.models import Ticket

TEST = "test"


def said_of(row: Delivery, receiver: Receiver, at: datetime) -> Said:
    """Return what a receiver is told by a delivery, in the language that is active."""
    due = _due(row)
    return Said(
        number=row.pk,
        matter=row.matter,
        act=row.act,
        key=_key(row),
        title=_title(row),
        text=_text(row, receiver, due, at),
        url=_url(row.ticket_id),
        button=_("Open #{number}").format(number=row.ticket_id)
        if row.ticket_id
        else _("Open the desk"),
        at=row.made_at.isoformat(),
        source=settings.ANSWERABLE_URL,
        ticket=row.ticket_id,
        due_at=due.isoformat() if due else None,
    )


def _title(row: Delivery) -> str:
    number = row.ticket_id
    if row.matter == TEST:
        return _("This is a test from {vendor}.").format(vendor=settings.ANSWERABLE_VENDOR)
    words = {
        Receiver.Matter.CRITICAL.value: _("Business-critical: nobody has #{number}."),
        Receiver.Matter.HURRY.value: _("#{number} has less than 5 minutes left."),
        Receiver.Matter.LATE.value: _("#{number} is late."),
        Receiver.Matter.NOBODY.value: _("Nobody could be reached about #{number}."),
    }
    return words[row.matter].format(number=number)


def _text(row: Delivery, receiver: Receiver, due: datetime | None, at: datetime) -> str:
    if row.matter == TEST:
        return _("Messages arrive here as they should. Nothing needs to be done.")
    parts = []
    if row.matter != Receiver.Matter.LATE:
        parts.append(reply_by(due, at, ZoneInfo(settings.ANSWERABLE_ZONE)))
    if receiver.with_text and row.ticket:
        parts.append(_about(row.ticket))
    return " ".join(part for part in parts if part)


def _about(ticket: Ticket) -> str:
    name = ticket.customer.name if ticket.customer else ticket.sender_name
    return f"{name}: ‘{ticket.subject}’"  # noqa: RUF001


def _due(row: Delivery) -> datetime | None:
    known = row.data.get("due_at") or (row.event.data.get("due_at") if row.event else None)
    return datetime.fromisoformat(known) if isinstance(known, str) else None


def _key(row: Delivery) -> str:
    if row.ticket_id is None:
        return f"answerable-test-{row.key[:12]}"
    # All that is said of one ticket is one incident to a pager.
    return f"{settings.ANSWERABLE_URL}/desk/tickets/{row.ticket_id}/"


def _url(ticket: int | None) -> str:
    base = f"{settings.ANSWERABLE_URL}/desk/"
    return f"{base}tickets/{ticket}/" if ticket else base
