"""Reads legs, and what is to be asked of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.account import telephone
from answerable.channels.voice.twilio.core.judging import First, Legs
from answerable.channels.voice.twilio.models import Leg, Telephone
from answerable.tickets.models import Callback, Ticket

# For how long nothing was heard of a leg before the provider is asked.
SILENCE = timedelta(seconds=40)
# For how long a provider is down before those whom we tried to call are answered in writing.
PATIENCE = timedelta(minutes=3)
MOST = 50


def legs_of(call: Call) -> Legs:
    """Return what is known of the legs of a call."""
    sides = {leg.side: leg for leg in call.legs.filter(is_given_up=False)}
    agent, contact = sides.get(Leg.Side.AGENT), sides.get(Leg.Side.CONTACT)
    ours = telephone()
    return Legs(
        first=_first(call, ours),
        agent=agent.facts() if agent else None,
        agreed_at=agent.agreed_at if agent else None,
        contact=contact.facts() if contact else None,
        looks_for_machines=bool(ours and ours.looks_for_machines),
    )


def silent(at: datetime) -> list[Leg]:
    """Return legs that go on as far as we know, and of which nothing was heard for a while."""
    quiet = Leg.objects.going_on().filter(heard_at__lte=at - SILENCE)
    return list(quiet.select_related("call").order_by("heard_at")[:MOST])


def waiting_too_long(ours: Telephone, at: datetime) -> list[Leg]:
    """Return the callers who wait in line for longer than anybody should."""
    began = at - timedelta(seconds=ours.line_seconds)
    callers = Leg.objects.going_on().filter(
        side=Leg.Side.CONTACT,
        call__is_inbound=True,
        call__agent=None,
        call__ended_at=None,
        call__dialled_at__lte=began,
    )
    return list(callers.order_by("pk")[:MOST])


def failed_while_down(ours: Telephone | None, at: datetime) -> list[Callback]:
    """Return the calls that customers wait for, tried while the provider is down, and not
    tried otherwise since; none before it has been down for some minutes."""
    if ours is None or ours.problem_since is None or at - ours.problem_since < PATIENCE:
        return []
    calls = Call.objects.filter(callback=OuterRef("pk"))
    failed = calls.filter(
        way=Call.Way.PROVIDER, outcome=Call.Outcome.FAILED, ended_at__gte=ours.problem_since
    )
    waiting = Callback.objects.waiting().filter(Exists(failed))
    going = Exists(calls.filter(ended_at=None))
    return list(waiting.exclude(going).select_related("ticket").order_by("pk")[:MOST])


def ticket_to_speak_about(leg: Leg, number: int | None = None) -> Ticket | None:
    """Return what a caller who showed who they are may want to speak about: the request with
    which they wait for a call, else their last one that is not resolved; with `number`, that
    one if it is theirs."""
    if leg.contact is None or not leg.is_identified:
        return None
    theirs = Ticket.objects.unresolved().filter(requester=leg.contact, merged_into=None)
    if number is not None:
        return theirs.filter(pk=number).first() if number < 2**63 else None
    awaited = theirs.filter(callbacks__ended_at=None, callbacks__isnull=False)
    return awaited.order_by("pk").first() or theirs.order_by("-last_at", "-pk").first()


def people_ahead(call: Call) -> int:
    """Return how many callers wait in line before this one."""
    waiting = Call.objects.going_on().filter(
        is_inbound=True, agent=None, dialled_at__lt=call.dialled_at
    )
    return waiting.count()


def _first(call: Call, ours: Telephone | None) -> First:
    if call.is_inbound:
        return First.CALLER
    return First(ours.first) if ours else First.AGENT
