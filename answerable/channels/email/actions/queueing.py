"""Queues mail to be sent. Each cause queues one mail, however often it is asked for."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from answerable.accounts.models import Agent, Contact
from answerable.channels.email import notice_words, ours, words
from answerable.channels.email.actions.copying import first_of, name_copied
from answerable.channels.email.actions.taking_back import hasten
from answerable.channels.email.actions.waking import SEND, wake
from answerable.channels.email.compose import one_line
from answerable.channels.email.core.page import Page
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.queries import answered_by
from answerable.channels.email.texts import Texts, current
from answerable.channels.email.words import Promised
from answerable.tickets import actions as tickets
from answerable.tickets.models import Message, SideMessage, Ticket, TicketEvent
from answerable.tickets.side_models import SidePerson

Kind = OutgoingMail.Kind
REVIEW = Ticket.State.REVIEW
# What goes first when much waits.
URGENCY = {
    Kind.REPLY: 0,
    Kind.NOTICE: 0,
    Kind.SIDE: 0,
    Kind.SIGN_IN_LINK: 0,
    Kind.TEST: 0,
    Kind.NOTIFICATION: 1,
    Kind.ACKNOWLEDGEMENT: 2,
}
# Two programs that answer each other are stopped here, whatever their mails look like.
MOST_ACKNOWLEDGEMENTS = 20
WITHIN = timedelta(hours=1)


def queue_reply(message: Message, *, at: datetime) -> None:
    """Queue an agent's reply or notice to whom the ticket is from.

    A ticket without an address takes it back at once, as undelivered.
    """
    ticket = message.ticket
    owner = ticket.requester.email if ticket.requester else ticket.sender_email
    address = first_of(message) or owner
    if not address:
        tickets.mark_undelivered(message, why="There is no address to send it to.", at=at)
        return
    kind = Kind.NOTICE if message.kind == Message.Kind.NOTICE else Kind.REPLY
    letter = words.reply(ticket, message, current(), answered_by(message))
    mail = _mail(kind, f"message {message.pk}", letter, at)
    mail.ticket, mail.message, mail.contact = ticket, message, ticket.requester
    mail.to, mail.to_name = address, ticket.sender_name if address == owner else ""
    if message.leaves_at:
        mail.next_try_at = message.leaves_at
    else:
        hasten(ticket, at=at)  # What was said before it goes out before it.
    if ticket.requester and address.lower() == owner.lower():
        mail.to_name = ticket.requester.name
        mail.is_quiet = kind == Kind.REPLY and not ticket.requester.mailed_replies
    name_copied(mail)
    queue([mail])


def queue_acknowledgements(
    promises: Iterable[tuple[Ticket, Promised]], *, at: datetime
) -> None:
    """Queue the mails that say what known contacts' requests were promised.

    Strangers get none, and nobody gets more than twenty an hour for mails they sent.
    """
    known = [
        (ticket, ticket.requester, promised)
        for ticket, promised in promises
        if ticket.requester and ticket.state != REVIEW
    ]
    if not known:
        return
    texts = current()
    had = _had({contact.email for ticket, contact, _ in known if _came_by_mail(ticket)}, at)
    mails = []
    for ticket, contact, promised in known:
        had[contact.email] += _came_by_mail(ticket)
        if had[contact.email] <= MOST_ACKNOWLEDGEMENTS:
            letter = words.acknowledgement(ticket, contact, promised, at, texts)
            mails.append(_acknowledgement(ticket, contact, letter, at))
    queue(mails)


def _acknowledgement(
    ticket: Ticket, contact: Contact, letter: words.Letter, at: datetime
) -> OutgoingMail:
    mail = letter_to(contact, Kind.ACKNOWLEDGEMENT, f"opened {ticket.pk}", letter, at)
    mail.ticket = ticket
    return mail


def _came_by_mail(ticket: Ticket) -> bool:
    return ticket.channel == Ticket.Channel.EMAIL


def queue_sign_in_link(contact: Contact, url: str, *, at: datetime) -> None:
    """Queue the mail with a link that signs a contact in for 15 minutes."""
    letter = words.sign_in_link(contact, url, current())
    queue([letter_to(contact, Kind.SIGN_IN_LINK, _once(), letter, at)])


def send_letter(*, to: str, subject: str, body: str, at: datetime) -> None:
    """Queue a mail of the sign-in pages to any address."""
    mail = _mail(Kind.SIGN_IN_LINK, _once(), words.written(Page(body), subject, current()), at)
    mail.to = to
    queue([mail])


def queue_letter(contact: Contact, cause: str, letter: words.Letter, *, at: datetime) -> None:
    """Queue a mail to a contact that no ticket caused; the same cause queues one."""
    queue([letter_to(contact, Kind.NOTICE, cause, letter, at)])


def queue_reminder(agent: Agent, cause: str, letter: words.Letter, *, at: datetime) -> None:
    """Queue a mail to an agent that no ticket caused; the same cause queues one."""
    mail = _mail(Kind.NOTIFICATION, cause, letter, at)
    mail.agent, mail.to, mail.to_name = agent, agent.user.email, agent.name
    queue([mail])


def queue_test(agent: Agent, letter: words.Letter, *, at: datetime) -> None:
    """Queue a mail that shows an agent how mails look."""
    mail = _mail(Kind.TEST, _once(), letter, at)
    mail.agent, mail.to, mail.to_name = agent, agent.user.email, agent.name
    queue([mail])


def queue_notifications(pairs: Iterable[tuple[int, int]], *, at: datetime) -> None:
    """Queue a mail to each agent who wants them, about a line of a ticket's log."""
    wanted = list(pairs)
    agents = Agent.objects.active().filter(notified_by_mail=True).select_related("user")
    known = {agent.pk: agent for agent in agents.filter(pk__in={a for a, _ in wanted})}
    events = TicketEvent.objects.select_related("ticket__customer", "ticket__assignee")
    told = events.in_bulk({event for _, event in wanted})
    texts = current()
    queue(
        [
            _notification(known[agent], told[event], texts, at)
            for agent, event in wanted
            if agent in known and event in told
        ]
    )


