"""What is next, and who was told: the queue's order as rows, and notices to agents."""

from __future__ import annotations

from django.db import models

from answerable.accounts.models import Agent, Customer
from answerable.tickets.models import Ticket, TicketEvent


class QueueEntry(models.Model):
    """An unresolved ticket's place in the queue. Kept by reactions; can be made anew."""

    class Band(models.IntegerChoices):
        NOW = 0, "Claimed or confirmed business-critical"
        PROMISE = 1, "A guaranteed reply is due"
        AIM = 2, "A reply is aimed for"
        OPEN = 3, "The customer waits, and nothing is promised"
        WAITING = 4, "Waiting for the customer"
        REVIEW = 5, "A stranger's, for review"

    ticket = models.OneToOneField(
        Ticket, models.CASCADE, primary_key=True, related_name="queue_entry"
    )
    band = models.PositiveSmallIntegerField(choices=Band)
    # Of the clock with the least slack: guarantee (which internal ones are sorted with) or aim,
    # and what it measures.
    kind = models.CharField(max_length=20, blank=True)
    metric = models.CharField(max_length=20, blank=True, default="", db_default="")
    # When work must begin for the reply to be in time. Least slack is the earliest of these;
    # for an aim it is when four fifths of it are used, for the rest when somebody last wrote.
    act_by = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    assignee = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+")
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["band", "kind", "act_by", "ticket"], name="queue_by_slack"),
            models.Index(
                fields=["assignee", "band", "kind", "act_by", "ticket"], name="queue_of_agent"
            ),
            models.Index(
                fields=["band", "kind", "act_by", "ticket"],
                name="queue_of_nobody",
                condition=models.Q(assignee=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.band} {self.act_by} #{self.ticket_id}"


class Notice(models.Model):
    """An agent was told of something on a ticket."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="notices")
    event = models.ForeignKey(TicketEvent, models.CASCADE, related_name="notices")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="notices")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notice_once", fields=["agent", "event"]),
        ]
        indexes = [
            models.Index(
                fields=["agent", "-id"],
                name="notice_unseen",
                condition=models.Q(seen_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} of {self.event_id}"
