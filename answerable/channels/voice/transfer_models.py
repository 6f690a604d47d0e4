"""A call that is handed on: to whom, why, and whether they came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent


class TransferQuerySet(models.QuerySet["Transfer"]):
    def open(self) -> TransferQuerySet:
        """Those that ring, or whose agent is on the way."""
        return self.filter(ended_at=None)


class Transfer(models.Model):
    """An agent hands a call on: to a colleague, or to whoever has a skill (`team` is its name).

    It rings until somebody takes it. When they are there the call is theirs, and the first one
    leaves; however else it ends, the call stays where it was. `phone` is where a provider rings
    who comes. The next agent and the customer both read `sentence`.
    """

    class Outcome(models.TextChoices):
        DONE = "done", "The next agent has the call"
        KEPT = "kept", "The first one keeps it after all"
        NOT_TAKEN = "not_taken", "Nobody came"
        OVER = "over", "The call ended before"

    call = models.ForeignKey("voice.Call", models.CASCADE, related_name="transfers")
    by = models.ForeignKey(Agent, models.PROTECT, related_name="+")
    to = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    skill = models.CharField(max_length=40, blank=True)
    team = models.CharField(max_length=100, blank=True)
    sentence = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    taken_by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    phone = models.CharField(max_length=20, blank=True)  # as E.164 writes it
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="call_is_handed_on_once_at_a_time",
                fields=["call"],
                condition=Q(ended_at=None),
            ),
            models.UniqueConstraint(
                name="agent_comes_into_one_call",
                fields=["taken_by"],
                condition=Q(ended_at=None, taken_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"of call {self.call_id}"
