"""Reads calls for pages, and for what limits them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Sum

from answerable.accounts.models import Agent
from answerable.channels.voice.models import Call
from answerable.tickets.models import Ticket

MINUTE = timedelta(minutes=1)


def call_on(ticket: Ticket) -> Call | None:
    """Return the call that goes on about a ticket, or None."""
    going = Call.objects.going_on().filter(ticket=ticket)
    return going.select_related("agent", "contact", "callback").order_by("-pk").first()


def call_with(agent: Agent) -> Call | None:
    """Return the call that an agent is in, or None."""
    return Call.objects.going_on().filter(agent=agent).select_related("ticket").first()


def unnoted_on(ticket: Ticket) -> list[Call]:
    """Return the calls about a ticket that have no summary, the newest first."""
    calls = Call.objects.without_summary().filter(ticket=ticket)
    return list(calls.select_related("agent", "contact").order_by("-pk")[:5])


def wraps_up(agent: Agent, at: datetime) -> datetime | None:
    """Return until when an agent is offered nothing, to write a call down; None if they are."""
    calls = Call.objects.filter(agent=agent, wraps_up_until__gt=at)
    return calls.order_by("-wraps_up_until").values_list("wraps_up_until", flat=True).first()


def minutes_of_month(at: datetime) -> int:
    """Return for how many minutes people talked by a telephone provider in the month of
    an instant, in the installation's zone, rounded down."""
    local = at.astimezone(ZoneInfo(settings.ANSWERABLE_ZONE))
    begin = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    talked = Call.objects.filter(way=Call.Way.PROVIDER, connected_at__gte=begin)
    lasted = talked.aggregate(all=Sum(F("ended_at") - F("connected_at")))["all"]
    return int((lasted or timedelta()) / MINUTE)
