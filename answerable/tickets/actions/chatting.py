"""Writes what is said in a chat on its ticket: quick lines, of which those that change the
turn are told to the house."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.live.events import Changed, publish
from answerable.tickets.actions.held import LONGEST, checked, hold, touch
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Message, Ticket, TicketEvent

PROMISING = (Verb.CLOCK_STARTED, Verb.CLOCK_RETARGETED)


@transaction.atomic
def chat_line(
    ticket: Ticket,
    *,
    body: str,
    agent: Agent | None,
    contact: Contact | None,
    turns: bool,
    at: datetime,
) -> Message:
    """Keep a line of a chat as a message, and return it; it has arrived when it is stored.

    `turns`: it answers the other side, so that clocks and the queue must know of it. Others
    are in the log, and nobody reacts. Raises Empty or TooLong.
    """
    ticket = hold(ticket)
    body = checked(body, LONGEST)
    message = ticket.messages.create(
        kind=Message.Kind.REPLY if agent else Message.Kind.MESSAGE,
        agent=agent,
        contact=contact,
        sender=contact.name if contact else "",
        body=body,
        written_at=at,
        delivered_at=at if agent else None,
    )
    if turns:
        ticket.state = Ticket.State.WAITING if agent else Ticket.State.OPEN
    touch(ticket, body, at)
    _log(message, turns=turns)
    return message


def _log(message: Message, *, turns: bool) -> None:
    verbs = [Verb.ANSWERED, Verb.DELIVERED] if message.agent_id else [Verb.WROTE]
    events = [
        TicketEvent(
            ticket=message.ticket,
            verb=verb,
            agent=message.agent,
            contact=message.contact,
            message=message,
            at=message.written_at,
            data={"by": "chat"},
        )
        for verb in verbs
    ]
    if turns:
        record(*events)
        return
    TicketEvent.objects.bulk_create(events[:1])
    publish(Changed(f"ticket-{message.ticket_id}"))


@transaction.atomic
def move_to_mail(ticket: Ticket, *, why: str, is_new: bool, at: datetime) -> datetime | None:
    """Let the conversation of a chat go on by mail; return by when a reply is guaranteed.

    `is_new`: nobody came, so that it is as if it had been sent by the form from the beginning: what
    that is promised counts from its first message. Else None is returned: clocks run on.
    """
    ticket = hold(ticket)
    data: dict[str, object] = {"why": why}
    if is_new:
        data["from"], ticket.channel = ticket.channel, Ticket.Channel.FORM
        ticket.save(update_fields=["channel"])
    record(TicketEvent(ticket=ticket, verb=Verb.CHAT_MOVED, at=at, data=data))
    return _guaranteed_by(ticket) if is_new else None


def _guaranteed_by(ticket: Ticket) -> datetime | None:
    """Return by when a first reply is guaranteed, as the log has it; None for no guarantee."""
    lines = ticket.events.filter(verb__in=PROMISING, data__metric="first_response")
    newest = lines.order_by("-pk").first()
    if newest is None or newest.data.get("kind") != "guarantee":
        return None
    due_at = newest.data.get("due_at")
    return datetime.fromisoformat(due_at) if due_at else None


def write_line_anew(message: Message, body: str) -> None:
    """Let a line of a chat read otherwise. Raises Empty or TooLong."""
    message.body = checked(body, LONGEST)
    message.save(update_fields=["body"])
    _show(message)


def take_back_line(message: Message) -> None:
    """Take a line of a chat back: nobody reads it any more, nor has its files."""
    message.attachments.all().delete()
    message.kind, message.body = Message.Kind.TAKEN_BACK, ""
    message.save(update_fields=["kind", "body"])
    _show(message)


def _show(message: Message) -> None:
    """Let pages of the ticket, and its lines in lists, say what its newest message says."""
    ticket = hold(message.ticket)
    newest = ticket.messages.filter(kind__in=Message.PUBLIC).order_by("-pk").first()
    touch(ticket, newest.body if newest else "", ticket.last_at)
    publish(Changed(f"ticket-{ticket.pk}"), Changed(f"request-{ticket.pk}"))
