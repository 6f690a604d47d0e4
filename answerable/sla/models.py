"""Promises: what was decided for a ticket, the clock that runs on it, and its ledger."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent
from answerable.entitlements.models import Contract, PlanVersion
from answerable.sla.core.ledger import Outcome, Verb
from answerable.sla.miss_models import Appeal, Comment, Excuse
from answerable.tickets.models import Ticket, TicketEvent

__all__ = [
    "Appeal",
    "Clock",
    "ClockEntry",
    "Comment",
    "Decision",
    "EscalationStep",
    "Excuse",
]


class Decision(models.Model):
    """What a ticket was promised when it was opened, or when its claim was decided, and why."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="decisions")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, blank=True)  # guarantee, aim, or nothing
    target = models.CharField(max_length=60, blank=True)
    severity = models.CharField(max_length=40)
    contract = models.ForeignKey(Contract, models.PROTECT, null=True)
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, null=True)
    refusals = models.JSONField(default=list)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["ticket", "id"], name="decision_by_ticket")]

    def __str__(self) -> str:
        return f"{self.kind or 'no promise'} on {self.ticket_id}"


class ClockQuerySet(models.QuerySet["Clock"]):
    def running(self) -> ClockQuerySet:
        return self.filter(outcome=Outcome.RUNNING)

    def to_wake(self, at: datetime) -> ClockQuerySet:
        return self.filter(wake_at__lte=at).order_by("wake_at")


class Clock(models.Model):
    """One promise on one ticket. Each column is what its ledger adds up to."""

    class Metric(models.TextChoices):
        FIRST_RESPONSE = "first_response", "First reply"
        TRIAGE = "triage", "Decision on the claim"

    class Kind(models.TextChoices):
        GUARANTEE = "guarantee", "Guarantee"
        AIM = "aim", "Aim"
        INTERNAL = "internal", "Internal"

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="clocks")
    metric = models.CharField(max_length=20, choices=Metric)
    kind = models.CharField(max_length=20, choices=Kind)
    target = models.CharField(max_length=60)
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT)
    allowance = models.DurationField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    outcome = models.CharField(
        max_length=10,
        choices=[(o.value, o.value) for o in Outcome],
        default=Outcome.RUNNING.value,
    )
    met_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    # The next instant at which something happens to it: a step of its ladder, or its due time.
    wake_at = models.DateTimeField(null=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="clock_by_metric", fields=["ticket", "metric"]),
        ]
        indexes = [
            # The watch asks for these rows; of a million clocks it reads the few that are next.
            models.Index(
                name="clock_by_wake", fields=["wake_at"], condition=Q(wake_at__isnull=False)
            ),
            # Reports ask for the guarantees of a month, and of these for the few missed ones.
            models.Index(name="clock_by_due", fields=["due_at"], condition=Q(kind="guarantee")),
            models.Index(
                name="clock_missed_by_due",
                fields=["due_at"],
                condition=Q(kind="guarantee", outcome="missed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} of {self.ticket_id}: {self.outcome}"


class ClockEntry(models.Model):
    """A line of a clock's ledger. The database refuses to change or delete one.

    Who erases a whole demonstration says `SET LOCAL answerable.erasing = 'on'` in the same
    transaction first.
    """

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="entries")
    verb = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Verb])
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    agent = models.ForeignKey(Agent, models.PROTECT, null=True)
    event = models.ForeignKey(TicketEvent, models.CASCADE, null=True)
    reason = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["clock", "id"], name="entry_by_clock"),
            models.Index(
                name="entry_of_misses", fields=["recorded_at"], condition=Q(verb="miss")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} of {self.clock_id}"


class StepQuerySet(models.QuerySet["EscalationStep"]):
    def waiting(self) -> StepQuerySet:
        return self.filter(done_at=None, stopped_at=None)


class EscalationStep(models.Model):
    """A step of a clock's ladder: when it comes, whom it tells, and what became of it."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="steps")
    percent = models.PositiveSmallIntegerField()
    tell = models.JSONField()
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="step_by_percent", fields=["clock", "percent"]),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % of {self.clock_id}"
