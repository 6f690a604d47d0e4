"""Replies that wait: for the time that their writer chose, or for a colleague who reads them.

They are sent as if their writer pressed the button then: whoever wrote meanwhile stops them,
as does that who they were written to is gone; and the promise counts when they are delivered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Lower

from answerable.accounts.models import Agent, Contact
from answerable.files import actions as files
from answerable.files.actions import Waiting
from answerable.files.models import Upload
from answerable.tickets.actions.attaching import attach_waiting
from answerable.tickets.actions.drafts import put_above_draft
from answerable.tickets.actions.held import LONGEST, checked, hold
from answerable.tickets.actions.messages import Answer, NewerMessages, newer_messages, send
from answerable.tickets.actions.participants import owner_address
from answerable.tickets.events import Verb, record
from answerable.tickets.held_back import LEFT, MOVED
from answerable.tickets.models import (
    Draft,
    Message,
    PreparedReply,
    Ticket,
    TicketEvent,
)
from answerable.tickets.places import owner_of, place_of
from answerable.tickets.text import clean

AT_ONCE = 50
OWNER = "owner"  # whose the ticket was when a reply was prepared
End = PreparedReply.End


class AlreadyPrepared(Exception):
    """This writer has a reply that waits on this ticket already."""


class TimeHasPassed(Exception):
    """A reply cannot be sent in the past."""


class NotWaiting(Exception):
    """It was sent, given back or called off meanwhile."""


class NotTheReviewer(Exception):
    """Only the colleague who was asked decides."""


@dataclass(frozen=True, slots=True)
class Until:
    """What a reply waits for: an instant, or a colleague."""

    send_at: datetime | None = None
    reviewer: Agent | None = None


@transaction.atomic
def prepare_reply(
    ticket: Ticket, said: Answer, until: Until, waiting: Waiting, *, at: datetime
) -> PreparedReply:
    """Let a reply wait with its files; it is a draft no more.

    Raises NewerMessages as `send` does, AlreadyPrepared, TimeHasPassed, Empty or TooLong.
    """
    ticket = hold(ticket)
    body = checked(said.body, LONGEST)
    if newer := newer_messages(ticket, said.seen):
        raise NewerMessages(newer)
    if until.send_at and until.send_at <= at:
        raise TimeHasPassed
    if ticket.prepared.waiting().filter(agent=said.agent).exists():
        raise AlreadyPrepared
    prepared = PreparedReply.objects.create(
        ticket=ticket,
        agent=said.agent,
        body=body,
        seen=said.seen,
        data={**said.data, OWNER: owner_address(ticket)},
        written_at=at,
        send_at=until.send_at,
        reviewer=until.reviewer,
    )
    files.move(waiting, to=prepared.place, at=until.send_at or at)
    ticket.drafts.filter(agent=said.agent, mode=Draft.Mode.REPLY).delete()
    _log(prepared, Verb.REPLY_PREPARED, said.agent, at, _waits_for(until))
    return prepared


def _waits_for(until: Until) -> dict[str, object]:
    if until.send_at:
        return {"send_at": until.send_at.isoformat()}
    reviewer = until.reviewer
    return {"to": reviewer.name, "to_id": reviewer.pk} if reviewer else {}


@transaction.atomic
def call_off(prepared: PreparedReply, *, agent: Agent, at: datetime) -> None:
    """Make a reply that waits its writer's draft again. Raises NotWaiting."""
    held = _held(prepared)
    if held.agent_id != agent.pk:
        raise NotTheReviewer
    _end(held, End.CALLED_OFF, at)
    _draft_again(held, at)
    _log(held, Verb.REPLY_CALLED_OFF, agent, at, {})


@transaction.atomic
def return_reply(prepared: PreparedReply, *, reviewer: Agent, words: str, at: datetime) -> None:
    """Send a colleague's reply back to them with a sentence: it is their draft again.

    Raises Empty, NotTheReviewer or NotWaiting.
    """
    words = checked(words, 1000).strip()
    held = _held(prepared)
    if held.reviewer_id != reviewer.pk:
        raise NotTheReviewer
    _end(held, End.RETURNED, at)
    _draft_again(held, at)
    data = {"words": clean(words), "writer": held.agent.name, "writer_id": held.agent_id}
    _log(held, Verb.REPLY_RETURNED, reviewer, at, data)


