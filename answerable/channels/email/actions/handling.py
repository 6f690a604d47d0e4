"""What becomes of mails: tickets, messages on tickets, or lines in the ledger that say why.

In this order: a copy of an earlier mail; a machine's mail; an agent's; a reply to a ticket; a
new request. A token or a reference proves the ticket and never the sender: who writes under a
name that is not the customer's, or that is not proven, is added as unverified, and gains no
rights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from answerable.channels.email import ours
from answerable.channels.email.actions.answering import from_agent
from answerable.channels.email.actions.attaching import keep_parts
from answerable.channels.email.actions.bouncing import take_back
from answerable.channels.email.actions.copying import note_copied
from answerable.channels.email.actions.forwarding import by_contact
from answerable.channels.email.actions.opening import Wanted, open_all, opening
from answerable.channels.email.actions.proving import proof_of, read_proofs
from answerable.channels.email.actions.settling import note, settle, write
from answerable.channels.email.actions.siding import answer_side
from answerable.channels.email.checking import demand
from answerable.channels.email.core.automatic import Kind, Machine, Signs, why_automatic
from answerable.channels.email.core.reading import Asked
from answerable.channels.email.core.whose import Doubt, Place, Who, place_of
from answerable.channels.email.models import InboundMail
from answerable.channels.email.queries import (
    Arrived,
    arrived,
    copies_among,
    has_too_many,
    who_on,
)
from answerable.channels.email.raws import raw_of
from answerable.channels.email.readers import readers
from answerable.channels.email.said import said_in
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Sender
from answerable.tickets.belonging import was_another_customers
from answerable.tickets.models import Message, Ticket

State = InboundMail.State
TOO_MANY = "More than sixty mails came to its ticket within an hour, as when programs talk."
# Why it is not sure who wrote, as the ledger says it.
WHY = {
    Doubt.STRANGER: "its sender is not known to be the customer",
    Doubt.COPIED: "its sender is in copy, and not of this customer",
    Doubt.REFUTED: "its sender's domain says that it is not theirs",
    Doubt.UNSURE: "its sender's domain could not be asked",
    Doubt.UNPROVEN: "nothing shows that its sender's domain sent it",
    Doubt.NOBODY: "it names no sender, or several",
    Doubt.FORWARDED: "only who forwarded it says who wrote it",
}


def handle_all(mails: Sequence[InboundMail], *, at: datetime) -> None:
    """Do what held mails ask for, and record what became of each. `at` is now.

    Called in a transaction that holds them; whatever is raised leaves all as they were.
    """
    read = list(zip(mails, readers.read([asked_of(mail) for mail in mails]), strict=True))
    read_proofs(mails)
    for mail, reading in read:
        note(mail, reading.mail)
    copies = copies_among(mails)
    wanted: list[Wanted] = []
    for each in arrived([(mail, reading) for mail, reading in read if mail.pk not in copies]):
        opens = _handle(each, at)
        if opens:
            wanted.append(opens)
    for mail in mails:
        if mail.pk in copies:
            settle(mail, State.DUPLICATE, "The same mail came before.")
    for opened, message in zip(wanted, open_all(wanted, at=at), strict=True):
        settle(opened.each.mail, State.ACCEPTED, opened_words(opened, message), message)
    keep_parts([(mail.message, reading.mail) for mail, reading in read], at=at)
    write(mails, at=at)


def _handle(each: Arrived, at: datetime) -> Wanted | None:
    """Do what one mail asks for; return what it opens, for all are opened together."""
    machine = why_automatic(_signs(each))
    if machine and machine.kind != Kind.LIST:
        _record_machine(each, machine, at)
        return None
    if each.side:
        answer_side(each, each.side, at=at)
        return None
    if (each.agent or each.desk) and not machine:
        taken = from_agent(each, at=at)
        if taken is not None:
            return taken.opens
    if each.ticket and has_too_many(each.ticket, each.mail.received_at):
        settle(each.mail, State.REVIEW, TOO_MANY)
        return None
    place = place_on(each.ticket, each)
    if each.ticket and place.joins:
        add_to(each.ticket, each, place)
        return None
    return _opens(each, machine, place)


def _opens(each: Arrived, machine: Machine | None, place: Place) -> Wanted | None:
    """Return the ticket that a mail opens. A list's mail waits for a person to look at it."""
    if machine and not each.contact:
        settle(each.mail, State.REVIEW, machine.why)
        return None
    if not machine and not place.doubt and (passed := by_contact(each)):
        return passed
    return opened_by(each, place, is_known=machine is None)


