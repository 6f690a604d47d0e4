"""Who may look at the wallboard: leads, and screens whose link a lead made. The one answer for
pages and streams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.accounts.access import agent_of
from answerable.accounts.models import Agent
from answerable.accounts.tokens import digest_of
from answerable.forecast.models import Screen
from answerable.live.guards import Reader


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who looks: a lead, or a screen. A lead may hide names of customers, where others read
    along."""

    lead: Agent | None = None
    screen: Screen | None = None
    hides_names: bool = False

    @property
    def sees_names(self) -> bool:
        """Whether names of customers are shown to them."""
        if self.screen is not None:
            return self.screen.with_names
        return not self.hides_names


def watcher_of(reader: Reader, token: str, at: datetime) -> Watcher | None:
    """Return who looks at the wallboard, by their session, or by a screen's token where there
    is one; None where they may not."""
    if token:
        screen = screen_of(token, at)
        return Watcher(screen=screen) if screen else None
    agent = agent_of(reader)
    return Watcher(lead=agent) if agent and agent.role != Agent.Role.AGENT else None


def screen_of(token: str, at: datetime) -> Screen | None:
    """Return the screen that a token opens; None when it ended or was never made."""
    living = Screen.objects.filter(ended_at=None, expires_at__gt=at)
    return living.filter(digest=digest_of(token), made_by__user__is_active=True).first()


def may_listen(reader: Reader, key: str) -> bool:
    """Say whether this reader may be told that the wallboard changed: leads alone."""
    agent = agent_of(reader)
    return agent is not None and agent.role != Agent.Role.AGENT
