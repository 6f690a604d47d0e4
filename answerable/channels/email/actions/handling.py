"""What becomes of one mail: a ticket, a message on one, or a line in the ledger that says why.

In this order: a copy of an earlier mail; a machine's mail; a reply to a ticket; a new request.
A token or a reference proves the ticket and never the sender: who writes under a name that is
not the customer's is added as unverified, and gains no rights.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.channels.email import ours
from answerable.channels.email.actions.bouncing import take_back
from answerable.channels.email.core.automatic import Kind, Machine, Signs, why_automatic
from answerable.channels.email.core.letter import Written, written
from answerable.channels.email.core.parse import Mail, read_mail
from answerable.channels.email.core.thread import bare_subject
from answerable.channels.email.models import InboundMail
from answerable.channels.email.queries import contact_of_address, ticket_of
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Opening, Sender
from answerable.tickets.models import Message, Ticket

State = InboundMail.State
# How long a sending server tries (RFC 5321, 4.5.4.1). Without a Message-ID, the same content
# after that is a new mail that says the same.
RETRIES_END = timedelta(days=5)


def handle(mail: InboundMail, *, at: datetime) -> None:
    """Do what a held mail asks for, and record what became of it. `at` is now."""
    read = read_mail(bytes(mail.raw))
    mail.mail_id = read.message_id
    if _came_before(mail):
        return _settle(mail, State.DUPLICATE, "The same mail came before.", at)
    machine = why_automatic(_signs(mail, read))
    if machine and machine.kind != Kind.LIST:
        return _record_machine(mail, read, machine, at)
    return _take(mail, read, machine, at)


def _came_before(mail: InboundMail) -> bool:
    others = InboundMail.objects.same_as(mail)
    if not mail.mail_id:
        others = others.filter(
            envelope_from=mail.envelope_from, received_at__gt=mail.received_at - RETRIES_END
        )
    return others.exclude(state__in=[State.STORED, State.DUPLICATE]).exists()


def _signs(mail: InboundMail, read: Mail) -> Signs:
    return Signs(
        headers=read.headers,
        content_type=read.content_type,
        envelope_from=mail.envelope_from,
        sender=read.sender or mail.envelope_from,
        subject=read.subject,
        is_own=ours.is_own(read.sender),
    )


def _record_machine(mail: InboundMail, read: Mail, machine: Machine, at: datetime) -> None:
    words = machine.why
    if machine.kind == Kind.BOUNCE:
        words = f"{words} {take_back(read, at=at)}".strip()
    _settle(mail, State.REFUSED if machine.certain else State.REVIEW, words, at)


def _take(mail: InboundMail, read: Mail, machine: Machine | None, at: datetime) -> None:
    sender = _sender(mail, read)
    said = written(read)
    ticket = ticket_of((*mail.envelope_to, *read.to), read)
    if ticket and _may_join(sender, ticket):
        return _add(mail, ticket, sender, said, at)
    if machine and not sender.contact:
        return _settle(mail, State.REVIEW, machine.why, at)
    stranger = Sender(name=sender.shown, email=read.sender) if machine else sender
    return _open(mail, _opening(stranger, read, said), at)


def _sender(mail: InboundMail, read: Mail) -> Sender:
    address = read.sender or mail.envelope_from.strip("<>").lower()
    contact = contact_of_address(address)
    name = read.sender_name or address or "(no sender)"
    return Sender(contact=contact, name=name, email=address if "@" in address else "")


def _may_join(sender: Sender, ticket: Ticket) -> bool:
    """Say whether a mail may enter a ticket: not when its sender is another customer's."""
    return sender.contact is None or sender.contact.customer_id == ticket.customer_id


def _is_theirs(sender: Sender, ticket: Ticket) -> bool:
    if sender.contact:
        return sender.contact.customer_id == ticket.customer_id
    return ticket.requester_id is None and sender.email == ticket.sender_email.lower()


def _add(
    mail: InboundMail, ticket: Ticket, sender: Sender, said: Written, at: datetime
) -> None:
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
    words = f"Added to #{ticket.pk}"
    words += "." if verified else ", unverified: its sender is not known to be the customer."
    _settle(mail, State.ACCEPTED, words, at, message)


def _opening(sender: Sender, read: Mail, said: Written) -> Opening:
    return Opening(
        sender=sender,
        body=said.body,
        folded=said.folded,
        subject=bare_subject(read.subject),
        channel=Ticket.Channel.EMAIL,
        surface="mail",
        language=sender.contact.language if sender.contact else "en",
    )


def _open(mail: InboundMail, opening: Opening, at: datetime) -> None:
    ticket = tickets.open_ticket(opening, at=mail.received_at)
    known = ticket.state != Ticket.State.REVIEW
    words = f"Opened #{ticket.pk}" + ("." if known else " for review.")
    _settle(mail, State.ACCEPTED, words, at, ticket.messages.get())


def _settle(
    mail: InboundMail, state: str, reason: str, at: datetime, message: Message | None = None
) -> None:
    mail.state, mail.reason, mail.handled_at = state, reason[:300], at
    mail.message = message
    mail.ticket_id = message.ticket_id if message else None
    mail.save(update_fields=["mail_id", "state", "reason", "handled_at", "message", "ticket"])
