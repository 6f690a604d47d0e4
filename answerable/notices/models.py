"""What agents were told, and what each person wants."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent
from answerable.notices.core.levels import Kind, Level
from answerable.notices.shift_models import ShiftTold
from answerable.notices.tiding_models import TextNumber, Tiding, TidingWish
from answerable.notices.way_models import Delivery, PushSubscription, Receiver, VapidKey
from answerable.routing.models import Offer
from answerable.tickets.models import Ticket, TicketEvent

__all__ = [
    "Delivery",
    "Follow",
    "Notice",
    "PushSubscription",
    "Receiver",
    "ShiftTold",
    "Step",
    "TextNumber",
    "Tiding",
    "TidingWish",
    "VapidKey",
    "Wish",
]

# What stands until something ends it.
STANDING = (Kind.SOON, Kind.RISK, Kind.HURRY, Kind.NEXT, Kind.CRITICAL, Kind.OFFER)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)

    def standing(self) -> NoticeQuerySet:
        return self.filter(ended_at=None, kind__in=STANDING)


class Notice(models.Model):
    """One person is told of something, once: `key` says of what."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Kind])
    key = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(
        choices=[(one.value, one.name.lower()) for one in Level]
    )
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    event = models.ForeignKey(TicketEvent, models.CASCADE, null=True, related_name="+")
    offer = models.ForeignKey(Offer, models.CASCADE, null=True, related_name="+")
    # Of a promise: when it is due, who has the ticket, and what replies like this take.
    due_at = models.DateTimeField(null=True)
    holder = models.ForeignKey(
        Agent, models.CASCADE, null=True, related_name="+", db_index=False
    )
    takes = models.PositiveIntegerField(null=True)  # in minutes
    at = models.DateTimeField()
    sounded = models.BooleanField(default=False)
    on_desktop = models.BooleanField(default=False)
    # Whether a page of theirs was open, so that a card of it was there.
    was_there = models.BooleanField(default=False)
    in_digest = models.BooleanField(default=False)  # a digest is still to tell it
    rounds = models.PositiveSmallIntegerField(default=0)
    # Of what insists: when it goes on to the telephone, or again.
    insists_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="told_once", fields=["agent", "key"]),
        ]
        indexes = [
            models.Index(fields=["agent", "-id"], name="notices_of_agent"),
            models.Index(
                fields=["agent", "-id"], name="notices_unread", condition=Q(read_at=None)
            ),
            models.Index(
                fields=["kind", "ticket"],
                name="notices_standing",
                condition=Q(ended_at=None, kind__in=STANDING),
            ),
            models.Index(
                fields=["insists_at"],
                name="notices_insisting",
                condition=Q(insists_at__isnull=False),
            ),
            models.Index(fields=["agent", "at"], name="notices_heard", condition=Q(level=3)),
            models.Index(fields=["agent"], name="notices_digest", condition=Q(in_digest=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.agent_id}"


class Follow(models.Model):
    """An agent follows a ticket that is not theirs."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="follows_once", fields=["ticket", "agent"]),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} follows {self.ticket_id}"


class Step(models.Model):
    """A step of a ladder, and whether anybody was reached by it, once that is known."""

    event = models.OneToOneField(TicketEvent, models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    percent = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    traced_at = models.DateTimeField(null=True)
    reached = models.BooleanField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="steps_untraced", condition=Q(traced_at=None)),
            models.Index(fields=["at"], name="steps_in_vain", condition=Q(reached=False)),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % of #{self.ticket_id}"


class Wish(models.Model):
    """What one person wants to be told, how, and when not. Without a row all is as usual."""

    agent = models.OneToOneField(
        Agent, models.CASCADE, primary_key=True, related_name="notice_wish"
    )
    levels = models.JSONField(default=dict)  # by kind
    ways = models.JSONField(default=dict)  # by level, as a list
    quiet_for = models.CharField(max_length=10, default="none")
    quiet_begins = models.TimeField(default="19:00")
    quiet_ends = models.TimeField(default="07:00")
    quiet_days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    digest_at = models.DateTimeField(null=True)
    # When they last said that what needed no action may stay as loud as it is.
    asked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"of {self.agent_id}"
