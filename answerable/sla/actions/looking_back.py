"""Asks what a missed critical promise taught us, until somebody has said it.

It is asked when the miss is stamped, at 100 % of the ladder (ux.md 8.12). It changes no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Agent, Customer
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


def ask_post_mortems(events: Sequence[TicketEvent]) -> None:
    """Ask for a post-mortem of each critical guarantee that was missed, once.

    It falls to whoever has the ticket, else to the account manager, else to a lead.
    """
    clocks = [event.data["clock"] for event in events]
    missed = Clock.objects.filter(
        pk__in=clocks, kind=Clock.Kind.GUARANTEE, outcome=Outcome.MISSED, post_mortem=None
    ).in_bulk()
    new = [e for e in events if e.data["clock"] in missed and is_critical(e.ticket)]
    if not new:
        return
    owners = _owners([event.ticket for event in new])
    asked = [
        PostMortem(
            clock=missed[event.data["clock"]],
            owner=owners[event.ticket_id],
            asked_at=event.at,
            due_at=event.at + DUE_AFTER,
        )
        for event in new
    ]
    PostMortem.objects.bulk_create(asked)
    both = zip(asked, new, strict=True)
    record(*(_line(one, e.ticket, Verb.POST_MORTEM_ASKED, None, e.at) for one, e in both))


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


def _owners(tickets: Sequence[Ticket]) -> dict[int, Agent | None]:
    """Return to whom each ticket's falls, by its number. Three queries at most."""
    customers = {ticket.customer_id for ticket in tickets if ticket.customer_id}
    managers: dict[int | None, int | None] = dict(
        Customer.objects.filter(pk__in=customers).values_list("pk", "account_manager")
    )
    asked = [(t.pk, (t.assignee_id, managers.get(t.customer_id))) for t in tickets]
    active = Agent.objects.active()
    known = active.in_bulk({number for _, numbers in asked for number in numbers if number})
    found = {
        ticket: next((known[number] for number in numbers if number in known), None)
        for ticket, numbers in asked
    }
    if None in found.values():
        lead = active.exclude(role=Agent.Role.AGENT).order_by("-role", "pk").first()
        found = {ticket: owner or lead for ticket, owner in found.items()}
    return found


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
