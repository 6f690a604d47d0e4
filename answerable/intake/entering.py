"""Sends what agents write down for customers, and what they write to them first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.files.actions import Waiting
from answerable.intake.asked import Asking
from answerable.intake.offers import channel_of
from answerable.intake.sending import sent_as
from answerable.sla.grace import grace_of
from answerable.tickets.actions import (
    First,
    Impact,
    Opening,
    Said,
    Sender,
    add_note,
    attach_waiting,
    copy_in,
    enter_request,
    take,
    write_first,
)
from answerable.tickets.actions.beginning import forget_begun
from answerable.tickets.actions.entering import prepare_first
from answerable.tickets.actions.filing import set_fields
from answerable.tickets.actions.preparing import Until
from answerable.tickets.core.fields import Said as Entered
from answerable.tickets.models import CRITICAL, Field, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A new ticket that an agent writes: for whom, and what its page has; it is complete.

    `token` is what the page goes by. `asking` has what it is about and how they asked;
    `impact`, `said`, `copies` (who gets our answers too) and `is_mine` are of what they asked
    alone, `data` of what we write: whom it goes to beside them, and what is staged. `mentions`
    are whom the note names.
    """

    agent: Agent
    person: Contact
    token: str
    subject: str
    body: str
    asking: Asking
    files: Waiting
    own: Mapping[Field, Entered] = field(default_factory=dict)
    impact: Impact | None = None
    said: Said | None = None
    note: str = ""
    mentions: Sequence[Agent] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    copies: Sequence[str] = ()
    is_mine: bool = False

    @property
    def submission(self) -> str:
        """What is the same for each press of one page."""
        return submission_of(self.agent, self.token)


def submission_of(agent: Agent, token: str) -> str:
    """Return what the ticket of a page is known by, so that it is made once."""
    return f"desk-{agent.pk}-{token.replace('-', '')}"


@transaction.atomic
def enter(entry: Entry, *, received_at: datetime, at: datetime) -> Ticket:
    """Open a ticket for what a customer asked of an agent; another press changes nothing.

    Promises run from `received_at`. Raises NotThen, Empty or TooLong.
    """
    if there := sent_as(entry.submission):
        return there
    severity = CRITICAL if entry.impact else entry.said.severity if entry.said else ""
    asked = entry.asking.asked
    opening = Opening(
        sender=Sender(contact=entry.person),
        subject=entry.subject,
        body=entry.body,
        channel=channel_of(entry.asking, severity),
        surface=asked.surface,
        language=asked.language,
        impact=entry.impact,
        said=entry.said,
        product=asked.about_product,
        environment=asked.environment,
        submission=entry.submission,
    )
    ticket = enter_request(opening, agent=entry.agent, received_at=received_at, at=at)
    attach_waiting(ticket.messages.get(), entry.files)
    _add(entry, ticket, at)
    if entry.copies:
        copy_in(ticket, entry.copies, agent=entry.agent, at=at)
    if entry.is_mine:
        ticket = take(ticket, agent=entry.agent, at=at)
    return ticket


@transaction.atomic
def write(entry: Entry, *, at: datetime, until: Until | None = None) -> Ticket:
    """Open a ticket by writing to somebody, which can be taken back as a reply can; or let it
    wait as a reply does. Another press changes nothing. Raises TimeHasPassed, Empty or TooLong.
    """
    if there := sent_as(entry.submission):
        return there
    first = First(
        contact=entry.person,
        subject=entry.subject,
        body=entry.body,
        language=entry.person.language,
        product=entry.asking.asked.about_product,
        environment=entry.asking.asked.environment,
        submission=entry.submission,
        grace=grace_of(entry.agent),
        data=entry.data,
    )
    if until:
        ticket = prepare_first(first, until, entry.files, agent=entry.agent, at=at)
    else:
        ticket = write_first(first, agent=entry.agent, at=at)
        attach_waiting(ticket.messages.get(), entry.files)
    _add(entry, ticket, at)
    return ticket


def _add(entry: Entry, ticket: Ticket, at: datetime) -> None:
    """Add to a new ticket its note and what was filled in; it is begun no more."""
    if entry.note.strip():
        add_note(ticket, agent=entry.agent, body=entry.note, at=at, mentions=entry.mentions)
    if entry.own:
        set_fields(ticket, entry.own, agent=entry.agent, contact=None, at=at)
    forget_begun(entry.token, agent=entry.agent)
