"""Writes the telephone's account, and whether calls can be made by it."""

from __future__ import annotations

from datetime import datetime

from answerable.channels.voice.twilio.models import Telephone


def save_telephone(telephone: Telephone, *, at: datetime) -> Telephone:
    """Keep an account as it was entered, and return it; what was wrong before is forgotten."""
    telephone.pk, telephone.changed_at = 1, at
    telephone.problem, telephone.problem_says, telephone.problem_since = "", "", None
    telephone.save()
    return telephone


def note_problem(problem: str, *, says: str, at: datetime) -> None:
    """Note why no call can be made; since when stays as it was."""
    changed = Telephone.objects.filter(problem_since=None)
    changed.update(problem_since=at)
    Telephone.objects.update(problem=problem[:20], problem_says=says[:300])


def note_success() -> None:
    """Note that the provider makes calls."""
    troubled = Telephone.objects.exclude(problem="")
    troubled.update(problem="", problem_says="", problem_since=None)
