"""Says on pages of agents outside the desk that their reader is there."""

from __future__ import annotations

from django import template
from django.template.context import Context

from answerable.accounts.models import Agent
from answerable.live.queries import newest_number

register = template.Library()


@register.inclusion_tag("routing/_here.html", takes_context=True)
def agent_here(context: Context) -> dict[str, object]:
    """Show nothing, and beat, where the page has an agent; what is offered to them is said."""
    agent = context.get("agent")
    return {"agent": agent, "after": newest_number()} if isinstance(agent, Agent) else {}
