"""Reads about mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models.functions import Lower

from answerable.accounts.models import Agent, Contact
from answerable.channels.email import ours
from answerable.channels.email.core.parse import Mail
from answerable.channels.email.core.reading import Reading
from answerable.channels.email.core.thread import desk_reply_in, referenced, reply_in
from answerable.channels.email.core.token import DeskReply
from answerable.channels.email.core.whose import Who
from answerable.channels.email.models import InboundMail, OutgoingMail
from answerable.channels.email.sides import SideReached, side_reached, side_thread_of
from answerable.tickets.access import seen_by
from answerable.tickets.belonging import was_another_customers
from answerable.tickets.models import Message, Participant, Ticket

MOST_THREADED = 12
MOST_TICKETS = 2**63
NOT_YET = (InboundMail.State.STORED, InboundMail.State.DUPLICATE)
RETRIES_END = timedelta(days=5)
HOUR = timedelta(hours=1)
MOST_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail, what it says, from which address, whose that is, and which ticket it answers.

    Whose an address is says nothing about who wrote. `desk` is what an agent's token says,
    `side` the side conversation that it answers.
    """

    mail: InboundMail
    reading: Reading
    address: str
    contact: Contact | None
    ticket: Ticket | None
    agent: Agent | None = None
    desk: DeskReply | None = None
    side: SideReached | None = None

    @property
    def says(self) -> Mail:
        """What it says, without what was made of that."""
        return self.reading.mail


def known_among(mailbox: str, digests: Iterable[str]) -> set[str]:
    """Return those digests of which a mailbox has a mail in the ledger."""
    known = InboundMail.objects.filter(digest__in=set(digests), mailbox=mailbox)
    return set(known.values_list("digest", flat=True))


def copies_among(mails: Sequence[InboundMail]) -> set[int]:
    """Return the numbers of those mails that came before, or stand twice among these.

    A copy has the same mailbox, Message-ID and content. Without a Message-ID it must come from
    the same sender while servers still try (RFC 5321, 4.5.4.1); after that it is a new mail
    that says the same.
    """
    handled = InboundMail.objects.filter(digest__in={mail.digest for mail in mails})
    known = list(handled.exclude(state__in=NOT_YET).defer("raw"))
    copies = set()
    for mail in mails:
        if any(_is_copy(mail, other) for other in known):
            copies.add(mail.pk)
        else:
            known.append(mail)
    return copies


def _is_copy(mail: InboundMail, other: InboundMail) -> bool:
    if (mail.digest, mail.mail_id, mail.mailbox) != (
        other.digest,
        other.mail_id,
        other.mailbox,
    ):
        return False
    if mail.mail_id:
        return True
    retried = abs(mail.received_at - other.received_at) < RETRIES_END
    return retried and mail.envelope_from == other.envelope_from


def arrived(read: Sequence[tuple[InboundMail, Reading]]) -> list[Arrived]:
    """Return mails with who wrote them and which tickets they answer."""
    addresses = [reading.mail.sender or mail.envelope_from.lower() for mail, reading in read]
    contacts, agents = contacts_of(addresses), agents_of(addresses)
    tickets = _tickets_of([(mail, reading.mail) for mail, reading in read])
    return [
        Arrived(
            mail,
            reading,
            address,
            contacts.get(address),
            ticket,
            agents.get(address),
            _desk_reply(mail, reading.mail),
            side_reached(mail, reading.mail),
        )
        for (mail, reading), address, ticket in zip(read, addresses, tickets, strict=True)
    ]


def _desk_reply(mail: InboundMail, says: Mail) -> DeskReply | None:
    reply = desk_reply_in((*mail.envelope_to, *says.to), ours.mailbox(), ours.token_keys())
    fits = reply and max(reply.ticket, reply.agent, reply.seen) < MOST_TICKETS
    return reply if fits else None


def agents_of(addresses: Iterable[str]) -> dict[str, Agent]:
    """Return the agents who write from these addresses; who may not sign in is nobody."""
    wanted = {address for address in addresses if address}
    found = Agent.objects.active().filter(user__email__in=wanted).select_related("user")
    return {agent.user.email: agent for agent in found} if wanted else {}


def contacts_of(addresses: Iterable[str]) -> dict[str, Contact]:
    """Return the contacts who write from these addresses; who left is nobody."""
    wanted = {address for address in addresses if address}
    if not wanted:
        return {}
    # The index is on the address in lower case.
    found = Contact.objects.annotate(low=Lower("email")).filter(low__in=wanted, left_at=None)
    return {contact.email.lower(): contact for contact in found.select_related("customer")}


