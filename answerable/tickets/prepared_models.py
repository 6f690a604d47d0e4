"""Replies that are written and wait, and what customers wrote in an agent's language."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent


class PreparedReplyQuerySet(models.QuerySet["PreparedReply"]):
    def waiting(self) -> PreparedReplyQuerySet:
        """Those that nobody has sent, given back or called off."""
        return self.filter(ended_at=None)


class PreparedReply(models.Model):
    """A reply that its writer is done with, and that waits: for a time, or for a colleague.

    Until then it is no message: it keeps no promise, and no customer sees it. `seen` is the
    last event that its writer had on the page; `data` goes into the log with it.
    """

    class End(models.TextChoices):
        SENT = "sent", "It was sent"
        RETURNED = "returned", "A colleague sent it back with a sentence"
        CALLED_OFF = "called_off", "Its writer has it as a draft again"
        OVERTAKEN = "overtaken", "The customer wrote meanwhile, so it is a draft again"

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="prepared")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="prepared")
    body = models.TextField()
    seen = models.BigIntegerField(default=0)
    data = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    send_at = models.DateTimeField(null=True)
    reviewer = models.ForeignKey(Agent, models.CASCADE, null=True, related_name="to_review")
    end = models.CharField(max_length=12, choices=End, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = PreparedReplyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prepared_waits_for_something",
                condition=Q(send_at__isnull=False, reviewer=None)
                | Q(send_at=None, reviewer__isnull=False),
            ),
            models.UniqueConstraint(
                name="prepared_once",
                fields=["ticket", "agent"],
                condition=Q(ended_at=None),
            ),
        ]
        indexes = [
            models.Index(
                name="prepared_by_time",
                fields=["send_at"],
                condition=Q(ended_at=None, send_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"of {self.agent_id} on {self.ticket_id}"

    @property
    def place(self) -> str:
        """Where its files wait."""
        return f"prepared-{self.pk}"


class MessageTranslation(models.Model):
    """What a message says in another language, by a machine; the message stays as it is."""

    message = models.ForeignKey("tickets.Message", models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12)
    body = models.TextField()
    machine = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="message_translated_once", fields=["message", "language"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} in {self.language}"
