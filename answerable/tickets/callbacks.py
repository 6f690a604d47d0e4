"""A customer who wants to be called: at which number, when, and what came of it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Contact
from answerable.tickets.core.calling import Rules, rules_of


class CallbackQuerySet(models.QuerySet["Callback"]):
    def waiting(self) -> CallbackQuerySet:
        """Those that somebody still waits for."""
        return self.filter(ended_at=None)

    def due_by(self, at: datetime) -> CallbackQuerySet:
        """Those that wait for a call now, rather than for a time that they chose, or for the
        next attempt."""
        is_time = Q(again_at=None) | Q(again_at__lte=at)
        return self.waiting().filter(is_time, asked_at__lte=at)


class Callback(models.Model):
    """A call that a contact asked for. A person has one at a time."""

    class Outcome(models.TextChoices):
        CONNECTED = "connected", "Connected"
        CANCELLED = "cancelled", "Cancelled by the customer"
        NOT_REACHED = "not_reached", "Called, and not reached"
        CLOSED = "closed", "Closed without a call"

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="callbacks")
    contact = models.ForeignKey(
        Contact, models.PROTECT, related_name="callbacks", db_index=False
    )
    phone = models.CharField(max_length=20)  # as E.164 writes it
    country = models.CharField(max_length=2, blank=True)  # of the number, by ISO 3166
    made_at = models.DateTimeField()
    wanted_at = models.DateTimeField(null=True)  # None: as soon as possible
    # From when they wait: since they asked, or since the time that they chose.
    asked_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    first_attempt_at = models.DateTimeField(null=True)
    last_attempt_at = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)  # when we try again
    last_result = models.CharField(max_length=20, blank=True)  # of the last attempt
    # What their plan said of calls when they asked (core/calling.py).
    rules = models.JSONField(default=dict)
    # Read out by who is called, it shows that it is them: their page has it. Good once.
    code = models.CharField(max_length=6, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = CallbackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="callback_is_one_at_a_time",
                fields=["contact"],
                condition=Q(ended_at=None),
            ),
        ]
        indexes = [
            # What callers waited lately is asked whenever somebody looks how to reach us.
            models.Index(
                name="callback_by_attempt",
                fields=["first_attempt_at"],
                condition=Q(first_attempt_at__isnull=False),
            ),
            models.Index(
                name="callback_to_come", fields=["wanted_at"], condition=Q(asked_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phone} about {self.ticket_id}"

    @property
    def ruled(self) -> Rules:
        """What their plan said of calls when they asked."""
        return rules_of(self.rules)
