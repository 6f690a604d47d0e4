"""New tickets that agents write and have not saved."""

from __future__ import annotations

from django.db import models

from answerable.accounts.models import Agent, Contact


class BegunTicket(models.Model):
    """What an agent has typed of a new ticket, by the token that its page goes by.

    An agent may have begun several. It is no ticket: nobody else sees it.
    """

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="begun")
    token = models.UUIDField(unique=True)
    person = models.ForeignKey(
        Contact, models.CASCADE, null=True, related_name="+", db_index=False
    )
    # What its form has, by the names of the fields.
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    # What its page calls this save (core/saving.py); "" where no page counted.
    saved_as = models.CharField(max_length=60, default="", db_default="")

    def __str__(self) -> str:
        return f"of {self.agent_id}"

    @property
    def version(self) -> str:
        """What a page calls the words that it has read."""
        return self.saved_as or self.saved_at.isoformat()
