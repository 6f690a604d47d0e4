"""What was changed about a ticket beside its conversation, by whom and why: each a row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent, Contact


class Rating(models.Model):
    """What its requester said of how serious a ticket is: a severity of the plan, and what the
    plan asks for with it."""

    ticket = models.OneToOneField("tickets.Ticket", models.CASCADE, related_name="rating")
    severity = models.CharField(max_length=40)
    answers = models.JSONField(default=list)  # [{"asks": the plan's words, "says": theirs}]
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.severity} said of {self.ticket_id}"


class SeverityChange(models.Model):
    """A severity was changed, for a reason. In force at once, or when the customer was told."""

    ticket = models.ForeignKey(
        "tickets.Ticket", models.CASCADE, related_name="severity_changes"
    )
    before = models.CharField(max_length=40)
    after = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    agent = models.ForeignKey(Agent, models.PROTECT, null=True)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True)
    notice = models.OneToOneField(
        "tickets.Message", models.PROTECT, null=True, related_name="severity_change"
    )
    made_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["ticket", "id"], name="severity_by_ticket")]

    def __str__(self) -> str:
        return f"{self.before} to {self.after} on {self.ticket_id}"


class Hold(models.Model):
    """A ticket waits for something other than its customer's words: who said so, why, until
    when."""

    class Kind(models.TextChoices):
        VENDOR = "vendor", "Waiting for somebody of ours"
        THIRD_PARTY = "third_party", "Waiting for a third party"
        SCHEDULED = "scheduled", "The customer asked us to wait"

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="holds")
    kind = models.CharField(max_length=20, choices=Kind)
    reason = models.CharField(max_length=500)
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hold_one_at_a_time", fields=["ticket"], condition=Q(ended_at=None)
            ),
        ]
        indexes = [
            models.Index(
                fields=["until"],
                name="hold_by_end",
                condition=Q(ended_at=None, until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.ticket_id}"


class Merge(models.Model):
    """One ticket was merged into another of the same customer. It can be undone."""

    kept = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="merges")
    merged = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="merges_away")
    was = models.CharField(max_length=20)  # the merged ticket's state
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="merged_once", fields=["merged"], condition=Q(undone_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.merged_id} into #{self.kept_id}"
