"""Wall times with their zone, as a plan's examples have them. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from answerable.entitlements.core.wrong import PlanError

ENTER = "Enter a time with its zone, like 2026-03-06 16:45 Europe/Berlin"
MOMENT = re.compile(r"([12]\d{3}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)\s+(\S+)", re.ASCII)
OFFSET = re.compile(r"UTC(?:([+-])(\d{1,2})(?::(\d\d))?)?", re.ASCII)


def moment(words: str) -> datetime:
    """Return "2026-03-06 16:45 Europe/Berlin" as an instant in that zone.

    Where clocks go back, a wall time comes twice: an offset in place of the zone says which is
    meant ("2026-10-25 02:30 UTC+1"). Raises PlanError for such a time without one, for a time
    that the clocks skip, and for anything else.
    """
    found = MOMENT.fullmatch(words.strip())
    if not found:
        raise PlanError(f"{words!r} is no time. {ENTER}.")
    day, time, name = found.groups()
    zone = zone_of(name)
    try:
        wall = datetime.fromisoformat(f"{day} {time}").replace(tzinfo=zone)
    except ValueError:
        raise PlanError(f"{words!r} is no day or time of a calendar. {ENTER}.") from None
    _once(words, wall)
    return wall


def zone_of(name: str) -> tzinfo:
    """Return a time zone by its name, or by an offset such as "UTC+5:30".

    Raises PlanError for one that is not known.
    """
    if found := OFFSET.fullmatch(name):
        sign, hours, minutes = found.groups(default="0")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        if offset < timedelta(days=1):
            return timezone(-offset if sign == "-" else offset)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PlanError(f"{name!r} is no time zone like Europe/Berlin.") from None


def said(instant: datetime) -> str:
    """Return an instant in the words that `moment` reads, with an offset if one is needed."""
    wall = instant.replace(tzinfo=None)
    shown = wall.isoformat(" ", "seconds" if wall.second else "minutes")
    if isinstance(instant.tzinfo, ZoneInfo) and not _comes_twice(instant):
        return f"{shown} {instant.tzinfo.key}"
    return f"{shown} {_offset(instant)}"


def _once(words: str, wall: datetime) -> None:
    if _comes_twice(wall):
        both = (_offset(wall.replace(fold=fold)) for fold in (0, 1))
        raise PlanError(
            f"{words!r} comes twice, because clocks go back. Write {' or '.join(both)} in "
            "place of the zone."
        )
    back = wall.astimezone(UTC).astimezone(wall.tzinfo)
    if back.replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise PlanError(f"{words!r} does not exist: clocks go forward over it.")


def _comes_twice(wall: datetime) -> bool:
    first, second = (wall.replace(fold=fold).utcoffset() for fold in (0, 1))
    return first is not None and second is not None and first > second


def _offset(wall: datetime) -> str:
    offset = wall.utcoffset() or timedelta(0)
    minutes = int(abs(offset).total_seconds()) // 60
    sign = "-" if offset < timedelta(0) else "+"
    tail = f":{minutes % 60:02}" if minutes % 60 else ""
    return f"UTC{sign}{minutes // 60}{tail}" if minutes else "UTC"
