"""Calls: each is on a ticket, from the first ring, whichever way people talk."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent, Contact
from answerable.channels.voice.browser_models import (
    CallSide,
    Listener,
    Recording,
    RecordingPiece,
    Signal,
)
from answerable.channels.voice.transfer_models import Transfer
from answerable.tickets.models import Callback, Ticket

__all__ = [
    "Call",
    "CallEvent",
    "CallSide",
    "Listener",
    "Recording",
    "RecordingPiece",
    "Signal",
    "Transfer",
]


class CallQuerySet(models.QuerySet["Call"]):
    def going_on(self) -> CallQuerySet:
        """Those that ring or in which people talk."""
        return self.filter(ended_at=None)

    def without_summary(self) -> CallQuerySet:
        """Those in which an agent talked with somebody and wrote nothing down."""
        talked = Q(outcome=Call.Outcome.CONNECTED, agent__isnull=False)
        return self.filter(talked, noted_at=None, ended_at__isnull=False)


class Call(models.Model):
    """One call: to a contact who asked for it, or from one who dialled our number.

    `state` moves as core/states.py says. What happened is told by its events; its columns are
    the fold over them.
    """

    class Way(models.TextChoices):
        BROWSER = "browser", "From browser to browser"
        PROVIDER = "provider", "By a telephone provider"
        HAND = "hand", "With a telephone of the agent's own"

    class State(models.TextChoices):
        RINGING = "ringing", "It rings at the agent's or at the customer's"
        CONNECTED = "connected", "They talk"
        HELD = "held", "The customer waits on the line"
        LOST = "lost", "The line was lost; both may come back"
        ENDED = "ended", "It is over"

    class Outcome(models.TextChoices):
        CONNECTED = "connected", "They talked"
        NO_ANSWER = "no_answer", "Nobody answered"
        BUSY = "busy", "The number was busy"
        VOICEMAIL = "voicemail", "An answering machine"
        WRONG_NUMBER = "wrong_number", "Somebody else's number"
        REFUSED = "refused", "The customer does not take it, or allows no microphone"
        CANCELLED = "cancelled", "The customer wants no call any more"
        FAILED = "failed", "It could not be made"
        NOT_TAKEN = "not_taken", "No agent took it"

    key = models.CharField(max_length=32, unique=True)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="calls")
    callback = models.ForeignKey(Callback, models.CASCADE, null=True, related_name="calls")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="calls")
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="calls")
    way = models.CharField(max_length=10, choices=Way)
    is_inbound = models.BooleanField(default=False)
    phone = models.CharField(max_length=20, blank=True)  # as E.164 writes it
    # Where a provider rings the agent first, as E.164 writes it.
    agent_phone = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RINGING)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    # Whether the caller has shown who they are: signed in, or by their support code.
    is_identified = models.BooleanField(default=False)
    # Whether the agent's voice is off the line, where a provider takes it off.
    is_muted = models.BooleanField(default=False, db_default=False)
    dialled_at = models.DateTimeField()
    connected_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)  # in words, of one that failed
    # What the provider calls it.
    provider_key = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    # Until when its agent is offered nothing else.
    wraps_up_until = models.DateTimeField(null=True)
    noted_at = models.DateTimeField(null=True)  # when a summary was written
    reminded_at = models.DateTimeField(null=True)  # that there is none

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            # Two agents who press "Call now" at once: one calls.
            models.UniqueConstraint(
                name="call_is_one_at_a_time",
                fields=["callback"],
                condition=Q(ended_at=None, callback__isnull=False),
            ),
            models.UniqueConstraint(
                name="agent_is_in_one_call",
                fields=["agent"],
                condition=Q(ended_at=None, agent__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="call_without_summary",
                fields=["ended_at"],
                condition=Q(outcome="connected", noted_at=None, agent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} call on {self.ticket_id}"


class CallEvent(models.Model):
    """What happened in a call, as told by a side or by the provider; told twice, it is once."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    token = models.CharField(max_length=100, null=True)  # noqa: DJ001

    class Meta:
        constraints = [
            models.UniqueConstraint(name="call_event_once", fields=["call", "token"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.call_id}"
