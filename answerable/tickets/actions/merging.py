"""Merges two tickets of one customer, takes that back, and splits one into two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from answerable.accounts.models import Agent
from answerable.files.actions import move_waiting
from answerable.tickets.actions.held import OtherCustomer, hold, touch
from answerable.tickets.events import Verb, record
from answerable.tickets.models import (
    Callback,
    Draft,
    HtmlBody,
    Merge,
    Message,
    PreparedReply,
    Ticket,
    TicketEvent,
)
from answerable.tickets.places import owner_of, place_of
from answerable.tickets.text import clean, first_line


class CannotMerge(Exception):
    """One of them was merged before, both are one, or a private one would be seen by others."""


class CannotSplit(Exception):
    """Only what a customer added to a ticket can become a ticket of its own."""


@transaction.atomic
def merge(one: Ticket, other: Ticket, *, agent: Agent, at: datetime) -> Merge:
    """Merge the newer of two tickets into the older (domain.md E61, E62).

    The merged one is over; what is said on it from then on is said on the other. Nothing of it
    is shown to the customer but where it goes on. Raises OtherCustomer or CannotMerge.
    """
    kept, merged = _held_by_age(one, other)
    if kept.customer_id is None or kept.customer_id != merged.customer_id:
        raise OtherCustomer
    if kept.pk == merged.pk or kept.merged_into_id or merged.merged_into_id:
        raise CannotMerge
    if kept.is_private != merged.is_private or _are_anothers(kept, merged):
        raise CannotMerge
    done = Merge.objects.create(kept=kept, merged=merged, was=merged.state, agent=agent, at=at)
    if merged.state == Ticket.State.OPEN:
        kept.state = Ticket.State.OPEN  # Its customer waits for an answer, now here.
        kept.save(update_fields=["state"])
    merged.state, merged.merged_into = Ticket.State.RESOLVED, kept
    merged.save(update_fields=["state", "merged_into"])
    Ticket.objects.filter(merged_into=merged).update(merged_into=kept)
    _move_drafts(merged, kept)
    _move_prepared(merged, kept)
    Callback.objects.waiting().filter(ticket=merged).update(ticket=kept)
    data = {"merge": done.pk, "merged": merged.pk}
    record(
        TicketEvent(ticket=kept, verb=Verb.MERGED, agent=agent, at=at, data=data),
        TicketEvent(
            ticket=merged, verb=Verb.CONTINUED, agent=agent, at=at, data={"to": kept.pk}
        ),
    )
    return done


@transaction.atomic
def unmerge(done: Merge, *, agent: Agent, at: datetime) -> None:
    """Take a merge back: the merged ticket is again what it was. Raises CannotMerge."""
    kept, merged = _held_by_age(done.kept, done.merged)
    undone = Merge.objects.filter(pk=done.pk, undone_at=None, kept=F("merged__merged_into"))
    if not undone.update(undone_at=at, undone_by=agent):
        raise CannotMerge
    merged.state, merged.merged_into = done.was, None
    merged.save(update_fields=["state", "merged_into"])
    family = Merge.objects.filter(kept=merged, undone_at=None)
    Ticket.objects.filter(pk__in=family.values("merged")).update(merged_into=merged)
    data = {"merge": done.pk, "merged": merged.pk}
    events = [TicketEvent(ticket=kept, verb=Verb.UNMERGED, agent=agent, at=at, data=data)]
    if done.was != Ticket.State.RESOLVED:
        events.append(TicketEvent(ticket=merged, verb=Verb.REOPENED, agent=agent, at=at))
    record(*events)


@transaction.atomic
def split(
    message: Message, *, agent: Agent, subject: str, at: datetime, onwards: bool = False
) -> Ticket:
    """Make what a customer added to a ticket a ticket of its own (domain.md E60).

    It was asked when the customer wrote it, so its promise runs from then. With `onwards` what
    they wrote after it goes along. Its files stand on both. Raises CannotSplit.
    """
    ticket = hold(message.ticket)
    opening = ticket.messages.order_by("pk").first()
    if message.kind != Message.Kind.MESSAGE or message == opening:
        raise CannotSplit
    new = _ticket_from(message, ticket, subject)
    later = ticket.messages.filter(kind=Message.Kind.MESSAGE, pk__gt=message.pk)
    going = [message, *(later.order_by("pk") if onwards else ())]
    if len(going) > 1:
        touch(new, going[-1].body, going[-1].written_at)
    copies = [_copied(each, new) for each in going]
    parted = [
        TicketEvent(
            ticket=ticket,
            verb=Verb.SPLIT,
            agent=agent,
            message=each,
            at=at,
            data={"to": new.pk, "message": each.pk},
        )
        for each in going
    ]
    record(*parted, *_said_again(copies, ticket))
    return new


def _said_again(copies: Sequence[Message], ticket: Ticket) -> list[TicketEvent]:
    """Return the lines of a new ticket's log: the first message opened it."""
    return [
        TicketEvent(
            ticket=said.ticket,
            verb=Verb.WROTE if number else Verb.OPENED,
            contact=said.contact,
            message=said,
            at=said.written_at,
            data={} if number else {"follows": ticket.pk},
        )
        for number, said in enumerate(copies)
    ]


