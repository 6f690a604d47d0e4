"""Thousands of people in chats, made in an installation that has the cast."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import now

from answerable.accounts.models import Agent, Contact, Customer, WidgetKey, WidgetSession
from answerable.accounts.tokens import digest_of
from answerable.channels.chat.actions import begin_chat, take_chat
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.entitlements.models import Contract, Designation
from answerable.tickets.actions import Opening, Sender
from answerable.tickets.models import Message, Ticket
from bench import writing

CHAT = Ticket.Channel.CHAT
YEAR, HOUR = timedelta(days=365), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Talk:
    """A chat: its key, what its customer's page shows as its token, and its agent's cookies;
    none where nobody has come yet."""

    chat: int
    key: str
    bearer: str
    cookies: str


def talks(active: int, waiting: int, agents: int) -> list[Talk]:
    """Return so many chats with an agent each, and so many that wait."""
    contacts = _contacts(active + waiting)
    bearers = _sessions(contacts)
    cookies = writing.agents(agents)
    taken = [
        _taken(contact, bearer, agent, cookie)
        for contact, bearer, agent, cookie in zip(
            contacts[:active], bearers, _agents(active, agents), _again(cookies), strict=False
        )
    ]
    return [*taken, *_waiting(contacts[active:], bearers[active:])]


def said(chats: list[int]) -> dict[int, list[tuple[int, str]]]:
    """Return what is stored of chats: the numbers and texts of what was said, in order."""
    rows = ChatEntry.objects.filter(chat__in=chats, message__isnull=False).order_by("seq")
    found: dict[int, list[tuple[int, str]]] = {chat: [] for chat in chats}
    for chat, seq, body in rows.values_list("chat_id", "seq", "message__body"):
        found[chat].append((seq, body))
    return found


def _contacts(count: int) -> list[Contact]:
    customer = Customer.objects.get(name__startswith="Nordwind")
    contract = Contract.objects.filter(customer=customer).earliest("pk")
    contacts = Contact.objects.bulk_create(
        Contact(
            customer=customer,
            name=f"Visitor {number}",
            email=f"visitor{number}@nordwind.example",
            product_role="super_admin",
            seat="paid",
            zone="Europe/Berlin",
            language="en",
            created_at=now() - YEAR,
        )
        for number in range(count)
    )
    Designation.objects.bulk_create(
        Designation(contract=contract, contact=contact, valid_from=now() - YEAR)
        for contact in contacts
    )
    return contacts


def _sessions(contacts: list[Contact]) -> list[str]:
    """Open a session of the widget for each, and return what they show as their token."""
    algorithm, began = WidgetKey.Algorithm.EDDSA, now() - YEAR
    key = WidgetKey.objects.create(
        kid="bench",
        name="Bench",
        algorithm=algorithm,
        public="-",
        made_at=began,
        began_at=began,
    )
    bearers = [secrets.token_urlsafe(16) for _ in contacts]
    WidgetSession.objects.bulk_create(
        WidgetSession(
            contact=contact,
            key=key,
            token_id=digest_of(bearer)[:60],
            digest=digest_of(bearer),
            made_at=now(),
            expires_at=now() + HOUR,
        )
        for contact, bearer in zip(contacts, bearers, strict=True)
    )
    return bearers


def _agents(count: int, agents: int) -> list[Agent]:
    found = list(Agent.objects.order_by("pk")[:agents])
    return [found[number % len(found)] for number in range(count)]


def _again(cookies: list[str]) -> Iterator[str]:
    while True:
        yield from cookies


def _taken(contact: Contact, bearer: str, agent: Agent, cookies: str) -> Talk:
    sender = Sender(contact=contact, channel=CHAT)
    opening = Opening(sender=sender, body="Exports fail", channel=CHAT)
    chat = begin_chat(opening, contact=contact, at=now())
    take_chat(chat, agent=agent, at=now())
    return Talk(chat.pk, chat.key, bearer, cookies)


def _asked(contacts: list[Contact], at: datetime) -> list[Message]:
    """Make the ticket of each, with its first message."""
    tickets = Ticket.objects.bulk_create(
        Ticket(
            customer=contact.customer,
            requester=contact,
            sender_name=contact.name,
            sender_email=contact.email,
            subject="Exports fail",
            channel=CHAT,
            created_at=at,
            last_at=at,
        )
        for contact in contacts
    )
    return Message.objects.bulk_create(
        Message(
            ticket=ticket, kind="message", contact=ticket.requester, body="Hello", written_at=at
        )
        for ticket in tickets
    )


def _waiting(contacts: list[Contact], bearers: list[str]) -> list[Talk]:
    """Let the others wait, without what else the house does for each of them."""
    at = now()
    messages = _asked(contacts, at)
    chats = Chat.objects.bulk_create(
        Chat(
            key=secrets.token_urlsafe(16),
            ticket=message.ticket,
            contact=contact,
            asked_at=at,
            turn_since=at,
            last_seq=1,
        )
        for message, contact in zip(messages, contacts, strict=True)
    )
    ChatEntry.objects.bulk_create(
        ChatEntry(
            chat=chat, seq=1, kind="said", contact_id=chat.contact_id, message=message, at=at
        )
        for chat, message in zip(chats, messages, strict=True)
    )
    pairs = zip(chats, bearers, strict=True)
    return [Talk(chat.pk, chat.key, bearer, "") for chat, bearer in pairs]
