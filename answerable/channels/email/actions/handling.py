"""What becomes of mails: tickets, messages on tickets, or lines in the ledger that say why.

In this order: a copy of an earlier mail; a machine's mail; a reply to a ticket; a new request.
A token or a reference proves the ticket and never the sender: who writes under a name that is
not the customer's is added as unverified, and gains no rights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from answerable.channels.email import ours
from answerable.channels.email.actions.attaching import keep_parts
from answerable.channels.email.actions.bouncing import take_back
from answerable.channels.email.actions.settling import note, settle, write
from answerable.channels.email.core.automatic import Kind, Machine, Signs, why_automatic
from answerable.channels.email.core.letter import Written
from answerable.channels.email.core.reading import Asked, Reading
from answerable.channels.email.core.thread import bare_subject
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
from answerable.tickets.models import Ticket

State = InboundMail.State
TOO_MANY = "More than sixty mails came to its ticket within an hour, as when programs talk."


def handle_all(mails: Sequence[InboundMail], *, at: datetime) -> None:
    """Do what held mails ask for, and record what became of each. `at` is now.

    Called in a transaction that holds them; whatever is raised leaves all as they were.
    """
    read = list(zip(mails, readers.read([asked_of(mail) for mail in mails]), strict=True))
    for mail, reading in read:
        note(mail, reading.mail)
    copies = copies_among(mails)
    openings: list[tuple[InboundMail, Opening]] = []
    for each in arrived([(mail, reading) for mail, reading in read if mail.pk not in copies]):
        opening = _handle(each, at)
        if opening:
            openings.append((each.mail, opening))
    for mail in mails:
        if mail.pk in copies:
            settle(mail, State.DUPLICATE, "The same mail came before.")
    open_all(openings)
    keep_parts([(mail.message, reading.mail) for mail, reading in read], at=at)
    write(mails, at=at)


def _handle(each: Arrived, at: datetime) -> Opening | None:
    """Do what one mail asks for; return what it opens, for all are opened together."""
    machine = why_automatic(_signs(each))
    if machine and machine.kind != Kind.LIST:
        _record_machine(each, machine, at)
        return None
    sender = sender_of(each)
    if each.ticket and has_too_many(each.ticket, each.mail.received_at):
        settle(each.mail, State.REVIEW, TOO_MANY)
        return None
    if each.ticket and _may_join(sender, each.ticket):
        add_to(each.mail, each.ticket, sender, each.reading.said)
        return None
    if machine and not sender.contact:
        settle(each.mail, State.REVIEW, machine.why)
        return None
    if machine:
        sender = Sender(name=sender.shown, email=sender.email)
    return opening_of(sender, each.reading)


def asked_of(mail: InboundMail) -> Asked:
    """Return what a reader is to be told of a mail."""
    return Asked(bytes(mail.raw), mail.envelope_from, ours.domain())


def _signs(each: Arrived) -> Signs:
    says = each.says
    is_own = ours.is_own(says.sender) or ours.sent_by_us(says.headers, says.message_id)
    return replace(each.reading.signs, is_own=is_own)


def _record_machine(each: Arrived, machine: Machine, at: datetime) -> None:
    words = machine.why
    if machine.kind == Kind.BOUNCE and each.reading.failure:
        words = f"{words} {take_back(each.reading.failure, at=at)}"
    settle(each.mail, State.REFUSED if machine.certain else State.REVIEW, words)


def sender_of(each: Arrived) -> Sender:
    """Return who wrote a mail, by its address: a contact that we know, or a stranger."""
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


def add_to(mail: InboundMail, ticket: Ticket, sender: Sender, said: Written) -> None:
    """Add a mail to a ticket, unverified where its sender is not known to be the customer."""
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
    settle(mail, State.ACCEPTED, words, message)


def opening_of(sender: Sender, reading: Reading) -> Opening:
    """Return the request that a mail makes."""
    said = reading.said
    return Opening(
        sender=sender,
        body=said.body,
        folded=said.folded,
        subject=bare_subject(reading.mail.subject),
        channel=Ticket.Channel.EMAIL,
        surface="mail",
        language=sender.contact.language if sender.contact else "en",
    )


def open_all(openings: Sequence[tuple[InboundMail, Opening]]) -> None:
    """Open the tickets of mails; each promise runs from the instant the door had the mail."""
    if not openings:
        return
    messages = tickets.open_tickets([(opening, mail.received_at) for mail, opening in openings])
    for (mail, opening), message in zip(openings, messages, strict=True):
        words = f"Opened #{message.ticket_id}" + (
            "." if opening.sender.contact else " for review."
        )
        settle(mail, State.ACCEPTED, words, message)
