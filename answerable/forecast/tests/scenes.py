"""People who are there, and weeks in which as much came as ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.accounts.models import Agent
from answerable.forecast.actions import remember_arrivals
from answerable.forecast.models import Arrival, Forecast
from answerable.routing import actions as routing
from answerable.routing.models import Presence

WEEK, MINUTE = timedelta(weeks=1), timedelta(minutes=1)


def are_there(*agents: Agent, at: datetime) -> None:
    """Let agents be available, with a page open."""
    for agent in agents:
        routing.heard(agent, f"page-{agent.pk}", at=at)
        routing.set_status(agent, Presence.Status.AVAILABLE, at=at)


def weeks_of_arrivals(many: int, at: datetime, *, weeks: int = 8, within: int = 60) -> None:
    """Let as many tickets have come in each ten minutes, at this time of the weeks before."""
    remember_arrivals(
        Arrival(begins_at=begins, kind=Arrival.Kind.WRITTEN, within=within, many=many)
        for week in range(1, weeks + 1)
        for begins in (at - week * WEEK + bin_ * 10 * MINUTE for bin_ in range(-1, 7))
    )


def remembered(at: datetime) -> None:
    """Let it be known of which tickets no account has to be taken any more."""
    Forecast.objects.create(
        at=at - 3 * 60 * MINUTE, ends_at=at - 2 * 60 * MINUTE, newest_ticket=0, missed=0
    )
