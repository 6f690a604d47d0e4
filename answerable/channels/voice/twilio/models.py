"""The account at the telephone provider, and each telephone call that it makes for us."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Contact
from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.core.legs import ENDS, Facts, Status
from answerable.lib.env import env
from answerable.lib.sealing import unseal

TWILIO = "https://api.twilio.com"
# Over these fields a leg's row is what core.legs knows of it.
FACTS = ("status", "rang_at", "answered_at", "ended_at", "answered_by", "why")


class Telephone(models.Model):
    """By which account and from which number we call: one row, or none."""

    class First(models.TextChoices):
        AGENT = "agent", _("the agent's")
        CONTACT = "contact", _("the customer's")

    account_sid = models.CharField(max_length=40)
    token = models.TextField(blank=True)  # sealed; the environment's stands above it
    number = models.CharField(max_length=20)  # as E.164 writes it
    api_url = models.CharField(max_length=200, default=TWILIO)
    first = models.CharField(max_length=10, choices=First, default=First.AGENT)
    # For how long it rings before nobody answers.
    ring_seconds = models.PositiveSmallIntegerField(default=25)
    looks_for_machines = models.BooleanField(default=True)
    # What is said to answering machines; "": words of our own.
    leaves_message = models.BooleanField(default=True)
    message_en = models.CharField(max_length=500, blank=True)
    message_de = models.CharField(max_length=500, blank=True)
    takes_calls = models.BooleanField(default=True)
    # For how long a caller waits in line before they are told that we answer otherwise.
    line_seconds = models.PositiveSmallIntegerField(default=300)
    is_on = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    # Why no call can be made, and since when: told by the last call that could not be.
    problem = models.CharField(max_length=20, blank=True)
    problem_says = models.CharField(max_length=300, blank=True)
    problem_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_telephone"),
        ]

    def __str__(self) -> str:
        return self.number

    def opened_token(self) -> str:
        """Return the account's token. Raises Sealed and BadSetting."""
        return env("ANSWERABLE_TELEPHONE_TOKEN") or unseal(self.token)


class LegQuerySet(models.QuerySet["Leg"]):
    def going_on(self) -> LegQuerySet:
        """Those that are not over, as far as we know."""
        return self.exclude(status__in=ENDS)


class Leg(models.Model):
    """One telephone call at the provider, to one side of a call, or from a caller.

    A caller's has no call before they are in line; a test's never has one. Its columns are the
    sum of all that was told of it (core/legs.py).
    """

    class Side(models.TextChoices):
        AGENT = "agent", "The agent"
        CONTACT = "contact", "The customer"
        NEXT = "next", "An agent to whom the call is handed on"
        TEST = "test", "An administrator, who tests it"

    call = models.ForeignKey(Call, models.CASCADE, null=True, related_name="legs")
    side = models.CharField(max_length=10, choices=Side)
    # Names it in the addresses that the provider calls.
    key = models.CharField(max_length=32, unique=True)
    phone = models.CharField(max_length=20, blank=True)  # whose it is, as E.164 writes it
    language = models.CharField(max_length=12, default="en")
    # What the provider calls it, and the conference that it is in.
    sid = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    conference = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    # When the provider was asked to make it: it is asked once.
    dialled_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=20, default=Status.QUEUED.value)
    rang_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=30, blank=True)
    why = models.CharField(max_length=40, blank=True)
    # When the agent pressed the key that says that a person is there.
    agreed_at = models.DateTimeField(null=True)
    cut_at = models.DateTimeField(null=True)  # when we wanted it to be over
    message_at = models.DateTimeField(null=True)  # when a message began, on a machine
    # The agent did not take it, and somebody else is looked for; or they handed the call on.
    is_given_up = models.BooleanField(default=False)
    heard_at = models.DateTimeField()  # when anything was told of it last
    # Of a caller: how often they entered a code, and who they are.
    tries = models.PositiveSmallIntegerField(default=0)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    is_identified = models.BooleanField(default=False)

    objects = LegQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="leg_is_one_a_side",
                fields=["call", "side"],
                condition=Q(call__isnull=False, is_given_up=False),
            ),
        ]
        indexes = [
            models.Index(
                name="leg_that_goes_on",
                fields=["heard_at"],
                condition=~Q(
                    status__in=["completed", "busy", "no-answer", "canceled", "failed"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.call_id}"

    def facts(self) -> Facts:
        """Return what is known of it."""
        return Facts(**{name: getattr(self, name) for name in FACTS})
