"""Everything that writes surveys."""

from __future__ import annotations

from answerable.surveys.actions.answering import (
    LONGEST_COMMENT,
    Answer,
    Closed,
    answer,
    mark_read,
)
from answerable.surveys.actions.asking import ask_due
from answerable.surveys.actions.following import follow_log
from answerable.surveys.actions.refusing import choose

__all__ = [
    "LONGEST_COMMENT",
    "Answer",
    "Closed",
    "answer",
    "ask_due",
    "choose",
    "follow_log",
    "mark_read",
]
