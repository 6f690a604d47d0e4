"""Colleagues whom a note mentions."""

from __future__ import annotations

from collections.abc import Sequence

from answerable.accounts.models import Agent
from answerable.tickets.core.mentions import handles, mentions_in


def mentioned(text: str) -> list[Agent]:
    """Return the agents whom a note mentions, in order; without an @ nobody is asked for."""
    if "@" not in text:
        return []
    agents = {agent.pk: agent for agent in Agent.objects.active()}
    names = {key: agent.name for key, agent in agents.items()}
    return [agents[key] for key in mentions_in(text, names)]


def mentionable(agents: Sequence[Agent]) -> list[dict[str, str]]:
    """Return how agents are mentioned: the name of each, and what stands after the @."""
    names = {agent.pk: agent.name for agent in agents}
    called = handles(names)
    return [
        {"name": name, "handle": called[key]} for key, name in names.items() if key in called
    ]
