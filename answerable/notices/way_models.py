"""The ways out of the desk: browsers that take push messages, receivers, and each delivery."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent, Contact, Session
from answerable.lib.sealing import unseal
from answerable.tickets.models import Ticket, TicketEvent

PAGERDUTY = "https://events.pagerduty.com/v2/enqueue"


class VapidKey(models.Model):
    """By which browsers' push services know us: one row, made at the first start."""

    private = models.TextField()  # sealed
    public = models.CharField(max_length=100)  # as browsers take it
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_vapid_key"),
        ]

    def __str__(self) -> str:
        return self.public


class PushSubscription(models.Model):
    """A browser of an agent, or of a customer's person, that takes push messages.

    `session`: a browser gets none once its person signed out there. It is None where the
    session ran out by itself, which ends nothing.
    """

    agent = models.ForeignKey(Agent, models.CASCADE, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, null=True, related_name="+")
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    browser = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agent=None) ^ Q(contact=None), name="browser_is_one_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.browser} of {self.agent_id or self.contact_id}"


class Receiver(models.Model):
    """A tool of the team that is told by a webhook, and of which matters."""

    class Kind(models.TextChoices):
        SLACK = "slack", "Slack"
        TEAMS = "teams", "Microsoft Teams"
        PAGERDUTY = "pagerduty", "PagerDuty"
        PLAIN = "plain", _("Signed JSON")

    class Matter(models.TextChoices):
        CRITICAL = "critical", _("Business-critical, and nobody has it")
        HURRY = "hurry", _("A promise with less than five minutes left")
        LATE = "late", _("A promise that was missed")
        NOBODY = "nobody", _("A ladder that reached nobody")

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.TextField()  # sealed: who has it may write there
    secret = models.TextField(blank=True)  # sealed: signs, or is PagerDuty's integration key
    matters = ArrayField(models.CharField(max_length=10, choices=Matter), default=list)
    with_text = models.BooleanField(default=False)
    language = models.CharField(max_length=12, default="en")
    made_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    off_at = models.DateTimeField(null=True)
    off_why = models.CharField(max_length=300, blank=True)  # "": an administrator did it

    def __str__(self) -> str:
        return self.name

    def opened_address(self) -> str:
        """Return where it is. Raises Sealed."""
        return unseal(self.address)

    def opened_secret(self) -> str:
        """Return its key. Raises Sealed."""
        return unseal(self.secret)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> DeliveryQuerySet:
        return self.filter(state__in=(Delivery.State.WAITING, Delivery.State.RINGING))


class Delivery(models.Model):
    """Something goes out to one browser, telephone or receiver, and what came of it.

    A row is held for a while, by a commit, before anybody is spoken to: whoever comes after a
    process that died meanwhile takes it up when that time is over.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits")
        RINGING = "ringing", _("Rings")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Not delivered")
        WITHDRAWN = "withdrawn", _("No longer needed")

    way = models.CharField(max_length=12)  # push, phone, sms, webhook, tiding_push, tiding_text
    # The same is delivered once.
    cause = models.CharField(max_length=120, unique=True)
    agent = models.ForeignKey(
        Agent, models.CASCADE, null=True, related_name="+", db_index=False
    )
    notice = models.ForeignKey("Notice", models.CASCADE, null=True, related_name="deliveries")
    tiding = models.ForeignKey("Tiding", models.CASCADE, null=True, related_name="deliveries")
    subscription = models.ForeignKey(
        PushSubscription, models.SET_NULL, null=True, related_name="+"
    )
    receiver = models.ForeignKey(Receiver, models.CASCADE, null=True, related_name="deliveries")
    phone = models.CharField(max_length=20, blank=True)
    ticket = models.ForeignKey(Ticket, models.CASCADE, null=True, related_name="+")
    event = models.ForeignKey(TicketEvent, models.CASCADE, null=True, related_name="+")
    matter = models.CharField(max_length=10, blank=True)
    act = models.CharField(max_length=12, default="trigger")
    data = models.JSONField(default=dict)
    is_urgent = models.BooleanField(default=False)
    # Of what a pager was told: whether it is still to hear that it is over.
    is_open = models.BooleanField(default=False)
    key = models.CharField(max_length=40, unique=True)  # in addresses that a provider calls
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["is_urgent", "next_at"],
                name="deliveries_next",
                condition=Q(next_at__isnull=False),
            ),
            models.Index(fields=["id"], name="deliveries_open", condition=Q(is_open=True)),
        ]

    def __str__(self) -> str:
        return f"{self.way}: {self.cause}"
