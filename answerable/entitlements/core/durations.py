"""Lengths of time and shares as people write them. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

from answerable.entitlements.core.wrong import PlanError

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
WORDS = {
    "s": ("sec", "second", "seconds"),
    "m": ("min", "minute", "minutes"),
    "h": ("hour", "hours"),
    "d": ("day", "days"),
    "bd": ("wd", "business day", "business days", "working day", "working days"),
}
UNITS = {word: unit for unit, words in WORDS.items() for word in (unit, *words)}
PART = re.compile(r"\s*(\d{1,6})\s*([a-z]+(?: [a-z]+)?)\s*", re.ASCII)
ENTER = "Enter a time like 30 min, 4 h or 1 working day"


def plain(words: str) -> str:
    """Return a length of time in its short form: "30m" for "30 min", "1bd" for "1 working day".

    Raises PlanError for a number without a unit, and for anything else.
    """
    parts, at = [], 0
    while at < len(words) and (found := PART.match(words, at)):
        number, unit = found.groups()
        if unit not in UNITS:
            break
        parts.append(number + UNITS[unit])
        at = found.end()
    if at < len(words) or not parts:
        raise PlanError(f"{words!r} is no length of time. {ENTER}.")
    return "".join(parts)


def duration(words: str) -> timedelta:
    """Return "30m", "4 h", "1h30m", "45s" or "2 days" as a duration; a day is 24 hours.

    Raises PlanError for anything else, working days among it.
    """
    return timedelta(
        seconds=sum(int(number) * SECONDS[unit] for number, unit in _real(words, plain(words)))
    )


def said(length: timedelta) -> str:
    """Return a length in words that can be entered: "1 h 30 min"."""
    hours, rest = divmod(int(length.total_seconds()), 3600)
    parts = ((hours, "h"), (rest // 60, "min"), (rest % 60, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"


def share(words: str) -> float:
    """Return "20%" or "0.5 %" as a part of 1. Raises PlanError for anything else."""
    found = re.fullmatch(r"(\d{1,3}(?:\.\d{1,4})?)\s*%", words.strip(), re.ASCII)
    if not found:
        raise PlanError(f"{words!r} is no share. Enter one like 20%.")
    return float(found.group(1)) / 100


def _real(words: str, short: str) -> list[tuple[str, str]]:
    if "bd" in short:
        raise PlanError(f"{words!r} has working days. Only a target counts those.")
    return re.findall(r"(\d+)([a-z])", short)