def _tickets_of(read: Sequence[tuple[InboundMail, Mail]]) -> list[Ticket | None]:
    """Return what each answers: by a signed token first, else by a mail that we sent."""
    box, keys = ours.mailbox(), ours.token_keys()
    replies = [reply_in((*mail.envelope_to, *says.to), box, keys) for mail, says in read]
    references = [referenced(says.in_reply_to, says.references) for _, says in read]
    numbers = {reply.ticket for reply in replies if reply and reply.ticket < MOST_TICKETS}
    by_token = Ticket.objects.in_bulk(numbers) if numbers else {}
    by_id = _answered({ref for refs in references for ref in refs})
    found: list[Ticket | None] = []
    for reply, refs in zip(replies, references, strict=True):
        proven = by_token.get(reply.ticket) if reply else None
        found.append(proven or next((by_id[ref] for ref in refs if ref in by_id), None))
    return found


def _answered(references: set[str]) -> dict[str, Ticket]:
    if not references:
        return {}
    kinds = OutgoingMail.Kind
    sent = OutgoingMail.objects.filter(
        mail_id__in=references,
        ticket__isnull=False,
        kind__in=[kinds.REPLY, kinds.NOTICE, kinds.ACKNOWLEDGEMENT],
    )
    return {mail.mail_id: mail.ticket for mail in sent.select_related("ticket") if mail.ticket}


def remembered(mail_ids: set[str], mailbox: str) -> dict[str, Ticket]:
    """Return the tickets of imported mails by their Message-IDs.

    For mail of the past alone: anybody can write an id that stands in somebody else's mail.
    """
    found = InboundMail.objects.imported().filter(
        mail_id__in=mail_ids - {""}, mailbox=mailbox, ticket__isnull=False
    )
    mails = found.defer("raw").select_related("ticket").order_by("-pk")
    return {mail.mail_id: mail.ticket for mail in mails if mail.ticket}


def who_on(ticket: Ticket, contact: Contact | None, address: str) -> Who:
    """Return whom an address belongs to, as seen from a ticket.

    From a private one, colleagues who do not see it are strangers.
    """
    if contact and contact.customer_id != ticket.customer_id:
        return Who.OTHER
    if contact and ticket.is_private and not seen_by(contact).filter(pk=ticket.pk).exists():
        return Who.STRANGER
    if contact:
        return Who.CONTACT
    if ticket.requester_id is None and address and address == ticket.sender_email.lower():
        return Who.ASKER
    if Participant.objects.kept().filter(ticket=ticket, address=address).exists():
        return Who.COPIED
    return Who.BEFORE if was_another_customers(ticket) else Who.STRANGER


def has_too_many(ticket: Ticket, at: datetime) -> bool:
    """Say whether more mails came to a ticket within the last hour than people write."""
    lately = InboundMail.objects.filter(
        ticket=ticket, state=InboundMail.State.ACCEPTED, received_at__range=(at - HOUR, at)
    )
    return len(lately.values_list("pk")[:MOST_AN_HOUR]) >= MOST_AN_HOUR


def thread_of(mail: OutgoingMail) -> list[str]:
    """Return the Message-IDs of a mail's conversation before it, oldest first.

    The last is what it answers: the newest mail of the customer, else our own before it.
    """
    if mail.side:
        return side_thread_of(mail, mail.side)
    if mail.ticket_id is None or mail.kind == OutgoingMail.Kind.NOTIFICATION:
        return []
    theirs = InboundMail.objects.filter(
        ticket=mail.ticket_id, received_at__lte=mail.created_at, state="accepted"
    ).exclude(mail_id="")
    heard = list(
        theirs.order_by("-received_at").values_list("received_at", "mail_id")[:MOST_THREADED]
    )
    sent = OutgoingMail.objects.filter(ticket=mail.ticket_id, pk__lt=mail.pk)
    # What others got in copy is no part of what the customer has.
    said = list(
        sent.exclude(kind=OutgoingMail.Kind.NOTIFICATION)
        .exclude(kind=OutgoingMail.Kind.REPLY, message=None)
        .order_by("-pk")
        .values_list("created_at", "mail_id")[:MOST_THREADED]
    )
    ordered = [number for _, number in sorted([*heard, *said])]
    if heard:
        newest = heard[0][1]
        ordered = [number for number in ordered if number != newest] + [newest]
    return ordered


def answered_by(message: Message) -> Message | None:
    """Return what a reply answers: the customer's newest message that is surely theirs."""
    theirs = Message.objects.filter(
        ticket=message.ticket_id, kind=Message.Kind.MESSAGE, verified=True, pk__lt=message.pk
    )
    return theirs.select_related("contact").order_by("-pk").first()
