"""What agents and teams put below their replies, in each language."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent


class Signature(models.Model):
    """A signature in Markdown, with gaps such as {agent}: an agent's own, or a team's.

    `team` is the key of a team (settings.AGENT_TEAMS); `language` is "" for every language that
    has none of its own.
    """

    agent = models.ForeignKey(Agent, models.CASCADE, null=True, related_name="signatures")
    team = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12, blank=True)
    body = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="signature_once",
                fields=["agent", "team", "language"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="signature_is_of_one_kind",
                condition=Q(agent__isnull=False, team="") | (Q(agent=None) & ~Q(team="")),
            ),
        ]

    def __str__(self) -> str:
        return f"of {self.agent_id or self.team} in {self.language or 'every language'}"
