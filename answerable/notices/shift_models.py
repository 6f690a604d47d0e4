"""Of which shifts on call agents were told, so that each is told once."""

from __future__ import annotations

from django.db import models

from answerable.accounts.models import Agent


class ShiftTold(models.Model):
    """An agent was told of a shift of theirs, or of a cover: `key` says of which, and when."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="shift_told_once", fields=["agent", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.key} to {self.agent_id}"
