"""What an agent did lately and can take back: each act a row, each ticket of it a step."""

from __future__ import annotations

from django.db import models

from answerable.accounts.models import Agent


class Undo(models.Model):
    """An act of an agent, on one ticket or many, that they can take back for a minute."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+", db_index=False)
    # What was done, as the agent was told of it, in their language: “Resolved #4821.”
    did = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                name="undo_of_agent",
                fields=["agent", "-id"],
                condition=models.Q(undone_at=None),
            ),
            models.Index(name="undo_by_end", fields=["ends_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.did} ({self.agent_id})"


class UndoStep(models.Model):
    """What an act changed about one ticket: what was so before, and what is so since.

    `way` is a key of settings.UNDO_WAYS, which says how it is read and put back.
    """

    undo = models.ForeignKey(Undo, models.CASCADE, related_name="steps")
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="+")
    way = models.CharField(max_length=20)
    before = models.JSONField()
    after = models.JSONField()
    event = (
        models.BigIntegerField()
    )  # the last line of the ticket's log that belongs to the act
    verb = models.CharField(max_length=30)  # what that line says

    def __str__(self) -> str:
        return f"{self.way} of {self.ticket_id}"
