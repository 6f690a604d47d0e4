"""Promises: what was decided for a ticket, the clock that runs on it, and its ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent
from answerable.entitlements.core.plan import Metric
from answerable.entitlements.models import Contract, PlanVersion
from answerable.lib.ready import Given
from answerable.sla.core.ledger import UNFINISHED, Outcome, Verb
from answerable.sla.miss_models import Appeal, Comment, Excuse
from answerable.sla.post_mortem_models import PostMortem
from answerable.tickets.models import Ticket, TicketEvent

__all__ = [
    "Appeal",
    "Audit",
    "Clock",
    "ClockEntry",
    "Comment",
    "Decision",
    "EscalationStep",
    "Excuse",
    "Moving",
    "PostMortem",
]


class Decision(models.Model):
    """What a ticket was promised, and why: at its opening, at a change of its severity, when
    its customer wrote again, or when what it is about was corrected."""

    class Cause(models.TextChoices):
        OPENING = "opening", "The request came in"
        ADMISSION = "admission", "An agent said whose it is"
        SEVERITY = "severity", "Its severity changed; the facts are those of before"
        CORRECTION = "correction", "What it is about was corrected, as of when it came in"
        TURN = "turn", "The customer wrote or asked for something later"
        ENDORSEMENT = "endorsement", "A colleague stands behind it"

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="decisions")
    at = models.DateTimeField()
    cause = models.CharField(
        max_length=20, choices=Cause, default=Cause.OPENING, db_default="opening"
    )
    metric = models.CharField(
        max_length=20, default=Metric.FIRST_RESPONSE.value, db_default="first_response"
    )
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

    def unfinished(self) -> ClockQuerySet:
        return self.filter(outcome__in=UNFINISHED)

    def awaited(self) -> ClockQuerySet:
        """Those whose end somebody waits for: they run, or were missed and not answered."""
        return self.filter(
            Q(outcome=Outcome.RUNNING) | Q(outcome=Outcome.MISSED, answered_at=None)
        )

    def of_ticket(self, ticket: int | Given) -> ClockQuerySet:
        """Those of a ticket, and of what was merged into it."""
        family = Ticket.objects.filter(Q(pk=ticket) | Q(merged_into=ticket))
        return self.filter(ticket__in=family.values("pk"))

    def of_tickets(self, tickets: Iterable[int]) -> ClockQuerySet:
        """Those of tickets, and of what was merged into them."""
        numbers = list(tickets)
        family = Ticket.objects.filter(Q(pk__in=numbers) | Q(merged_into__in=numbers))
        return self.filter(ticket__in=family.values("pk"))

    def to_wake(self, at: datetime) -> ClockQuerySet:
        return self.filter(wake_at__lte=at).order_by("wake_at")


class Clock(models.Model):
    """One promise on one ticket. Each column is what its ledger adds up to.

    Of a metric a ticket may have many clocks, one after another; at most one is unfinished.
    """

    class Metric(models.TextChoices):
        FIRST_RESPONSE = "first_response", "First reply"
        NEXT_RESPONSE = "next_response", "Next reply"
        STATUS_UPDATE = "status_update", "Status update"
        TRIAGE = "triage", "Decision on the severity"
        CALLBACK_START = "callback_start", "Callback"
        CHAT_PICKUP = "chat_pickup", "Pick-up of a chat"
        ESCALATION_RESPONSE = "escalation_response", "A lead's reply"
        WORKAROUND = "workaround", "Workaround"
        RESOLUTION = "resolution", "Solution"
        PROMISED_UPDATE = "promised_update", "Update that an agent promised"

    class Kind(models.TextChoices):
        GUARANTEE = "guarantee", "Guarantee"
        AIM = "aim", "Aim"
        INTERNAL = "internal", "Internal"
        PROMISED = "promised", "Promised by an agent"

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="clocks")
    metric = models.CharField(max_length=20, choices=Metric)
    kind = models.CharField(max_length=20, choices=Kind)
    target = models.CharField(max_length=60)
    # No index: nothing is looked up by it, and every change of a clock would keep it.
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, db_index=False)
    allowance = models.DurationField()
    started_at = models.DateTimeField()
    # From when the allowance counts, where that is not the start: a severity changed since.
    counts_from = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    outcome = models.CharField(
        max_length=10,
        choices=[(o.value, o.value) for o in Outcome],
        default=Outcome.RUNNING.value,
    )
    met_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    # The next instant at which something happens to it: a step of its ladder, its due time, or
    # the end of a pause.
    wake_at = models.DateTimeField(null=True)
    # Why its due time could not be worked out, so that it counts as due at once; else nothing.
    doubt = models.CharField(max_length=200, blank=True, default="", db_default="")

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="clock_unfinished_once",
                fields=["ticket", "metric"],
                condition=Q(outcome__in=["running", "paused"]),
            ),
        ]
        indexes = [
            # The watch asks for these rows; of a million clocks it reads the few that are next.
            models.Index(
                name="clock_by_wake", fields=["wake_at"], condition=Q(wake_at__isnull=False)
            ),
            models.Index(name="clock_in_doubt", fields=["ticket"], condition=~Q(doubt="")),
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

    # Every line is written to each index: there are none but those that are asked for.
    clock = models.ForeignKey(Clock, models.CASCADE, related_name="entries", db_index=False)
    verb = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Verb])
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    counts_from = models.DateTimeField(null=True)
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, db_index=False)
    event = models.ForeignKey(TicketEvent, models.CASCADE, null=True, db_index=False)
    reason = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["clock", "id"], name="entry_by_clock"),
            models.Index(
                name="entry_by_event", fields=["event"], condition=Q(event__isnull=False)
            ),
            models.Index(
                name="entry_of_misses", fields=["recorded_at"], condition=Q(verb="miss")
            ),
            # Most clocks never pause: who works out many due times asks for the few that did.
            models.Index(
                name="entry_of_pauses",
                fields=["clock"],
                condition=Q(verb__in=["pause", "resume"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} of {self.clock_id}"


class Moving(models.Model):
    """Open tickets are moved to a new version of their plan: by whom, and how far it is."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="movings")
    agent = models.ForeignKey(Agent, models.PROTECT, null=True)
    at = models.DateTimeField()
    moved = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="moving_once_at_a_time",
                fields=["version"],
                condition=Q(finished_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"to {self.version_id}"


class Audit(models.Model):
    """All ledgers were compared with the columns of their clocks, and with the plans."""

    at = models.DateTimeField()
    clocks = models.PositiveIntegerField()
    differences = models.PositiveIntegerField()
    says = models.JSONField(default=list)  # the first of them, in words

    class Meta:
        indexes = [models.Index(fields=["at"], name="audit_by_time")]

    def __str__(self) -> str:
        return f"{self.differences} of {self.clocks}"


class StepQuerySet(models.QuerySet["EscalationStep"]):
    def waiting(self) -> StepQuerySet:
        return self.filter(done_at=None, stopped_at=None)

    def stopped_ahead_of(self, at: datetime) -> StepQuerySet:
        """Those that were stopped and whose instant lies after this one."""
        return self.filter(done_at=None, stopped_at__isnull=False, at__gt=at)


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
