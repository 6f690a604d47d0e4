"""Time zones by their names, and what was probably meant by another name. Pure."""

from __future__ import annotations

from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from answerable.entitlements.core.wrong import PlanError


def read_zone(words: str) -> str:
    """Return the name of a time zone. Raises PlanError with a name that is probably meant."""
    try:
        return ZoneInfo(words).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PlanError(f"{words!r} is no time zone. Write {_meant(words)}.") from None


def _meant(words: str) -> str:
    place = words.strip().replace(" ", "_").lower()
    names = sorted(available_timezones())
    cities = {name.rsplit("/", 1)[-1].lower(): name for name in names if "/" in name}
    if place in cities:
        return cities[place]
    whole = {name.lower(): name for name in names}
    near = get_close_matches(place, whole, n=1) or get_close_matches(place, cities, n=1)
    return (whole | cities)[near[0]] if near else "one like Europe/Berlin"
