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

    Of an hour that comes twice it is the second, but not for its very beginning: before that
    the wall showed earlier times once. "24:00" is where the next day begins.
    """
    if words == "24:00":
        return opens(day + timedelta(days=1), "00:00", zone)
    last = _instant(day, words, zone, fold=1)
    before = f"{(last - SECOND).astimezone(zone):%H:%M}"
    return _instant(day, words, zone, fold=0) if before > words else last


def first(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant at which a wall, without a zone, first shows this date and time.

    One that is skipped stands for the change of clocks.
    """
    return _resolved(wall.replace(tzinfo=zone, fold=0), zone)


def furthest(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the latest date and time that the wall of a zone has shown so far, without zone.

    In an hour that comes twice that is the end of the hour, all through its second coming.
    """
    wall = instant.astimezone(zone)
    again = wall.utcoffset()
    before = wall.replace(fold=0).utcoffset()
    if not wall.fold or before is None or again is None or before <= again:
        return wall.replace(tzinfo=None, fold=0)
    at = instant.astimezone(UTC)
    change = _change(at - (before - again), at, zone)
    return (change + before).replace(tzinfo=None)


def _instant(day: date, words: str, zone: ZoneInfo, *, fold: int) -> datetime:
    hour, minute = int(words[:2]), int(words[3:])
    wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone, fold=fold)
    return _resolved(wall, zone)


def _resolved(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall time; one that is skipped stands for the clock change."""
    found = wall.astimezone(UTC)
    if wall.utcoffset() == wall.replace(fold=1 - wall.fold).utcoffset():
        return found  # The usual case: it comes once.
    is_skipped = found.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None)
    if not is_skipped:
        return found
    # Read with the offset after the change the wall time lies before it, and read with the
    # offset before the change it does not.
    early, late = wall.replace(fold=1).astimezone(UTC), wall.replace(fold=0).astimezone(UTC)
    return _change(early, late, zone)


def _change(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of the change of clocks after `early`, and not after `late`.

    Changes happen at whole seconds.
    """
    before = early.astimezone(zone).utcoffset()
    while late - early > SECOND:
        middle = early + (late - early) / 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)
