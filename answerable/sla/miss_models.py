"""What is said of a missed promise: an excuse of the plan, an appeal to it, a comment.

None of them changes the clock: a missed promise stays missed.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent, Contact
from answerable.tickets.models import Message


class ExcuseQuerySet(models.QuerySet["Excuse"]):
    def standing(self) -> ExcuseQuerySet:
        return self.filter(ended_at=None)


class Excuse(models.Model):
    """An exception of the plan that somebody recorded for a miss, with its evidence.

    It stands until an appeal to it is granted, or the miss itself was taken back.
    """

    clock = models.ForeignKey("sla.Clock", models.CASCADE, related_name="excuses")
    code = models.CharField(max_length=40)
    says = models.CharField(max_length=200)  # the plan's rule, in public words
    words = models.TextField()
    evidence = models.TextField(blank=True)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")
    appealable = models.BooleanField()
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ExcuseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="excuse_stands_alone", fields=["clock"], condition=Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} for {self.clock_id}"


class AppealQuerySet(models.QuerySet["Appeal"]):
    def waiting(self) -> AppealQuerySet:
        return self.filter(decided_at=None, excuse__ended_at=None)


class Appeal(models.Model):
    """The customer sees it differently, once; somebody who did not excuse the miss decides."""

    excuse = models.OneToOneField(Excuse, models.CASCADE, related_name="appeal")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    words = models.TextField()
    at = models.DateTimeField()
    decided_by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)
    answer = models.TextField(blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appeal_is_decided_by_somebody",
                condition=Q(decided_at=None, decided_by=None, upheld=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, upheld__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="appeal_waiting", fields=["at"], condition=Q(decided_at=None)),
        ]

    def __str__(self) -> str:
        return f"appeal to {self.excuse_id}"


class Comment(models.Model):
    """What the vendor says of a miss to its customer, in the report. The newest counts."""

    clock = models.ForeignKey("sla.Clock", models.CASCADE, related_name="comments")
    words = models.TextField()
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"comment on {self.clock_id}"
