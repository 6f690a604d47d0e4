"""What a page calls a message that it sends, so that one sent again is there once."""

from __future__ import annotations

from django.db import models

from answerable.accounts.models import Contact


class MessageSubmission(models.Model):
    """A contact's message, by the token that its page gave it before it was sent."""

    message = models.OneToOneField(
        "tickets.Message", models.CASCADE, primary_key=True, related_name="submission"
    )
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+", db_index=False)
    token = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="message_submitted_once", fields=["contact", "token"]),
        ]

    def __str__(self) -> str:
        return f"message {self.message_id} as {self.token}"
