"""Who else is on which ticket, as the desk's scripts read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from answerable.accounts.models import Agent
from answerable.desk.words import first_name
from answerable.routing.company import company_beside
from answerable.routing.core.company import FRESH_FOR, Companion


def company_data(agent: Agent, at: datetime) -> dict[str, Any]:
    """Return who else is on which ticket, and after how many milliseconds of silence a page
    should ask again whether they still are. One query."""
    return {
        "on": [_said(one) for one in company_beside(agent, at=at)],
        "fresh": int(FRESH_FOR.total_seconds() * 1000),
    }


def _said(one: Companion) -> dict[str, Any]:
    return {
        "ticket": one.ticket,
        "agent": one.agent,
        "name": first_name(one.name),
        "full": one.name,
        "doing": one.doing.value,
        "lost": one.is_lost,
        "at": int(one.heard_at.timestamp() * 1000),
    }
