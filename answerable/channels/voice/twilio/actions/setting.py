"""Writes the telephone's account, and whether calls can be made by it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.channels.voice.twilio.account import address
from answerable.channels.voice.twilio.actions.ringing import ring
from answerable.channels.voice.twilio.client import Failed, Twilio
from answerable.channels.voice.twilio.models import Leg, Telephone


def save_telephone(telephone: Telephone, *, at: datetime) -> Telephone:
    """Keep an account as it was entered, and return it; what was wrong before is forgotten."""
    telephone.pk, telephone.changed_at = 1, at
    telephone.problem, telephone.problem_says, telephone.problem_since = "", "", None
    telephone.save()
    return telephone


@transaction.atomic
def begin_test(phone: str, *, language: str, at: datetime) -> Leg:
    """Let it ring at an administrator's, and return the leg; it has no call."""
    return ring(None, Leg.Side.TEST, phone, language=language, at=at)


def point_number_here(telephone: Telephone) -> None:
    """Ask the provider to send our number's calls, the news of their end, and text messages to
    it here.

    Raises Failed. Nothing is written here.
    """
    twilio = Twilio(telephone)
    number = twilio.number()
    if number is None:
        raise Failed("our_number")
    fields = [
        ("VoiceUrl", address("calls/")),
        ("VoiceMethod", "POST"),
        ("StatusCallback", address("calls/status/")),
        ("StatusCallbackMethod", "POST"),
        ("SmsUrl", address("texts/")),
        ("SmsMethod", "POST"),
    ]
    twilio.point_number(str(number.get("sid")), fields)


def note_problem(problem: str, *, says: str, at: datetime) -> None:
    """Note why no call can be made; since when stays as it was."""
    changed = Telephone.objects.filter(problem_since=None)
    changed.update(problem_since=at)
    Telephone.objects.update(problem=problem[:20], problem_says=says[:300])


def note_success() -> None:
    """Note that the provider makes calls."""
    troubled = Telephone.objects.exclude(problem="")
    troubled.update(problem="", problem_says="", problem_since=None)
