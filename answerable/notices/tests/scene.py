"""What the tests of notices need: pages that are open, a plan with the ladder of ux.md 8.12."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import partial

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.notices import actions
from answerable.notices.models import Notice
from answerable.routing import actions as routing
from answerable.routing.actions import abilities, rotas
from answerable.routing.models import QueueEntry
from answerable.sla.actions import publish_text, wake_due
from answerable.tickets.actions import answer
from answerable.tickets.models import Ticket

YEAR = timedelta(days=365)
LADDER = """
[[ladder]]
at = 0
tell = ["on_duty"]

[[ladder]]
at = 10
tell = ["on_duty", "lead"]

[[ladder]]
at = 25
tell = ["on_call_1"]

[[ladder]]
at = 40
tell = ["on_call_2", "account_manager"]

[[ladder]]
at = 60
tell = ["head_of_support"]

"""


def due_of(ticket: Ticket) -> datetime:
    """Return when the reply to a ticket is due."""
    due_at = QueueEntry.objects.get(ticket=ticket).due_at
    assert due_at
    return due_at


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def with_the_table(cast: Cast) -> None:
    """Let Kestrel have a plan with the ladder of the table: Ben and Chidi are on call, Lena is
    the head of support, Ravi manages the account."""
    text = entitlements.read_plan_text(entitlements.SHIPPED / "premium.toml")
    text = re.sub(r"\[\[ladder\]\]\nat = \d+\ntell = .*\n\n?", "", text)
    text = text.replace('key = "premium"', 'key = "table"', 1) + LADDER
    version = publish_text(text, at=cast.at - YEAR)
    contract = entitlements.sign_contract(
        cast.kestrel, version, starts_at=cast.at - YEAR, ends_at=cast.at + YEAR
    )
    entitlements.designate(contract, cast.mara, at=cast.at - YEAR)
    cast.kestrel.account_manager = cast.ravi
    cast.kestrel.save()
    for place, agent, phone in (
        ("on_call_1", cast.ben, "+4915112345671"),
        ("on_call_2", cast.chidi, "+4915112345672"),
        ("head_of_support", cast.ida, "+4915112345673"),
    ):
        rotas.set_on_call(place, agent, by=cast.ida, at=cast.at - YEAR)
        facts = abilities.Facts(chats=3, calls=1, critical=1, own_phone=phone)
        abilities.save_ability(agent, facts)


def there(*agents: Agent, at: datetime) -> None:
    """Let pages of these agents be open."""
    for agent in agents:
        routing.heard(agent, f"page of {agent.pk}", at=at)


def tick(at: datetime) -> None:
    """Do what the watch and the loop of notices do at an instant."""
    wake_due(at=at)
    while actions.follow_log(at=at):
        pass
    actions.watch_offers(at=at)
    actions.watch_promises(at=at)
    actions.settle(at=at)
    actions.insist(at=at)
    actions.trace_steps(at=at)


def kinds_of(agent: Agent) -> list[str]:
    """Return what an agent was told of, in order."""
    told = Notice.objects.filter(agent=agent).order_by("pk")
    return list(told.values_list("kind", flat=True))


def send(at: datetime) -> None:
    """Let all go out that is due."""
    for urgent in (True, False):
        while actions.deliver(urgent=urgent, clock=lambda: at):
            pass


def replied(ticket: Ticket, cast: Cast, at: datetime) -> None:
    """Let Ana reply, and all go out that this causes."""
    answer(ticket, agent=cast.ana, body="Try the token", seen=2**62, at=at)
    tick(at)
    send(at)


def climb(ticket: Ticket, cast: Cast, at: datetime, *, until: float) -> None:
    """Let time pass on a ticket in steps of half a minute, with everybody's pages open."""
    for half in range(int(until * 2) + 1):
        when = at + minutes(half / 2)
        there(cast.ana, cast.ben, cast.chidi, cast.lena, cast.ravi, cast.ida, at=when)
        tick(when)
        actions.deliver(urgent=True, clock=partial(_same, when))


def _same(when: datetime) -> datetime:
    return when
