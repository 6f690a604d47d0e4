"""The requester says that a ticket is business-critical, and what came of it."""

from __future__ import annotations

from django.db import models

from answerable.accounts.models import Agent


class Claim(models.Model):
    """The requester says that a ticket is business-critical; an agent decides on it."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed business-critical"
        CHANGED = "changed", "Changed to standard"

    ticket = models.OneToOneField("tickets.Ticket", models.CASCADE, related_name="claim")
    impact = models.CharField(max_length=40)
    impact_says = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Agent, models.PROTECT, null=True)
    reason = models.CharField(max_length=40, blank=True)
    reason_says = models.CharField(max_length=200, blank=True)
    notice = models.OneToOneField(
        "tickets.Message", models.PROTECT, null=True, related_name="claim"
    )
    in_force_at = models.DateTimeField(null=True)  # when the decision took effect

    def __str__(self) -> str:
        return f"claim on {self.ticket_id}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return not self.outcome
