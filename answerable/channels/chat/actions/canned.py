"""Writes the answers that agents send often."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from answerable.channels.chat.models import CannedAnswer


class NameTaken(Exception):
    """Another answer has this name in this language."""


def save_canned(answer: CannedAnswer) -> CannedAnswer:
    """Keep a canned answer, new or changed, and return it. Raises NameTaken."""
    try:
        with transaction.atomic():
            answer.save()
    except IntegrityError as taken:
        raise NameTaken from taken
    return answer


def remove_canned(answer: CannedAnswer, *, at: datetime) -> None:
    """Remove a canned answer; how often it was used stays known, and its name is free."""
    answer.removed_at = at
    answer.save(update_fields=["removed_at"])
