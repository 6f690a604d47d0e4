"""Two tickets that have to do with each other."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from answerable.accounts.models import Agent


class TicketLink(models.Model):
    """Two tickets are linked; the one with the lower number is `one`."""

    one = models.ForeignKey(
        "tickets.Ticket", models.CASCADE, related_name="links_on", db_index=False
    )
    other = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="links_back")
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="linked_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="linked_in_order"),
        ]

    def __str__(self) -> str:
        return f"#{self.one_id} and #{self.other_id}"
