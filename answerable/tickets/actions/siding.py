"""Side conversations: agents write to third parties, who answer by mail. No clock knows of it.

A ticket that waits for them is put on hold (`holds.put_on_hold`): the plan says which clocks
stand still then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from answerable.accounts.models import Agent
from answerable.files.actions import Waiting, hand_over
from answerable.live.events import Changed, publish
from answerable.tickets.actions.held import LONGEST, LONGEST_MAIL, Empty, checked
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Attachment, Ticket, TicketEvent
from answerable.tickets.side_models import SideMessage, SidePerson, SideSeen, SideThread
from answerable.tickets.text import clean, first_line

MOST_PEOPLE = 10


class NoAddress(Exception):
    """Somebody who is written to has no address; its words are what was given."""


class TooManyPeople(Exception):
    """A side conversation has at most ten people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideOpening:
    """A side conversation as it is begun. `people`: names by address."""

    people: Mapping[str, str]
    subject: str
    body: str
    waiting: Waiting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideAnswer:
    """What a third party wrote, and why it is not sure that they did."""

    sender: str
    body: str
    folded: str = ""
    doubt: str = ""
    mail_id: str = ""


@transaction.atomic
def open_side(
    ticket: Ticket, opening: SideOpening, *, agent: Agent, at: datetime
) -> SideMessage:
    """Write to third parties about a ticket; their answers come back beside it.

    Raises NoAddress, TooManyPeople, Empty or TooLong.
    """
    thread = SideThread.objects.create(
        ticket=ticket,
        subject=first_line(clean(opening.subject))[:200] or ticket.subject,
        opened_by=agent,
        opened_at=at,
    )
    _add_people(thread, opening.people)
    return _write(thread, opening.body, agent, at, opening.waiting)


@transaction.atomic
def write_side(
    thread: SideThread,
    *,
    body: str,
    agent: Agent,
    at: datetime,
    waiting: Waiting | None = None,
) -> SideMessage:
    """Write again to all who take part in a side conversation. Raises Empty or TooLong."""
    held = SideThread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    return _write(held, body, agent, at, waiting)


@transaction.atomic
def answer_side(thread: SideThread, answer: SideAnswer, *, at: datetime) -> SideMessage:
    """Add what a third party answered by mail. Customer and clocks know nothing of it.

    A mail without words is kept, too: its files may be the answer.
    """
    held = SideThread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    message = held.messages.create(
        sender=first_line(clean(answer.sender))[:320] or "?",
        body=_said(answer.body),
        folded=clean(answer.folded),
        doubt=answer.doubt,
        mail_id=answer.mail_id[:500],
        written_at=at,
    )
    to = held.ticket.assignee or held.opened_by
    data = {
        "side": held.pk,
        "who": message.sender,
        "subject": held.subject,
        "to": to.pk,
    }
    record(TicketEvent(ticket=held.ticket, verb=Verb.SIDE_ANSWERED, at=at, data=data))
    return message


def _said(body: str) -> str:
    try:
        return checked(body, LONGEST_MAIL)
    except Empty:
        return "\N{HORIZONTAL ELLIPSIS}"


@transaction.atomic
def note_side_delivered(message: SideMessage, *, at: datetime) -> None:
    """Note that a server took a mail of a side conversation; the first one counts."""
    SideMessage.objects.filter(pk=message.pk, delivered_at=None).update(delivered_at=at)
    publish(Changed(f"ticket-{message.thread.ticket_id}"))


@transaction.atomic
def note_side_undelivered(message: SideMessage, *, to: str, why: str) -> None:
    """Note whom a message of a side conversation did not reach, and why."""
    SideMessage.objects.filter(pk=message.pk).update(problem=f"{to}: {why}"[:500])
    publish(Changed(f"ticket-{message.thread.ticket_id}"))


def see_side(thread: SideThread, *, agent: Agent) -> None:
    """Note that an agent has read a side conversation as it is now."""
    last = thread.messages.order_by("-pk").values_list("pk", flat=True).first() or 0
    SideSeen.objects.update_or_create(thread=thread, agent=agent, defaults={"message": last})
    publish(Changed(f"ticket-{thread.ticket_id}"))


def _add_people(thread: SideThread, people: Mapping[str, str]) -> None:
    wanted = {email.strip().lower(): name for email, name in people.items()}
    if len(wanted) > MOST_PEOPLE:
        raise TooManyPeople
    if not wanted:
        raise NoAddress
    _check(wanted)
    SidePerson.objects.bulk_create(
        SidePerson(thread=thread, email=email, name=first_line(clean(name))[:200])
        for email, name in wanted.items()
    )


def _check(addresses: Collection[str]) -> None:
    for address in addresses:
        try:
            validate_email(address)
        except ValidationError as wrong:
            raise NoAddress(address) from wrong


def _write(
    thread: SideThread, body: str, agent: Agent, at: datetime, waiting: Waiting | None
) -> SideMessage:
    message = thread.messages.create(agent=agent, body=checked(body, LONGEST), written_at=at)
    Attachment.objects.bulk_create(
        Attachment(side=message, file=one.file, name=one.name, declared=one.declared)
        for one in (hand_over(waiting) if waiting else ())
    )
    people = [str(person) for person in thread.people.order_by("pk")]
    data = {"side": thread.pk, "message": message.pk, "who": ", ".join(people)}
    is_first = thread.messages.count() == 1
    verb = Verb.SIDE_OPENED if is_first else Verb.SIDE_WROTE
    data |= {"subject": thread.subject}
    record(TicketEvent(ticket=thread.ticket, verb=verb, agent=agent, at=at, data=data))
    see_side(thread, agent=agent)
    return message
