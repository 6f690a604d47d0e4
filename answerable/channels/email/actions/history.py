"""Keeps imported mail as history: read, threaded and searchable, and nothing follows from it.

Who wrote to us years ago waits for nothing now. So no clock starts, nobody is answered, no
bounce takes anything back; a ticket of the past is resolved.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from answerable.channels.email import ours
from answerable.channels.email.actions.settling import note, settle, write
from answerable.channels.email.core.automatic import Kind, why_automatic
from answerable.channels.email.core.headers import parsed
from answerable.channels.email.core.kinds import signs_of
from answerable.channels.email.core.letter import written
from answerable.channels.email.core.parse import Mail, read_mail
from answerable.channels.email.core.thread import bare_subject, message_ids, referenced
from answerable.channels.email.models import InboundMail
from answerable.channels.email.queries import contacts_of, copies_among, remembered
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Past, Sender
from answerable.tickets.models import Ticket

State = InboundMail.State
Read = tuple[InboundMail, Mail]


def keep_history(mails: Sequence[InboundMail], *, at: datetime) -> None:
    """Keep held mails as history, and record what became of each. `at` is now.

    Called in a transaction that holds them; whatever is raised leaves all as they were.
    """
    read = [(mail, read_mail(bytes(mail.raw))) for mail in mails]
    for mail, says in read:
        note(mail, says)
    copies = copies_among(mails)
    kept: list[Read] = []
    for mail, says in read:
        if mail.pk in copies:
            settle(mail, State.DUPLICATE, "The same mail came before.")
        elif why := _why_not(mail, says):
            settle(mail, State.REFUSED, why)
        else:
            kept.append((mail, says))
    _remember(kept)
    write(mails, at=at)


def _why_not(mail: InboundMail, says: Mail) -> str:
    """Return why a machine's mail is not part of a conversation; empty for any other."""
    # Without a return path its sender is not known, and no mail of the past is a loop.
    sender = mail.envelope_from or "unknown"
    signs = signs_of(says, parsed(bytes(mail.raw)), envelope_from=sender)
    machine = why_automatic(signs)
    return machine.why if machine and machine.certain and machine.kind != Kind.LIST else ""


def _remember(kept: Sequence[Read]) -> None:
    answers = [referenced(says.in_reply_to, says.references) for _, says in kept]
    known = remembered({mail_id for ids in answers for mail_id in ids}, ours.mailbox())
    contacts = contacts_of(_customer(says) for _, says in kept)
    pasts: list[Past] = []
    by_id: dict[str, Past] = {}
    for (mail, says), ids in zip(kept, answers, strict=True):
        address = _customer(says)
        past = _past(mail, says, Sender(contact=contacts.get(address), email=address))
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


def _past(mail: InboundMail, says: Mail, customer: Sender) -> Past:
    said, by_us = written(says), ours.is_own(says.sender)
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