def _copied(message: Message, new: Ticket) -> Message:
    """Write a message on another ticket, with its files and its look."""
    said = new.messages.create(
        kind=message.kind,
        contact=message.contact,
        sender=message.sender,
        body=message.body,
        folded=message.folded,
        verified=message.verified,
        doubt=message.doubt,
        forwarded_by=message.forwarded_by,
        written_at=message.written_at,
    )
    for file in message.attachments.order_by("pk"):
        file.pk, file.message = None, said
        file.save(force_insert=True)
    look = HtmlBody.objects.filter(message=message).first()
    if look:
        HtmlBody.objects.create(
            message=said, html=look.html, is_rich=look.is_rich, remote=look.remote
        )
    return said


def _are_anothers(kept: Ticket, merged: Ticket) -> bool:
    """Say whether two private tickets are of two people."""
    return kept.is_private and kept.requester_id != merged.requester_id


def _held_by_age(one: Ticket, other: Ticket) -> tuple[Ticket, Ticket]:
    """Return both with their rows held, the older first; held in the order of their numbers."""
    held = {pk: hold(ticket) for pk, ticket in sorted({t.pk: t for t in (one, other)}.items())}
    older, newer = sorted((held[one.pk], held[other.pk]), key=lambda t: (t.created_at, t.pk))
    return older, newer


def _move_drafts(merged: Ticket, kept: Ticket) -> None:
    """Let unsent texts follow with the files beside them; a writer who has one on both keeps
    both where they are. What is typed during a call stays with the call.
    """
    there = set(Draft.objects.filter(ticket=kept).values_list("agent", "mode"))
    moving = Draft.objects.filter(ticket=merged).exclude(mode=Draft.Mode.CALL)
    for draft in moving.select_related("agent"):
        if (draft.agent_id, draft.mode) not in there:
            draft.ticket = kept
            draft.save(update_fields=["ticket"])
            places = place_of(merged.pk, draft.mode), place_of(kept.pk, draft.mode)
            move_waiting(owner_of(draft.agent), *places)


def _move_prepared(merged: Ticket, kept: Ticket) -> None:
    """Let replies that wait follow, of who has none there; what was said there stops them."""
    there = PreparedReply.objects.waiting().filter(ticket=kept).values("agent")
    PreparedReply.objects.waiting().filter(ticket=merged).exclude(agent__in=there).update(
        ticket=kept
    )


def _ticket_from(message: Message, ticket: Ticket, subject: str) -> Ticket:
    # What came from an address that nobody could verify gains no rights by being split off.
    asker = message.contact or (ticket.requester if message.verified else None)
    return Ticket.objects.create(
        customer=ticket.customer if asker else None,
        requester=asker,
        sender_name=asker.name if asker else message.sender[:200],
        sender_email=asker.email if asker else ticket.sender_email,
        subject=(first_line(clean(subject)) or first_line(message.body))[:200],
        channel=ticket.channel,
        surface=ticket.surface,
        language=ticket.language,
        product=ticket.product if asker else "",
        environment=ticket.environment if asker else "",
        is_private=ticket.is_private and asker is not None,
        state=Ticket.State.OPEN if asker else Ticket.State.REVIEW,
        created_at=message.written_at,
        last_at=message.written_at,
        last_line=first_line(message.body)[:200],
        follows=ticket,
    )
