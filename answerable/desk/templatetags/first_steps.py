"""What a new installation lacks, for the administrator who has just begun."""

from __future__ import annotations

from django import template

from answerable.accounts.models import Agent
from answerable.knowledge.models import Article

register = template.Library()


@register.filter
def lacks_articles(agent: Agent | None) -> bool:
    """Say whether this is an administrator, and the help centre has nothing yet."""
    if agent is None or agent.role != Agent.Role.ADMINISTRATOR:
        return False
    return not Article.objects.exists()
