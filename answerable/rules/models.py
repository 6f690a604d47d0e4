"""Rules and their versions, what each run of one did, and rules that are tried on the past."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent
from answerable.tickets.models import Ticket


class RuleQuerySet(models.QuerySet["Rule"]):
    def active(self) -> RuleQuerySet:
        """Those that act, in their order."""
        live = self.filter(state=Rule.State.ACTIVE, version__isnull=False)
        return live.select_related("version").order_by("position", "pk")

    def kept(self) -> RuleQuerySet:
        """Those that nobody threw away, in their order."""
        return self.exclude(state=Rule.State.RETIRED).order_by("position", "pk")


class Rule(models.Model):
    """What is done with tickets by itself. What it says is data (core/reading.py).

    `draft` is what is being written; the version is what acts, until another is started.
    `since` is the last line of the log when it was started: what came before is not its own.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ACTIVE = "active", "Active"
        PAUSED = "paused", "Paused"
        RETIRED = "retired", "Retired"

    name = models.CharField(max_length=100)
    owner = models.ForeignKey(Agent, models.PROTECT, related_name="rules")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    position = models.PositiveIntegerField(default=0)
    draft = models.JSONField(default=dict)
    version = models.ForeignKey(
        "RuleVersion", models.PROTECT, null=True, related_name="+", db_index=False
    )
    since = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField()
    # When the clock last looked at all tickets for it, where time wakes it.
    looked_at = models.DateTimeField(null=True)

    objects = RuleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class RuleVersion(models.Model):
    """What a rule said from one start to the next. It never changes."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    says = models.JSONField()
    made_by = models.ForeignKey(Agent, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="rule_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} v{self.number}"


class Run(models.Model):
    """A rule held for a ticket: what was asked and done, or why nothing was, and how long it
    took. Of each rule a ticket has one run for an occasion: a line of its log (`e` and its
    number), or the instant since which time was counted (`t`).
    """

    class Outcome(models.TextChoices):
        DONE = "done", "All of it was done"
        PARTLY = "partly", "Some of it was done"
        NOTHING = "nothing", "There was nothing to do, or none of it could be done"
        STOPPED = "stopped", "A guard kept it from acting"
        FAILED = "failed", "It stumbled"

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="runs", db_index=False)
    version = models.ForeignKey(RuleVersion, models.CASCADE, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="rule_runs")
    occasion = models.CharField(max_length=40)
    event = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    took_ms = models.PositiveIntegerField(default=0)
    depth = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=Outcome)
    why = models.CharField(max_length=20, blank=True)  # a guard, of one that was stopped
    acts = models.PositiveSmallIntegerField(default=0)  # that did something
    held = models.JSONField(default=list)  # [[place, answer]]
    did = models.JSONField(default=list)  # [{"kind", "value", "ok", "why"}]
    steps = models.JSONField(default=list)  # [{"way", "before", "after"}]: what can be undone
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "ticket", "occasion"], name="rule_runs_once_an_occasion"
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="run_by_time"),
            models.Index(fields=["rule", "-at"], name="run_of_rule"),
            models.Index(fields=["ticket", "-at"], name="run_on_ticket"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} on {self.ticket_id}: {self.outcome}"


class Halt(models.Model):
    """A rule acts no more on a ticket: rules did too much there in an hour."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="halts")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="rule_halts")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "ticket"], name="rule_halted_once", condition=Q(lifted_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} on {self.ticket_id}"


class GivenOut(models.Model):
    """When rules last gave somebody of a team a ticket: who had none for longest comes next."""

    team = models.CharField(max_length=40)
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "agent"], name="given_out_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} of {self.team}"


class Webhook(models.Model):
    """A rule tells another system of a ticket, once it is committed; tried again for a day."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=200)
    body = models.JSONField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"],
                name="rule_webhook_that_waits",
                condition=Q(next_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.url} for {self.run_id}"


class Trial(models.Model):
    """Rules are tried on what happened lately: what they would have done. Nothing is written.

    `rules` has what each says; `found` what came of each, so far; `upto` the last ticket that
    was looked at.
    """

    asked_by = models.ForeignKey(Agent, models.CASCADE, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    since = models.DateTimeField()
    rules = models.JSONField()  # [{"rule", "name", "says"}]
    total = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    upto = models.BigIntegerField(default=0)
    found = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"trial {self.pk}"
