"""Does what a reply's writer staged, once it has left, and counts the macros in it.

A ticket may have changed since: an act that has lost its sense is left out, and never stops the
reply. What is done stands in the ticket's log like anything that its writer does by hand.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from answerable.accounts.models import Agent
from answerable.macros.core import staged
from answerable.macros.core.staged import Act, acts_of, macros_of
from answerable.macros.models import Macro, MacroUse
from answerable.tickets import actions as tickets
from answerable.tickets.actions import filing
from answerable.tickets.models import Hold, Message, Status, Tag, Ticket

log = logging.getLogger(__name__)

LONGEST_HOLD_DAYS = 365
CANNOT = (
    tickets.CannotHold,
    tickets.UntilMissing,
    tickets.ReasonMissing,
    tickets.Empty,
    tickets.TooLong,
    filing.TooManyTags,
)


def do_staged(message: Message, data: Mapping[str, object], *, at: datetime) -> None:
    """Do what was staged for a reply that has left, as the log of its sending has it."""
    acts, macros = acts_of(data.get("acts")), macros_of(data.get("macros"))
    if message.agent and (acts or macros):
        ticket = Ticket.objects.get(pk=message.ticket_id)
        do_acts(ticket, acts, macros, agent=message.agent, at=at)


@transaction.atomic
def do_acts(
    ticket: Ticket,
    acts: Sequence[Act],
    macros: Collection[int],
    *,
    agent: Agent,
    at: datetime,
) -> None:
    """Do acts on a ticket now, and count macros as sent on it."""
    _count(ticket, macros, agent, at)
    for act in acts:
        ticket = Ticket.objects.get(pk=ticket.pk)
        try:
            with transaction.atomic():
                DOES[act.kind](ticket, act.value, agent, at)
        except CANNOT as error:
            log.info("#%s: %s was left out: %s", ticket.pk, act.kind, type(error).__name__)


def _count(ticket: Ticket, macros: Collection[int], agent: Agent, at: datetime) -> None:
    """Count macros that were sent; one that somebody removed meanwhile has nothing to count."""
    used = list(Macro.objects.filter(pk__in=set(macros)).values_list("pk", flat=True))
    Macro.objects.filter(pk__in=used).update(used=F("used") + 1)
    MacroUse.objects.bulk_create(
        MacroUse(macro_id=number, ticket=ticket, agent=agent, at=at) for number in used
    )


def _assign(ticket: Ticket, value: str, agent: Agent, at: datetime) -> None:
    to = agent if value == staged.ME else None
    if value not in {staged.ME, staged.NOBODY}:
        to = Agent.objects.active().filter(pk=value).first() if value.isdecimal() else None
        if to is None:
            return  # Who was named works here no more: it stays with whoever has it.
    if ticket.assignee_id != (to.pk if to else None):
        tickets.assign(ticket, to=to, agent=agent, at=at)


def _hold(ticket: Ticket, value: str, agent: Agent, at: datetime) -> None:
    days, reason = staged.days_and_reason(value)
    tickets.put_on_hold(
        ticket,
        kind=Hold.Kind.SCHEDULED if days else Hold.Kind.VENDOR,
        reason=reason,
        until=at + timedelta(days=min(days, LONGEST_HOLD_DAYS)) if days else None,
        agent=agent,
        at=at,
    )


def _resolve(ticket: Ticket, value: str, agent: Agent, at: datetime) -> None:
    tickets.resolve(ticket, agent=agent, contact=None, reason=value, at=at)


def _status(ticket: Ticket, value: str, agent: Agent, at: datetime) -> None:
    """Name its state by another word; a word of another state has lost its sense."""
    known = Status.objects.filter(retired_at=None, category=ticket.state)
    status = known.filter(pk=value).first() if value.isdecimal() else None
    if status:
        filing.set_status(ticket, status, agent=agent, at=at)


def _add_tag(ticket: Ticket, value: str, agent: Agent, at: datetime) -> None:
    filing.tag_ticket(ticket, [filing.add_tag(value, by=agent, at=at)], agent=agent, at=at)


def _remove_tag(ticket: Ticket, value: str, agent: Agent, at: datetime) -> None:
    tags = list(Tag.objects.in_use().filter(name__iexact=value))
    filing.untag_ticket(ticket, tags, agent=agent, at=at)


DOES: dict[str, Callable[[Ticket, str, Agent, datetime], None]] = {
    staged.ADD_TAG: _add_tag,
    staged.REMOVE_TAG: _remove_tag,
    staged.STATUS: _status,
    staged.ASSIGN: _assign,
    staged.HOLD: _hold,
    staged.RESOLVE: _resolve,
}
