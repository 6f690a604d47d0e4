"""Keeps imported mail as history: read, threaded and searchable, and nothing follows from it.

Who wrote to us years ago waits for nothing now. So no clock starts, nobody is answered, no
bounce takes anything back; a ticket of the past is resolved.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from answerable.channels.email import ours
from answerable.channels.email.actions.attaching import keep_parts
from answerable.channels.email.actions.settling import note, settle, write
from answerable.channels.email.core.automatic import Kind, why_automatic
from answerable.channels.email.core.parse import Mail
from answerable.channels.email.core.reading import Asked, Reading
from answerable.channels.email.core.thread import bare_subject, message_ids, referenced
from answerable.channels.email.models import InboundMail
from answerable.channels.email.queries import contacts_of, copies_among, remembered
from answerable.channels.email.raws import raw_of
from answerable.channels.email.readers import readers
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Past, Sender
from answerable.tickets.models import Ticket

State = InboundMail.State
Read = tuple[InboundMail, Reading]


def keep_history(mails: Sequence[InboundMail], *, at: datetime) -> None:
    """Keep held mails as history, and record what became of each. `at` is now.

    Called in a transaction that holds them; whatever is raised leaves all as they were.
    """
    read = list(zip(mails, readers.read([_asked(mail) for mail in mails]), strict=True))
    for mail, reading in read:
        note(mail, reading.mail)
    copies = copies_among(mails)
    kept: list[Read] = []
    for mail, reading in read:
        if mail.pk in copies:
            settle(mail, State.DUPLICATE, "The same mail came before.")
        elif why := _why_not(reading):
            settle(mail, State.REFUSED, why)
        else:
            kept.append((mail, reading))
    _remember(kept)
    keep_parts([(mail.message, reading.mail) for mail, reading in kept], at=at)
    write(mails, at=at)


def _asked(mail: InboundMail) -> Asked:
    """Return what a reader is to be told: no mail of the past is a loop, whoever sent it."""
    return Asked(raw_of(mail), mail.envelope_from or "unknown", ours.domain())


def _why_not(reading: Reading) -> str:
    """Return why a machine's mail is not part of a conversation; empty for any other."""
    machine = why_automatic(reading.signs)
    is_kept = {Kind.LIST, Kind.OWN}
    return machine.why if machine and machine.certain and machine.kind not in is_kept else ""


def _remember(kept: Sequence[Read]) -> None:
    answers = [
        referenced(says.in_reply_to, says.references)
        for says in (reading.mail for _, reading in kept)
    ]
    known = remembered({mail_id for ids in answers for mail_id in ids}, ours.mailbox())
    contacts = contacts_of(_customer(reading.mail) for _, reading in kept)
    pasts: list[Past] = []
    by_id: dict[str, Past] = {}
    for (mail, reading), ids in zip(kept, answers, strict=True):
        address = _customer(reading.mail)
        past = _past(mail, reading, Sender(contact=contacts.get(address), email=address))
        past.after = next((by_id[one] for one in ids if one in by_id), None)
        past.ticket = None if past.after else _known(ids, known)
        pasts.append(past)
        for mail_id in message_ids(mail.mail_id):
            by_id.setdefault(mail_id, past)
    for (mail, _), message in zip(kept, tickets.remember(pasts), strict=True):
        settle(mail, State.ACCEPTED, f"Kept as history in #{message.ticket_id}.", message)


def _known(ids: Sequence[str], known: dict[str, Ticket]) -> Ticket | None:
    return next((known[one] for one in ids if one in known), None)


def _customer(says: Mail) -> str:
    """Return the address of whose conversation it is: who wrote to us, or to whom we wrote."""
    if not ours.is_own(says.sender):
        return says.sender
    return next((to.lower() for to in says.to if not ours.is_own(to)), says.sender)


def _past(mail: InboundMail, reading: Reading, customer: Sender) -> Past:
    says, said = reading.mail, reading.said
    by_us = ours.is_own(says.sender)
    name = says.sender_name or says.sender or "(no sender)"
    if not customer.contact and not by_us:
        customer = Sender(name=name, email=customer.email)
    return Past(
        customer=customer,
        by_us=name if by_us else "",
        subject=bare_subject(says.subject),
        body=said.body,
        folded=said.folded,
        at=mail.received_at,
    )
