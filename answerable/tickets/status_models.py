"""How a ticket stands: five states, the vendor's own words for them, and its priority."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    REVIEW = "review", "For review"
    OPEN = "open", "Open"
    WAITING = "waiting", "Waiting for the customer"
    HELD = "held", "On hold"
    RESOLVED = "resolved", "Resolved"


class Priority(models.IntegerChoices):
    """What of our own work comes first. No promise depends on it."""

    LOW = 1, "Low"
    NORMAL = 2, "Normal"
    HIGH = 3, "High"
    URGENT = 4, "Urgent"


class Status(models.Model):
    """A word of the vendor's own for a state, by language; a state may have several.

    Clocks and promises know states alone. The `usual` one of a state stands for it where no
    other was chosen.
    """

    category = models.CharField(max_length=20, choices=State)
    names = models.JSONField(default=dict)
    is_usual = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category"],
                name="status_usual_once",
                condition=Q(is_usual=True, retired_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} of {self.category}"
