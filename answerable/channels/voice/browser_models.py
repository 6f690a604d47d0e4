"""What calls from browser to browser need beside the call: signals, pages, and kept sound."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Contact
from answerable.files.models import StoredFile
from answerable.tickets.models import Callback


class Signal(models.Model):
    """What one browser tells the other so that they find each other; deleted with the call."""

    class Side(models.TextChoices):
        CONTACT = "contact", "The customer"
        AGENT = "agent", "The agent"

    call = models.ForeignKey("voice.Call", models.CASCADE, related_name="signals")
    side = models.CharField(max_length=10, choices=Side)  # who says it
    kind = models.CharField(max_length=20)
    body = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} of {self.call_id}"


class CallSide(models.Model):
    """One of the two who talk from browser to browser.

    A page of theirs has the call: its `leg`. `says` is what that page tells of itself, such as
    whether it is muted; `numbers` the last thing that each page of this side said, so that what
    it says twice is heard once.
    """

    call = models.ForeignKey("voice.Call", models.CASCADE, related_name="sides")
    side = models.CharField(max_length=10, choices=Signal.Side)
    leg = models.CharField(max_length=32, blank=True)
    heard_at = models.DateTimeField(null=True)
    says = models.JSONField(default=dict)
    numbers = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="side_of_call", fields=["call", "side"]),
        ]

    def __str__(self) -> str:
        return f"{self.side} of call {self.call_id}"


class RecordingQuerySet(models.QuerySet["Recording"]):
    def going_on(self) -> RecordingQuerySet:
        """Those that were asked for, or run."""
        return self.filter(ended_at=None)


class Recording(models.Model):
    """The sound of a call from one instant to another, with the consent of both sides.

    It is kept until a day. After that the row says that there was one.
    """

    call = models.ForeignKey("voice.Call", models.CASCADE, related_name="recordings")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    agent_agreed_at = models.DateTimeField(null=True)
    contact_agreed_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    kept_until = models.DateTimeField(null=True)
    # What a telephone provider calls it, for as long as it has it.
    provider_key = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001

    objects = RecordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="call_has_one_recording_at_a_time",
                fields=["call"],
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"of call {self.call_id}"


class RecordingPiece(models.Model):
    """Some seconds of a recording, as they came; together they become its file."""

    recording = models.ForeignKey(
        Recording, models.CASCADE, related_name="pieces", db_index=False
    )
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="piece_of_recording", fields=["recording", "number"]),
        ]

    def __str__(self) -> str:
        return f"piece {self.number} of recording {self.recording_id}"


class Listener(models.Model):
    """A contact who waits for a call with a page open at which it can ring.

    `declined` is the call that they want by telephone, since their page has no microphone.
    """

    contact = models.OneToOneField(
        Contact, models.CASCADE, related_name="listener", primary_key=True
    )
    declined = models.ForeignKey(
        Callback, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    heard_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"page of {self.contact_id}"
