"""Notes who stands in copy, and sends them what is answered.

A copy is a mail of its own, and leaves once a server has the reply itself: it counts for no
promise, and one that does not arrive takes nothing back from the customer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from itertools import accumulate

from answerable.channels.email import ours
from answerable.channels.email.core.parse import Mail
from answerable.channels.email.core.people import copied_by
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.queries import agents_of
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Copied
from answerable.tickets.models import Message, Participant, Ticket, TicketEvent

LONGEST_LIST = 800
SPOKEN = (OutgoingMail.Kind.REPLY, OutgoingMail.Kind.NOTICE)


def note_copied(ticket: Ticket, says: Mail, *, at: datetime) -> None:
    """Note who stood in To and Cc beside us. Agents have the desk."""
    people = copied_by(says, ours.is_own)
    agents = agents_of(person.address for person in people) if people else {}
    copied = [
        Copied(person.name, person.address) for person in people if person.address not in agents
    ]
    if copied:
        tickets.add_participants(ticket, copied, at=at)


def name_copied(mail: OutgoingMail) -> None:
    """Name in a reply, which is not queued yet, those who will get a copy of it."""
    kept = _kept(mail)
    if kept:
        mail.headers = {**mail.headers, "Cc": _list(_addresses(kept))}


def copies_of(mail: OutgoingMail, *, at: datetime) -> list[OutgoingMail]:
    """Return the copies of a reply that a server has accepted, not queued yet.

    Each names the others in Cc, so that everybody sees who reads along.
    """
    kept = _kept(mail) if mail.kind in SPOKEN else []
    return [_copy(mail, one, [p for p in kept if p != one], at) for one in kept]


def first_of(message: Message) -> str:
    """Return the first address that the writer of a reply chose; "" where they chose none."""
    return next(iter(_chosen(message)), "")


def _chosen(message: Message | None) -> list[str]:
    """Return to whom the writer of a reply sends it, where not to those who usually get it."""
    sent = message.events.filter(verb=TicketEvent.Verb.ANSWERED).first() if message else None
    return [*sent.data.get("to", []), *sent.data.get("cc", [])] if sent else []


def _kept(mail: OutgoingMail) -> list[Participant]:
    """Return who gets a copy; somebody whom a writer chose for one reply is no participant."""
    if mail.ticket_id is None:
        return []
    if chosen := _chosen(mail.message):
        others = [address for address in chosen if address != mail.to.lower()]
        theirs = Participant.objects.filter(ticket=mail.ticket_id, address__in=others)
        known = {one.address: one for one in theirs.select_related("contact")}
        return [known.get(a) or Participant(address=a) for a in others]
    kept = (
        Participant.objects.kept()
        .filter(ticket=mail.ticket_id)
        .exclude(address=mail.to.lower())
    )
    return list(kept.select_related("contact").order_by("pk"))


def _copy(
    mail: OutgoingMail, to: Participant, others: Sequence[Participant], at: datetime
) -> OutgoingMail:
    return OutgoingMail(
        cause=f"copy of {mail.pk} to {to.pk or sha256(to.address.encode()).hexdigest()[:32]}",
        kind=mail.kind,
        urgency=mail.urgency,
        ticket=mail.ticket,
        contact=to.contact,
        to=to.address,
        to_name=to.shown,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        headers={**mail.headers, "Cc": _list([mail.to, *_addresses(others)])},
        next_try_at=at,
        created_at=at,
    )


def _addresses(participants: Sequence[Participant]) -> list[str]:
    return [one.address for one in participants]


def _list(addresses: Sequence[str]) -> str:
    """Return as many addresses as a header should have, each whole."""
    ends = accumulate(len(address) + 2 for address in addresses)
    return ", ".join(a for a, end in zip(addresses, ends, strict=True) if end <= LONGEST_LIST)
