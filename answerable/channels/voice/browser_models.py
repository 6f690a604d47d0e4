"""What calls from browser to browser need beside the call: who has it on which page, and sound."""

from __future__ import annotations

from django.db import models

from answerable.channels.voice.models import Call, Recording, Signal


class CallSide(models.Model):
    """One of the two who talk from browser to browser.

    A page of theirs has the call: its `leg`. `says` is what that page tells of itself, such as
    whether it is muted; `numbers` the last thing that each page of this side said, so that what
    it says twice is heard once.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="sides")
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
