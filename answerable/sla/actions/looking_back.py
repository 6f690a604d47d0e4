"""Asks what a missed critical promise taught us, until somebody has said it.

It is asked when the miss is stamped, at 100 % of the ladder (ux.md 8.12). It changes no clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.sla.core.ledger import Outcome
from answerable.sla.judging import is_critical
from answerable.sla.models import Clock, PostMortem
from answerable.tickets.actions.held import LONGEST, checked
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Ticket, TicketEvent

# Soon enough that everybody remembers, and not in the night of the miss itself.
DUE_AFTER = timedelta(days=5)


class DoneBefore(Exception):
    """Somebody has said what was learnt."""


def ask_post_mortem(event: TicketEvent) -> None:
    """Ask for a post-mortem of a critical guarantee that was missed, once.

    It falls to whoever has the ticket, else to the account manager, else to a lead.
    """
    missed = Clock.objects.filter(
        pk=event.data["clock"], kind=Clock.Kind.GUARANTEE, outcome=Outcome.MISSED
    ).first()
    if missed is None or not is_critical(event.ticket):
        return
    owner = _owner(event.ticket)
    asked, is_new = PostMortem.objects.get_or_create(
        clock=missed,
        defaults={"owner": owner, "asked_at": event.at, "due_at": event.at + DUE_AFTER},
    )
    if is_new:
        record(_line(asked, event.ticket, Verb.POST_MORTEM_ASKED, None, event.at))


def drop_post_mortems(event: TicketEvent) -> None:
    """Ask no longer about promises that turned out not to be missed."""
    asked = PostMortem.objects.filter(clock__ticket=event.ticket_id, done_at=None)
    asked.exclude(clock__outcome=Outcome.MISSED).delete()


@transaction.atomic
def hand_post_mortem(asked: PostMortem, *, to: Agent, agent: Agent, at: datetime) -> None:
    """Let it fall to somebody else. Raises DoneBefore."""
    held = _hold(asked)
    if held.owner_id == to.pk:
        return
    held.owner = to
    held.save(update_fields=["owner"])
    record(_line(held, held.clock.ticket, Verb.POST_MORTEM_ASKED, agent, at))


@transaction.atomic
def write_post_mortem(asked: PostMortem, *, learnt: str, agent: Agent, at: datetime) -> None:
    """Keep what was learnt; then it is done. Raises DoneBefore, Empty or TooLong."""
    held = _hold(asked)
    held.learnt, held.done_at, held.done_by = checked(learnt, LONGEST), at, agent
    held.save(update_fields=["learnt", "done_at", "done_by"])
    record(_line(held, held.clock.ticket, Verb.POST_MORTEM_WRITTEN, agent, at))


def _hold(asked: PostMortem) -> PostMortem:
    open_ones = PostMortem.objects.select_for_update(of=("self",), no_key=True)
    held = open_ones.filter(pk=asked.pk, done_at=None).select_related("clock__ticket").first()
    if held is None:
        raise DoneBefore
    return held


def _owner(ticket: Ticket) -> Agent | None:
    active = Agent.objects.active()
    manager = ticket.customer.account_manager_id if ticket.customer else None
    for number in (ticket.assignee_id, manager):
        if number and (found := active.filter(pk=number).first()):
            return found
    leads = active.exclude(role=Agent.Role.AGENT)
    return leads.order_by("-role", "pk").first()


def _line(
    asked: PostMortem, ticket: Ticket, verb: Verb, agent: Agent | None, at: datetime
) -> TicketEvent:
    data: dict[str, object] = {"clock": asked.clock_id}
    if verb == Verb.POST_MORTEM_ASKED:
        data |= {"due_at": asked.due_at.isoformat()}
        data |= {"to": asked.owner.name, "to_id": asked.owner_id} if asked.owner else {}
    else:
        data["words"] = asked.learnt
    return TicketEvent(ticket=ticket, verb=verb, agent=agent, at=at, data=data)
