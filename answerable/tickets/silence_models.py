"""A ticket waits for its customer, who says nothing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Silence(models.Model):
    """A stretch in which a ticket waits for its customer's words, with its plan's rules.

    It ends with their words, or whatever else lets the ticket wait no longer. `wake_at` is when
    something happens next.
    """

    ticket = models.ForeignKey(
        "tickets.Ticket", models.CASCADE, related_name="silences", db_index=False
    )
    began_at = models.DateTimeField()
    rules = models.JSONField()
    reminded = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="silence_one_at_a_time", fields=["ticket"], condition=Q(ended_at=None)
            ),
        ]
        indexes = [
            models.Index(
                fields=["wake_at"],
                name="silence_by_wake",
                condition=Q(ended_at=None, wake_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"silence on {self.ticket_id}"