def opened_by(each: Arrived, place: Place, *, is_known: bool) -> Wanted:
    """Return the ticket of whoever wrote a mail: a contact's, unless there is a doubt."""
    sender = replace(_sender(each), doubt=place.doubt.value)
    if place.doubt or not is_known:
        sender = replace(sender, contact=None)
    return Wanted(each, opening(sender, each))


def asked_of(mail: InboundMail) -> Asked:
    """Return what a reader is to be told of a mail."""
    return Asked(raw_of(mail), mail.envelope_from, ours.domain())


def _signs(each: Arrived) -> Signs:
    says = each.says
    is_own = ours.is_own(says.sender) or ours.sent_by_us(says.headers, says.message_id)
    return replace(each.reading.signs, is_own=is_own)


def _record_machine(each: Arrived, machine: Machine, at: datetime) -> None:
    words = machine.why
    if machine.kind == Kind.BOUNCE and each.reading.failure:
        words = f"{words} {take_back(each.reading.failure, at=at)}"
    settle(each.mail, State.REFUSED if machine.certain else State.REVIEW, words)


def _sender(each: Arrived) -> Sender:
    name = each.says.sender_name or each.address or "(no sender)"
    if each.contact:
        name = each.contact.name
    email = each.address if "@" in each.address else ""
    return Sender(contact=each.contact, name=name, email=email)


def place_on(ticket: Ticket | None, each: Arrived) -> Place:
    """Return where a mail goes that answers a ticket, or none."""
    proof = proof_of(each.mail, each.address)
    who = who_on(ticket, each.contact, each.address) if ticket else Who.STRANGER
    return place_of(who, proof, demand(), has_ticket=ticket is not None)


def add_to(ticket: Ticket, each: Arrived, place: Place) -> None:
    """Add a mail to a ticket, unverified where there is a doubt about who wrote it."""
    sender = replace(_sender(each), doubt=place.doubt.value)
    if place.doubt:
        name = each.says.sender_name or each.address or "(no sender)"
        sender = Sender(
            name=f"{name} <{sender.email}>" if sender.email else name, doubt=place.doubt.value
        )
    said = said_in(each.reading)
    message = tickets.add_message(
        ticket, sender=sender, body=said.body, folded=said.folded, at=each.mail.received_at
    )
    if not place.doubt and _may_copy(message.ticket, each):
        note_copied(message.ticket, each.says, at=each.mail.received_at)
    added = message.ticket_id
    words = f"Added to #{added}" if added == ticket.pk else f"#{ticket.pk} goes on in #{added}"
    words += f", unverified: {WHY[place.doubt]}." if place.doubt else "."
    settle(each.mail, State.ACCEPTED, words, message)


def _may_copy(ticket: Ticket, each: Arrived) -> bool:
    """Say whether whoever stands in Cc is noted: on a private ticket only by its requester."""
    is_requester = each.contact is not None and each.contact.pk == ticket.requester_id
    return is_requester or not ticket.is_private


def opened_words(wanted: Wanted, message: Message) -> str:
    """Return what the ledger says of a mail that opened a ticket."""
    sender, ticket = wanted.opening.sender, message.ticket_id
    words = f"Opened #{ticket}" if sender.contact else f"Opened #{ticket} for review"
    if sender.forwarded_by:
        return f"{words}, forwarded by {sender.forwarded_by}."
    known = wanted.each.contact and sender.doubt
    answered = wanted.each.ticket
    if answered and not wanted.each.contact and was_another_customers(answered):
        return f"{words}: #{answered.pk} is another customer's now, who does not see it."
    return f"{words}: {WHY[Doubt(sender.doubt)]}." if known else f"{words}."
