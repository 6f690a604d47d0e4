"""Side conversations: agents and third parties about a ticket, apart from its customer.

Nothing of them is a message of the ticket: no page, mail, stream or export of a customer reads
these tables.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent
from answerable.tickets.participants import Doubt


class SideThread(models.Model):
    """A conversation with third parties about a ticket, by mail."""

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="sides")
    subject = models.CharField(max_length=200)
    opened_by = models.ForeignKey(Agent, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.subject} beside {self.ticket_id}"


class SidePerson(models.Model):
    """Somebody outside who takes part in a side conversation, and in nothing else."""

    thread = models.ForeignKey(SideThread, models.CASCADE, related_name="people")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="side_person_once", fields=["thread", "email"]),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class SideMessage(models.Model):
    """What an agent wrote to third parties, or one of them answered."""

    thread = models.ForeignKey(SideThread, models.CASCADE, related_name="messages")
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    sender = models.CharField(max_length=320, blank=True)
    body = models.TextField()
    folded = models.TextField(blank=True)
    doubt = models.CharField(max_length=10, choices=Doubt, blank=True)
    mail_id = models.CharField(max_length=500, blank=True)  # of the mail that brought it
    written_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=500, blank=True)  # why it did not reach somebody

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="side_message_has_a_writer",
                condition=Q(agent__isnull=False, sender="") | Q(agent=None) & ~Q(sender=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} in {self.thread_id}"

    @property
    def author(self) -> str:
        """The name that stands above it."""
        return self.agent.name if self.agent else self.sender


class SideSeen(models.Model):
    """Up to which message an agent has read a side conversation."""

    thread = models.ForeignKey(SideThread, models.CASCADE, related_name="seen")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    message = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="side_seen_once", fields=["thread", "agent"]),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} has read {self.thread_id} up to {self.message}"
