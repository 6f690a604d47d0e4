"""How far each follower of the log of all tickets is, and which lines it could not take."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class LogMark(models.Model):
    """How far one follower took the lines of the log (actions/following.py).

    `gaps` are numbers up to `upto` that were not there yet: [first, last, [holder, ...]], of
    who was writing then. At `level_at` nothing was left to be taken. `stumbles` counts how
    often in a row the database gave up over what comes next.
    """

    name = models.CharField(max_length=20, primary_key=True)
    upto = models.BigIntegerField(default=0)
    gaps = models.JSONField(default=list)
    level_at = models.DateTimeField()
    stumbles = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} up to {self.upto}"


class ParkedLine(models.Model):
    """A line of the log that a follower could not take: it goes on without it.

    It is tried again at `next_at`; None: a person has to look at it.
    """

    name = models.CharField(max_length=20)
    event = models.ForeignKey(
        "tickets.TicketEvent", models.CASCADE, related_name="+", db_index=False
    )
    why = models.CharField(max_length=300)
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=1)
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="line_parked_once"),
        ]
        indexes = [
            models.Index(
                fields=["name", "next_at"],
                name="parked_line_to_be_tried",
                condition=Q(next_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.event_id} for {self.name}"
