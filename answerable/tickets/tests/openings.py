"""Short ways to say in a test who asks for what."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Contact
from answerable.tickets.actions import Impact, Opening, Sender, open_ticket
from answerable.tickets.models import Ticket

NOBODY_CAN_SIGN_IN = Impact(
    key="sign_in", says="Most or all users cannot sign in or reach tools"
)


def opening(by: Contact | None, **more: object) -> Opening:
    """Return a request by a contact on the web form, or by a stranger's mail."""
    if by is None:
        stranger = Sender(name="Nobody Known", email="nobody@elsewhere.example")
        told: dict[str, object] = {"sender": stranger, "channel": "email", "surface": "mail"}
    else:
        told = {"sender": Sender(contact=by), "channel": "form"}
    return Opening(**{"body": "Exports fail.", **told, **more})  # type: ignore[arg-type]


def opened(by: Contact | None, at: datetime, **more: object) -> Ticket:
    """Open such a request."""
    return open_ticket(opening(by, **more), at=at)


def opened_critical(by: Contact, at: datetime) -> Ticket:
    """Open a request that is claimed to be business-critical."""
    return opened(by, at, impact=NOBODY_CAN_SIGN_IN)


def mailed(by: Contact, at: datetime) -> Ticket:
    """Open a request by mail from a known contact."""
    return opened(by, at, channel="email", surface="mail")


def verbs(ticket: Ticket) -> list[str]:
    """Return what happened to a ticket, in order."""
    return list(ticket.events.order_by("pk").values_list("verb", flat=True))
