"""What agents have not sent yet."""

from __future__ import annotations

from django.db import models

from answerable.accounts.models import Agent


class Draft(models.Model):
    """An agent's unsent text, kept by ticket, mode and writer."""

    class Mode(models.TextChoices):
        REPLY = "reply", "Reply"
        NOTE = "note", "Note"
        CALL = "call", "Summary of a call"

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="drafts")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="drafts")
    mode = models.CharField(max_length=10, choices=Mode)
    body = models.TextField()
    saved_at = models.DateTimeField()
    # What its page calls this save (core/saving.py); "" where no page counted.
    saved_as = models.CharField(max_length=60, default="", db_default="")
    # To whom a reply goes, and what is done once it has left; by the names in DATA.
    data = models.JSONField(default=dict, db_default={})

    DATA = ("to", "cc", "acts", "macros")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="draft_by_ticket_agent_mode", fields=["ticket", "agent", "mode"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mode} of {self.agent_id} on {self.ticket_id}"

    @property
    def version(self) -> str:
        """What a page calls the draft that it has read."""
        return self.saved_as or self.saved_at.isoformat()
