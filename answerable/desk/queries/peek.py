"""A ticket at a glance, without opening it: nobody is told, and nothing counts as read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from answerable.accounts.models import Agent
from answerable.desk.queries.clocks import ClockView, clock_views, clocks_of
from answerable.desk.rows import CHANNELS, is_super_admin, person_of
from answerable.desk.search_words import state_word
from answerable.lib import times
from answerable.tickets.models import Message, Ticket

MOST = 4
LONGEST = 700


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was written: by whom, when, and the beginning of it."""

    who: str
    when: str
    kind: str
    words: str
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Peek:
    """What is shown of a ticket: its clocks, how it stands, and what was said last."""

    ticket: Ticket
    clocks: list[ClockView]
    facts: list[str]
    said: list[Said]
    is_admin: bool


def peek_at(ticket: Ticket, agent: Agent, at: datetime, zone: tzinfo) -> Peek:
    """Return a ticket at a glance. Two queries."""
    messages = ticket.messages.exclude(kind=Message.Kind.TAKEN_BACK).order_by("-pk")
    latest = list(messages.select_related("agent", "contact")[:MOST])[::-1]
    return Peek(
        ticket=ticket,
        clocks=clock_views(clocks_of(ticket), at, zone),
        facts=_facts(ticket, agent),
        said=[_said(message, at, zone) for message in latest],
        is_admin=is_super_admin(ticket),
    )


def _facts(ticket: Ticket, agent: Agent) -> list[str]:
    owner = ticket.assignee.name if ticket.assignee else _("Nobody has it")
    customer = ticket.customer.name if ticket.customer else ""
    channel = str(CHANNELS.get(ticket.channel, ticket.channel))
    mine = _("you") if ticket.assignee_id == agent.pk else owner
    parts = (customer, person_of(ticket), channel, str(state_word(ticket.state)), mine)
    return [part for part in parts if part]


def _said(message: Message, at: datetime, zone: tzinfo) -> Said:
    body = message.body.strip()
    return Said(
        who=message.author,
        when=times.moment(message.written_at, at, zone),
        kind=message.kind,
        words=body[:LONGEST],
        goes_on=len(body) > LONGEST,
    )
