"""Writes how agents stand: what they choose, and what their pages say of whether they are
there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from answerable.accounts.actions import set_duty
from answerable.accounts.models import Agent
from answerable.live.events import Changed, publish
from answerable.routing.actions.ringing import withdraw_from
from answerable.routing.actions.wire import wake_routing
from answerable.routing.core.company import Doing
from answerable.routing.models import OpenPage, Presence
from answerable.tickets.models import Ticket

Status = Presence.Status
LONGEST_KEY = 40
COMPANY = Changed("company-all")


@dataclass(frozen=True, slots=True)
class On:
    """On which ticket a page is, and what its reader does there, in a word of Doing."""

    ticket: int | None = None
    doing: str = ""


NOWHERE = On()


@transaction.atomic
def heard(agent: Agent, page: str, *, at: datetime, on: On = NOWHERE) -> None:
    """Note that a page of an agent is open; `page` is what it calls itself, at random.

    Others are told when it is `on` another ticket, or something else is done there; a beat that
    says what the one before said writes that it came, and tells nobody.

    Who comes back stands as they did before. An agent's first page makes them available, for
    a lead or an administrator it does not: they say so themselves.
    """
    known = _heard_page(agent, page[:LONGEST_KEY], on, at)
    there = Presence.objects.filter(agent=agent, heard_at__isnull=False, lost_at=None)
    if not (known and there.update(heard_at=at)):
        _back(agent, at)


@transaction.atomic
def closed(agent: Agent, page: str, *, at: datetime) -> None:
    """Note that a page of an agent was closed. With the last one they are offline, a minute
    later: it may have been loaded anew."""
    mine = OpenPage.objects.filter(key=page[:LONGEST_KEY], agent=agent)
    was_on = mine.values_list("ticket", flat=True).first()
    gone, _each = mine.delete()
    if was_on:
        publish(COMPANY)
    if gone:
        Presence.objects.filter(agent=agent, lost_at=None).update(heard_at=at)


@transaction.atomic
def set_status(agent: Agent, status: str, *, at: datetime) -> Presence:
    """Let an agent say how they stand, in a word of Presence.Status; return their presence.

    Who is available is on duty, and is offered work again if they had missed offers. What
    rings at somebody who no longer is goes on to the next.
    """
    facts = {"status": status, "since": at, "is_paused": False}
    rows = Presence.objects.select_for_update(no_key=True)
    presence, made = rows.get_or_create(agent=agent, defaults=facts)
    if not made:
        Presence.objects.filter(pk=presence.pk).update(**facts)
        presence.refresh_from_db()
    if status == Status.AVAILABLE:
        set_duty(agent, on_duty=True)
    else:
        withdraw_from([agent.pk], at=at)
    _tell(agent)
    return presence


def _heard_page(agent: Agent, key: str, on: On, at: datetime) -> bool:
    """Note that a page was heard and where it is; say whether it was known."""
    mine = OpenPage.objects.filter(key=key, agent=agent)
    if mine.filter(ticket=on.ticket, doing=on.doing).update(heard_at=at):
        return True
    asked, on = on, _checked(on)
    known = mine.update(heard_at=at, ticket=on.ticket, doing=on.doing)
    if not known:
        rows = [
            OpenPage(key=key, agent=agent, heard_at=at, ticket_id=on.ticket, doing=on.doing)
        ]
        OpenPage.objects.bulk_create(rows, ignore_conflicts=True)
    if on.ticket or (known and asked == NOWHERE):
        publish(COMPANY)
    return bool(known)


def _checked(on: On) -> On:
    """Return where a page is, or nowhere where there is no such ticket or word."""
    if on.ticket is None or on.doing not in list(Doing):
        return NOWHERE
    return on if Ticket.objects.filter(pk=on.ticket).exists() else NOWHERE


def _back(agent: Agent, at: datetime) -> None:
    """Let somebody be there, again or for the first time."""
    first = Status.AVAILABLE if agent.role == Agent.Role.AGENT else Status.AWAY
    facts = {"status": first, "since": at, "heard_at": at}
    _presence, made = Presence.objects.get_or_create(agent=agent, defaults=facts)
    away = Presence.objects.filter(agent=agent).filter(
        Q(heard_at=None) | Q(lost_at__isnull=False)
    )
    came = 0 if made else away.update(heard_at=at, lost_at=None)
    if not (made or came):
        Presence.objects.filter(agent=agent).update(heard_at=at)
    _tell(agent)


def _tell(agent: Agent) -> None:
    publish(Changed(f"notices-{agent.pk}"), Changed("crew-all"))
    wake_routing()
