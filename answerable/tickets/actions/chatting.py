"""Writes what is said in a chat on its ticket: quick lines, of which those that change the
turn are told to the house."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.lib.ready import run
from answerable.live.events import Changed, publish
from answerable.tickets.actions.held import LONGEST, checked, hold, touch
from answerable.tickets.events import Verb, changes, react, record
from answerable.tickets.models import Message, Ticket, TicketEvent
from answerable.tickets.promised import guaranteed_by
from answerable.tickets.text import first_line

# Written at once: hundreds of lines may come in a second.
WRITE = """
WITH message AS (
    INSERT INTO tickets_message (ticket_id, kind, agent_id, contact_id, sender, body, folded,
        verified, forwarded_by, written_at, delivered_at)
    VALUES (%(ticket)s, %(kind)s, %(agent)s, %(contact)s, %(sender)s, %(body)s, '', true, '',
        %(at)s, %(delivered_at)s)
    RETURNING id
), logged AS (
    INSERT INTO tickets_ticketevent
        (ticket_id, verb, agent_id, contact_id, message_id, at, data)
    SELECT %(ticket)s, verb, %(agent)s, %(contact)s, message.id, %(at)s, %(data)s::jsonb
    FROM message, unnest(%(verbs)s::text[]) WITH ORDINALITY AS said (verb, place) ORDER BY place
    RETURNING id
), touched AS (
    UPDATE tickets_ticket SET last_at = %(at)s, last_line = %(line)s,
        state = coalesce(%(state)s, state) WHERE id = %(ticket)s
)
SELECT message.id, (SELECT array_agg(id ORDER BY id) FROM logged) FROM message
"""
DATA = {"by": "chat"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatLine:
    """A line of a chat: exactly one of agent and contact says it. `turns`: it answers the
    other side, so that clocks and the queue must know of it."""

    body: str
    agent: Agent | None
    contact: Contact | None
    turns: bool

    @property
    def verbs(self) -> list[Verb]:
        """What it is in the log: an answer has arrived when it is stored."""
        if self.agent is None:
            return [Verb.WROTE]
        return [Verb.ANSWERED, Verb.DELIVERED] if self.turns else [Verb.ANSWERED]


def chat_line(ticket: int, line: ChatLine, *, at: datetime) -> Message:
    """Keep a line of a chat as a message of a ticket, and return it.

    Called in the transaction that writes the chat's entry, whose row is held. A line that does
    not change the turn is in the log, and nobody reacts. Raises Empty or TooLong.
    """
    body = checked(line.body, LONGEST)
    if not line.turns:
        message, _ = _write(Ticket(pk=ticket), line, body, at)
        publish(Changed(f"ticket-{ticket}"))
        return message
    held = hold(Ticket(pk=ticket))
    if line.contact and line.contact.pk == held.requester_id:
        held.requester = line.contact  # Who asks what they are promised need not fetch them.
    held.state = Ticket.State.WAITING if line.agent else Ticket.State.OPEN
    held.last_at, held.last_line = at, first_line(body)[:200]
    message, numbers = _write(held, line, body, at)
    events = [
        TicketEvent(
            pk=number,
            ticket=held,
            verb=verb,
            agent=line.agent,
            contact=line.contact,
            message=message,
            at=at,
            data=DATA,
        )
        for number, verb in zip(numbers, line.verbs, strict=True)
    ]
    publish(*changes(*events))
    react(*events)
    return message


def _write(
    ticket: Ticket, line: ChatLine, body: str, at: datetime
) -> tuple[Message, Sequence[int]]:
    """Write a line as a message and into the log; return it, and the numbers of its lines."""
    message = Message(
        ticket=ticket,
        kind=Message.Kind.REPLY if line.agent else Message.Kind.MESSAGE,
        agent=line.agent,
        contact=line.contact,
        sender=line.contact.name if line.contact else "",
        body=body,
        written_at=at,
        delivered_at=at if line.agent else None,
    )
    values: dict[str, Any] = {
        "ticket": ticket.pk,
        "kind": message.kind,
        "agent": message.agent_id,
        "contact": message.contact_id,
        "sender": message.sender,
        "body": body,
        "at": at,
        "delivered_at": message.delivered_at,
        "verbs": [verb.value for verb in line.verbs],
        "data": json.dumps(DATA),
        "line": first_line(body)[:200],
        "state": ticket.state if line.turns else None,
    }
    ((message.pk, numbers),) = run(WRITE, values)
    return message, numbers


@transaction.atomic
def move_to_mail(ticket: Ticket, *, why: str, is_new: bool, at: datetime) -> datetime | None:
    """Let the conversation of a chat go on by mail; return by when a reply is guaranteed.

    `is_new`: nobody came, so that it counts as sent by the form from the beginning, and what
    that is promised from its first message on. Else None is returned: clocks run on.
    """
    ticket = hold(ticket)
    data: dict[str, object] = {"why": why}
    if is_new:
        data["from"], ticket.channel = ticket.channel, Ticket.Channel.FORM
        ticket.save(update_fields=["channel"])
    record(TicketEvent(ticket=ticket, verb=Verb.CHAT_MOVED, at=at, data=data))
    return guaranteed_by(ticket) if is_new else None


def write_line_anew(message: Message, body: str) -> None:
    """Let a line of a chat read otherwise; a request that took its subject from it is called
    by its new words. Raises Empty or TooLong."""
    before, message.body = message.body, checked(body, LONGEST)
    message.save(update_fields=["body"])
    _name_anew(message, before)
    _show(message)


def take_back_line(message: Message) -> None:
    """Take a line of a chat back: nobody reads it any more, nor has its files."""
    message.attachments.all().delete()
    message.kind, message.body = Message.Kind.TAKEN_BACK, ""
    message.save(update_fields=["kind", "body"])
    _show(message)


def _name_anew(message: Message, before: str) -> None:
    ticket = hold(message.ticket)
    is_first = not ticket.messages.filter(pk__lt=message.pk).exists()
    named, name = first_line(before)[:200], first_line(message.body)[:200]
    if is_first and ticket.subject == named != name:
        ticket.subject = name
        ticket.save(update_fields=["subject"])
        publish(Changed("queue-all"), Changed(f"requests-{ticket.requester_id}"))


def _show(message: Message) -> None:
    """Let pages of the ticket, and its lines in lists, say what its newest message says."""
    ticket = hold(message.ticket)
    newest = ticket.messages.filter(kind__in=Message.PUBLIC).order_by("-pk").first()
    touch(ticket, newest.body if newest else "", ticket.last_at)
    publish(Changed(f"ticket-{ticket.pk}"), Changed(f"request-{ticket.pk}"))
