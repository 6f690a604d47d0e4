"""What an agent promises by their own word: an update by an instant, which is a row of no plan.
Pure.

The key of such a row says how long it runs, in real time, from when it was promised. So its due
time is worked out, and compared, by the same rule as that of every other row.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

MICROSECOND = timedelta(microseconds=1)


class Word(StrEnum):
    """What was promised: any word of ours, or the summary of a call in writing."""

    UPDATE = "promised"
    SUMMARY = "summary"


def promised_key(length: timedelta, word: Word = Word.UPDATE) -> str:
    """Return the key of the row that promises a word so long after it was given, to the
    microsecond. Raises ValueError unless that lies ahead."""
    if length <= timedelta(0):
        raise ValueError("What is promised lies ahead.")
    return f"{word}:{length // MICROSECOND}"


def promised_length(key: str) -> timedelta | None:
    """Return how long such a row runs, or None for a row of a plan."""
    word, _, digits = key.partition(":")
    is_promised = word in set(Word) and digits.isascii() and digits.isdecimal()
    return int(digits) * MICROSECOND if is_promised else None


def is_summary(key: str) -> bool:
    """Say whether a row promises the summary of a call."""
    return promised_length(key) is not None and key.startswith(f"{Word.SUMMARY}:")
