"""What becomes of mails: tickets, messages on tickets, or lines in the ledger that say why.

In this order: a copy of an earlier mail; a machine's mail; a reply to a ticket; a new request.
A token or a reference proves the ticket and never the sender: who writes under a name that is
not the customer's is added as unverified, and gains no rights.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from answerable.channels.email import ours
from answerable.channels.email.actions.bouncing import take_back
from answerable.channels.email.core.automatic import Kind, Machine, Signs, why_automatic
from answerable.channels.email.core.kinds import signs_of
from answerable.channels.email.core.letter import Written, written
from answerable.channels.email.core.parse import Mail
from answerable.channels.email.core.thread import bare_subject
from answerable.channels.email.core.tree import parsed
from answerable.channels.email.models import InboundMail
from answerable.channels.email.queries import (
    Arrived,
    arrived,
    copies_among,
    has_too_many,
)
from answerable.channels.email.readers import readers
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Opening, Sender
from answerable.tickets.models import Message, Ticket

State = InboundMail.State
TOO_MANY = "More than sixty mails came to its ticket within an hour, as when programs talk."
# One statement for any number of mails.
SETTLE = """
UPDATE email_inboundmail AS mail
SET mail_id = new.mail_id, state = new.state, reason = new.reason,
    ticket_id = new.ticket, message_id = new.message, handled_at = %s
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[])
    AS new (pk, mail_id, state, reason, ticket, message)
WHERE mail.id = new.pk
"""


def handle_all(mails: Sequence[InboundMail], *, at: datetime) -> None:
    """Do what held mails ask for, and record what became of each. `at` is now.

    Called in a transaction that holds them; whatever is raised leaves all as they were.
    """
    read = list(zip(mails, readers.read([bytes(mail.raw) for mail in mails]), strict=True))
    for mail, says in read:
        mail.mail_id = says.message_id
    copies = copies_among(mails)
    openings: list[tuple[InboundMail, Opening]] = []
    for each in arrived([(mail, says) for mail, says in read if mail.pk not in copies]):
        opening = _handle(each, at)
        if opening:
            openings.append((each.mail, opening))
    for mail in mails:
        if mail.pk in copies:
            _settle(mail, State.DUPLICATE, "The same mail came before.")
    _open_all(openings)
    _store(mails, at)


def _handle(each: Arrived, at: datetime) -> Opening | None:
    """Do what one mail asks for; return what it opens, for all are opened together."""
    machine = why_automatic(_signs(each.mail, each.says))
    if machine and machine.kind != Kind.LIST:
        _record_machine(each, machine, at)
        return None
    sender = _sender(each)
    if each.ticket and has_too_many(each.ticket, each.mail.received_at):
        _settle(each.mail, State.REVIEW, TOO_MANY)
        return None
    if each.ticket and _may_join(sender, each.ticket):
        _add(each.mail, each.ticket, sender, written(each.says))
        return None
    if machine and not sender.contact:
        _settle(each.mail, State.REVIEW, machine.why)
        return None
    if machine:
        sender = Sender(name=sender.shown, email=sender.email)
    return _opening(sender, each.says)


def _signs(mail: InboundMail, says: Mail) -> Signs:
    return signs_of(
        says,
        parsed(bytes(mail.raw)),
        envelope_from=mail.envelope_from,
        is_own=ours.is_own(says.sender) or ours.sent_by_us(says.headers, says.message_id),
    )


def _record_machine(each: Arrived, machine: Machine, at: datetime) -> None:
    words = machine.why
    if machine.kind == Kind.BOUNCE:
        words = f"{words} {take_back(each.says, bytes(each.mail.raw), at=at)}"
    _settle(each.mail, State.REFUSED if machine.certain else State.REVIEW, words)


def _sender(each: Arrived) -> Sender:
    name = each.says.sender_name or each.address or "(no sender)"
    email = each.address if "@" in each.address else ""
    return Sender(contact=each.contact, name=name, email=email)


def _may_join(sender: Sender, ticket: Ticket) -> bool:
    """Say whether a mail may enter a ticket: not when its sender is another customer's."""
    return sender.contact is None or sender.contact.customer_id == ticket.customer_id


def _is_theirs(sender: Sender, ticket: Ticket) -> bool:
    if sender.contact:
        return sender.contact.customer_id == ticket.customer_id
    return ticket.requester_id is None and sender.email == ticket.sender_email.lower()


def _add(mail: InboundMail, ticket: Ticket, sender: Sender, said: Written) -> None:
    verified = _is_theirs(sender, ticket)
    if not verified:
        sender = Sender(name=f"{sender.name} <{sender.email}>" if sender.email else sender.name)
    message = tickets.add_message(
        ticket,
        sender=sender,
        body=said.body,
        folded=said.folded,
        verified=verified,
        at=mail.received_at,
    )
    added = message.ticket_id
    words = f"Added to #{added}" if added == ticket.pk else f"#{ticket.pk} goes on in #{added}"
    words += "." if verified else ", unverified: its sender is not known to be the customer."
    _settle(mail, State.ACCEPTED, words, message)


def _opening(sender: Sender, says: Mail) -> Opening:
    said = written(says)
    return Opening(
        sender=sender,
        body=said.body,
        folded=said.folded,
        subject=bare_subject(says.subject),
        channel=Ticket.Channel.EMAIL,
        surface="mail",
        language=sender.contact.language if sender.contact else "en",
    )


def _open_all(openings: Sequence[tuple[InboundMail, Opening]]) -> None:
    """Open the tickets; each promise runs from the instant the door had the mail."""
    if not openings:
        return
    messages = tickets.open_tickets([(opening, mail.received_at) for mail, opening in openings])
    for (mail, opening), message in zip(openings, messages, strict=True):
        words = f"Opened #{message.ticket_id}" + (
            "." if opening.sender.contact else " for review."
        )
        _settle(mail, State.ACCEPTED, words, message)


def _settle(mail: InboundMail, state: str, reason: str, message: Message | None = None) -> None:
    mail.state, mail.reason, mail.message = state, reason[:300], message
    mail.ticket_id = message.ticket_id if message else None


def _store(mails: Sequence[InboundMail], at: datetime) -> None:
    columns = zip(
        *((m.pk, m.mail_id, m.state, m.reason, m.ticket_id, m.message_id) for m in mails),
        strict=True,
    )
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, [at, *(list(column) for column in columns)])