@transaction.atomic
def approve_reply(prepared: PreparedReply, *, reviewer: Agent, at: datetime) -> Message | None:
    """Send a colleague's reply, in their name; None when it is held back, a draft again.

    Raises NotTheReviewer or NotWaiting.
    """
    held = _held(prepared)
    if held.reviewer_id != reviewer.pk:
        raise NotTheReviewer
    _log(held, Verb.REPLY_APPROVED, reviewer, at, {"writer": held.agent.name})
    return _release(held, at)


def send_prepared(*, at: datetime) -> int:
    """Send the replies whose time has come, up to fifty; return how many were taken up."""
    due = PreparedReply.objects.waiting().filter(send_at__lte=at).order_by("send_at")
    taken = list(due.values_list("pk", flat=True)[:AT_ONCE])
    for number in taken:
        _send_one(number, at)
    return len(taken)


@transaction.atomic
def _send_one(number: int, at: datetime) -> None:
    prepared = PreparedReply.objects.filter(pk=number).first()
    try:
        if prepared:
            _release(_held(prepared), at)
    except NotWaiting:
        return  # Its writer called it off meanwhile.


def _release(held: PreparedReply, at: datetime) -> Message | None:
    """Send a reply; where somebody wrote meanwhile, or who it is for is gone, its writer has it
    as a draft again, and is told."""
    if why := _gone(held):
        _hold_back(held, at, {"why": why})
        return None
    answer = Answer(held.agent, held.body, held.seen, data=_kept_data(held.data))
    try:
        with transaction.atomic():
            sent = send(held.ticket, answer, at=at)
    except NewerMessages:
        _hold_back(held, at, {})
        return None
    attach_waiting(sent, _files_of(held))
    _end(held, End.SENT, at)
    return sent


def _gone(held: PreparedReply) -> str:
    """Return why a reply would not reach whom it was written to; "" where it does."""
    ticket, owner, person = held.ticket, held.data.get(OWNER, ""), held.ticket.requester
    chosen = [*held.data.get("to", ()), *held.data.get("cc", ())]
    reached = chosen or [owner or owner_address(ticket)]
    is_elsewhere = ticket.is_unsent and person and person.customer_id != ticket.customer_id
    if owner in reached and (owner != owner_address(ticket) or is_elsewhere):
        return MOVED
    people = Contact.objects.annotate(low=Lower("email")).filter(low__in=reached)
    return LEFT if people.filter(left_at__isnull=False).exists() else ""


def _hold_back(held: PreparedReply, at: datetime, why: dict[str, object]) -> None:
    _end(held, End.OVERTAKEN, at)
    _draft_again(held, at)
    _log(held, Verb.REPLY_OVERTAKEN, held.agent, at, why)


def _kept_data(data: Mapping[str, object]) -> Mapping[str, object]:
    return {key: data[key] for key in ("to", "cc", "acts", "macros") if data.get(key)}


def _held(prepared: PreparedReply) -> PreparedReply:
    """Return it with its ticket and its row locked. Raises NotWaiting."""
    hold(prepared.ticket)
    waiting = PreparedReply.objects.waiting().filter(pk=prepared.pk)
    held = waiting.select_for_update(of=("self",)).select_related("ticket", "agent").first()
    if held is None:
        raise NotWaiting
    return held


def _end(held: PreparedReply, end: str, at: datetime) -> None:
    held.end, held.ended_at = end, at
    held.save(update_fields=["end", "ended_at"])


def _draft_again(held: PreparedReply, at: datetime) -> None:
    put_above_draft(held.ticket, agent=held.agent, body=held.body, data=held.data, at=at)
    place = place_of(held.ticket_id, Draft.Mode.REPLY)
    files.move(_files_of(held), to=place, at=at)


def _files_of(held: PreparedReply) -> Waiting:
    owner = owner_of(held.agent)
    theirs = Upload.objects.filter(owner=owner, place=held.place)
    return Waiting(owner, held.place, tuple(theirs.values_list("pk", flat=True)))


def _log(
    held: PreparedReply, verb: Verb, agent: Agent, at: datetime, data: dict[str, object]
) -> None:
    record(
        TicketEvent(
            ticket=held.ticket, verb=verb, agent=agent, at=at, data=data | {"reply": held.pk}
        )
    )
