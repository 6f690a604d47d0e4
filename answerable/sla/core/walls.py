"""Where wall times meet their zone, and instants their numbers. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)


def micros(instant: datetime) -> int:
    """Return an instant as microseconds since the epoch."""
    return (instant - EPOCH) // MICRO


def instant(number: int) -> datetime:
    """Return the instant, in UTC, of a number of microseconds since the epoch."""
    return EPOCH + number * MICRO


def opens(day: date, words: str, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall time "HH:MM" at which something opens.

    Of an hour that comes twice it is the first.
    """
    return _instant(day, words, zone, fold=0)


def closes(day: date, words: str, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall time "HH:MM" at which something closes.

    Of an hour that comes twice it is the second. "24:00" is where the next day begins.
    """
    if words == "24:00":
        return opens(day + timedelta(days=1), "00:00", zone)
    return _instant(day, words, zone, fold=1)


def _instant(day: date, words: str, zone: ZoneInfo, *, fold: int) -> datetime:
    """Return the instant of a wall time; one that is skipped stands for the clock change."""
    hour, minute = int(words[:2]), int(words[3:])
    wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone, fold=fold)
    found = wall.astimezone(UTC)
    if wall.utcoffset() == wall.replace(fold=1 - fold).utcoffset():
        return found  # The usual case: it comes once.
    is_skipped = found.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None)
    return _change(wall, zone) if is_skipped else found


def _change(skipped: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of the clock change that skipped a wall time.

    Read with the offset after the change the wall time lies before it, and read with the
    offset before the change it does not. Changes happen at whole seconds.
    """
    low = skipped.replace(fold=1).astimezone(UTC)
    high = skipped.replace(fold=0).astimezone(UTC)
    before = low.astimezone(zone).utcoffset()
    while high - low > SECOND:
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