def queue_digest(agent: Agent, subject: str, body: str, footer: str, *, at: datetime) -> None:
    """Queue a mail to an agent about much that was quiet, in the language that is active."""
    letter = words.written(Page(body, footer=footer), subject, current())
    mail = _mail(Kind.NOTIFICATION, f"digest {agent.pk} {at.isoformat()}", letter, at)
    mail.agent, mail.to, mail.to_name = agent, agent.user.email, agent.name
    mail.headers = {"Auto-Submitted": "auto-generated"}
    queue([mail])


def letter_to_agent(
    event: TicketEvent, agent: Agent, letter: words.Letter, at: datetime
) -> OutgoingMail:
    """Return a mail to an agent about a line of a ticket's log, written and not queued yet."""
    mail = _mail(Kind.NOTIFICATION, f"event {event.pk} agent {agent.pk}", letter, at)
    mail.ticket, mail.agent = event.ticket, agent
    # An answer to it goes to the customer, if nobody wrote on the ticket since this event.
    answers = ours.desk_reply_address(event.ticket_id, agent.pk, event.pk)
    # Who reads of a third party must not answer the customer instead.
    if event.verb != TicketEvent.Verb.SIDE_ANSWERED:
        mail.headers = {"Reply-To": answers}
    mail.to, mail.to_name = agent.user.email, agent.name
    return mail


def _notification(agent: Agent, event: TicketEvent, texts: Texts, at: datetime) -> OutgoingMail:
    return letter_to_agent(event, agent, notice_words.told_of(event, agent, at, texts), at)


def _had(addresses: Collection[str], at: datetime) -> Counter[str]:
    """Return how many acknowledgements each address was sent in the last hour."""
    if not addresses:
        return Counter()
    sent = OutgoingMail.objects.filter(to__in=addresses, created_at__gt=at - WITHIN)
    counted = sent.filter(kind=Kind.ACKNOWLEDGEMENT).values("to").annotate(had=Count("pk"))
    return Counter(dict(counted.values_list("to", "had")))


def letter_to(
    contact: Contact, kind: Kind, cause: str, letter: words.Letter, at: datetime
) -> OutgoingMail:
    """Return a mail to a contact, written and not queued yet."""
    mail = _mail(kind, cause, letter, at)
    mail.contact, mail.to, mail.to_name = contact, contact.email, contact.name
    return mail


def letter_beside(
    message: SideMessage, person: SidePerson, letter: words.Letter, at: datetime
) -> OutgoingMail:
    """Return a mail of a side conversation to one of its people, written and not queued yet."""
    mail = _mail(Kind.SIDE, f"{message.pk} to {person.pk}", letter, at)
    mail.side, mail.to, mail.to_name = message, person.email, person.name
    return mail


def _mail(kind: Kind, cause: str, letter: words.Letter, at: datetime) -> OutgoingMail:
    return OutgoingMail(
        cause=f"{kind.value} {cause}",
        kind=kind,
        urgency=URGENCY[kind],
        subject=one_line(letter.subject, 400),
        text=letter.text,
        html=letter.html,
        next_try_at=at,
        created_at=at,
    )


def _once() -> str:
    return secrets.token_hex(8)


def queue(mails: Sequence[OutgoingMail]) -> None:
    """Queue mails that are written, each with a Message-ID of its own."""
    if not mails:
        return
    for mail in mails:
        mail.mail_id = ours.new_message_id(mail.ticket_id)
        mail.domain = mail.to.rpartition("@")[2].lower()
    with transaction.atomic(savepoint=False):
        OutgoingMail.objects.bulk_create(mails, ignore_conflicts=True)
        wake(SEND)
