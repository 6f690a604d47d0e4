"""What becomes of a reply in the seconds in which its writer can take it back.

It is written and in the log, so that nobody else answers meanwhile; but it has not left: its
customer does not see it, and the ticket stands as it stood. It leaves when its mail is taken to
be sent, whatever any clock says: from then on nobody can take it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.live.events import Changed, publish
from answerable.tickets.actions.attaching import detach
from answerable.tickets.actions.drafts import put_above_draft
from answerable.tickets.actions.held import hold, pages_of, touch
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Draft, Message, Ticket, TicketEvent
from answerable.tickets.places import owner_of, place_of

# After one of these a reply that was sent before says nothing about how its ticket stands.
OVERTAKEN = (Verb.WROTE, Verb.RESOLVED, Verb.ANSWERED, Verb.MERGED)


class HasLeft(Exception):
    """A reply can no longer be taken back."""


def has_left(ticket: Ticket, body: str, at: datetime) -> None:
    """Let a held ticket wait for its customer, or stay on hold, now that a reply has left."""
    if ticket.state != Ticket.State.HELD:
        ticket.state = Ticket.State.WAITING
    _show(ticket)
    touch(ticket, body, at)


def _show(ticket: Ticket) -> None:
    """Let its customer see a held ticket that we began by writing."""
    if ticket.is_unsent:
        ticket.is_unsent = False
        ticket.save(update_fields=["is_unsent"])
        publish(*(Changed(page) for page in pages_of(ticket)))


def leave(message: Message, *, at: datetime) -> None:
    """Let a reply leave, once: its customer sees it, and nobody takes it back any more."""
    if Message.objects.filter(pk=message.pk, leaves_at__isnull=False).exists():
        _leave(message, at)


@transaction.atomic
def _leave(message: Message, at: datetime) -> None:
    ticket = hold(message.ticket)
    if not Message.objects.filter(pk=message.pk, leaves_at__isnull=False).update(
        leaves_at=None
    ):
        return
    message.leaves_at = None
    _show(ticket)
    if not _is_overtaken(ticket, message):
        has_left(ticket, message.body, message.written_at)
    record(
        TicketEvent(ticket=ticket, verb=Verb.LEFT, agent=message.agent, message=message, at=at)
    )
    tell_writer(message)


def _is_overtaken(ticket: Ticket, message: Message) -> bool:
    sent = ticket.events.filter(message=message, verb=Verb.ANSWERED)
    since = ticket.events.filter(pk__gt=sent.values("pk")[:1], verb__in=OVERTAKEN)
    taken_back = since.filter(message__kind=Message.Kind.TAKEN_BACK)
    return since.exclude(pk__in=taken_back.values("pk")).exists()


@transaction.atomic
def take_back(message: Message, *, agent: Agent, at: datetime) -> Message:
    """Take a reply back before it leaves: its words are its writer's draft again.

    What they have written since stays below it. Only its writer takes a reply back. Raises
    HasLeft. Whoever calls it sees to it that no mail of it is sent.
    """
    ticket = hold(message.ticket)
    mine = Message.objects.select_for_update(no_key=True).filter(
        pk=message.pk, agent=agent, leaves_at__isnull=False
    )
    there = mine.first()
    if there is None:
        raise HasLeft
    there.kind, there.leaves_at = Message.Kind.TAKEN_BACK, None
    there.save(update_fields=["kind", "leaves_at"])
    sent = there.events.filter(verb=Verb.ANSWERED).order_by("pk").first()
    data = sent.data if sent else {}
    put_above_draft(ticket, agent=agent, body=there.body, data=data, at=at)
    detach(there, owner_of(agent), place_of(ticket.pk, Draft.Mode.REPLY), at=at)
    record(TicketEvent(ticket=ticket, verb=Verb.TAKEN_BACK, agent=agent, message=there, at=at))
    tell_writer(there)
    return there


def leave_at_once(messages: Iterable[Message], *, at: datetime) -> None:
    """Note that replies leave as soon as their mails are taken, and tell their writers."""
    for message in messages:
        waiting = Message.objects.filter(pk=message.pk, leaves_at__gt=at)
        if waiting.update(leaves_at=at):
            tell_writer(message)
            publish(Changed(f"ticket-{message.ticket_id}"))


def tell_writer(message: Message) -> None:
    """Have its writer's pages look again at what waits."""
    publish(Changed(f"notices-{message.agent_id}"))
