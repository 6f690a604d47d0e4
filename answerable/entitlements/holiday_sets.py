"""Fills the dates of holidays into a plan's document, so that its version never changes again.

A published plan reads dates and nothing else: neither a newer library nor a changed feed moves
a due time. Whoever publishes anew gets what is known then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from holidays import HolidayBase, country_holidays, list_supported_countries
from holidays.version import __version__ as library_version

from answerable.entitlements import ical
from answerable.entitlements.core.holiday_reading import is_every_year, read_every_year
from answerable.entitlements.core.wrong import PlanError
from answerable.entitlements.sources import Source, nowhere

YEARS_BACK, YEARS_AHEAD = 1, 10
ENGLISH = ("en_US", "en_GB", "en")
FILLED = ("dates", "resolved")

Entry = dict[str, Any]


def resolve(
    document: Mapping[str, Any], *, at: datetime, source: Source = nowhere
) -> dict[str, Any]:
    """Return a plan's document with the dates of its holidays filled in.

    They reach from the year before `at` until ten years after it. `source` returns what stands
    at a file's or a feed's place, or None where it cannot get it: then dates that were filled
    in before stay. Raises PlanError for a country, a region or a calendar that cannot be read;
    what is wrong with the document otherwise, its reader says.
    """
    sets = document.get("holidays")
    if not isinstance(sets, Mapping):
        return dict(document)
    years = _years(at)
    filled = {}
    for key, values in sets.items():
        try:
            filled[key] = (
                _filled(values, years, source) if isinstance(values, Mapping) else values
            )
        except PlanError as error:
            path = ("holidays", key, *error.path)
            raise PlanError(f"In holidays.{key}: {error}", path) from error
    return {**document, "holidays": filled}


def check(data: bytes, at: datetime) -> None:
    """Raise PlanError for what is no iCalendar, or has no days off in the years that count."""
    _of_calendar("feed", data, _years(at))


@dataclass(frozen=True, slots=True)
class _Found:
    """Days from elsewhere: with their names, until when they are known, and notes on them."""

    days: Mapping[date, str]
    until: date
    notes: Mapping[str, Any]


def _years(at: datetime) -> range:
    return range(at.year - YEARS_BACK, at.year + YEARS_AHEAD + 1)


def _filled(values: Mapping[str, Any], years: range, source: Source) -> dict[str, Any]:
    data = {key: _data(values, key, source) for key in ("ics", "feed", "ical") if key in values}
    if None in data.values():
        return dict(values)
    found = [_of_calendar(key, each, years) for key, each in data.items() if each is not None]
    if "country" in values:
        found.insert(0, _of_country(values, years))
    every_year = list(_of_every_year(values, years))
    if not found and not every_year:
        return dict(values)
    until = min([each.until for each in found], default=date(years[-1], 12, 31))
    resolved: Entry = {"since": f"{years[0]}-01-01", "until": until.isoformat()}
    for each in found:
        resolved |= each.notes
    kept = {name: value for name, value in values.items() if name not in FILLED}
    return kept | {"dates": [*_entries(found), *every_year], "resolved": resolved}


def _data(values: Mapping[str, Any], key: str, source: Source) -> bytes | None:
    """Return what an iCalendar source holds; None when the dates are to stay as they are."""
    place = values[key]
    if not isinstance(place, str):
        return b""
    if key == "ical":
        return place.encode()
    with _at(key):
        data = source(place)
        if data is None and "resolved" not in values:
            raise PlanError(f"{place} cannot be fetched here. Write what it holds as 'ical'.")
    return data


def _of_calendar(key: str, data: bytes, years: range) -> _Found:
    with _at(key):
        found = ical.days_of(data, date(years[0], 1, 1), date(years[-1], 12, 31))
        notes = {"left_out": found.left_out} if found.left_out else {}
        return _known(found.days, years, notes)


def _of_country(values: Mapping[str, Any], years: range) -> _Found:
    with _at("country"):
        country, regions = _country(values["country"])
    with _at("region"):
        region = _chosen(values, "region", regions, f"region of {country}")
    with _at("language"):
        known = country_holidays(country).supported_languages
        language = _chosen(values, "language", known, f"language of {country}'s holidays")
    language = language or next((each for each in ENGLISH if each in known), None)
    found: HolidayBase = country_holidays(
        country,
        subdiv=region,
        years=years,
        observed=values.get("observed", True) is not False,
        language=language,
    )
    with _at("country"):
        return _known(dict(found), years, {"by": f"holidays {library_version}"})


def _country(code: object) -> tuple[str, Sequence[str]]:
    regions = list_supported_countries().get(code) if isinstance(code, str) else None
    if regions is None:
        raise PlanError(
            f"{code!r} is no country whose holidays are known. Write its code of two letters, "
            "such as DE."
        )
    return str(code), regions


def _chosen(values: Mapping[str, Any], key: str, known: Sequence[str], what: str) -> str | None:
    chosen = values.get(key)
    if chosen is None or chosen in known:
        return chosen
    such = f"Write one of {', '.join(known)}." if known else "Leave it out."
    raise PlanError(f"{chosen!r} is no {what}. {such}")


def _known(days: Mapping[date, str], years: range, notes: Mapping[str, Any]) -> _Found:
    """Return days as found. They are known until the end of the last year that has any."""
    if not days:
        raise PlanError(f"It has no days from {years[0]} to {years[-1]}.")
    return _Found(days, date(min(max(days).year, years[-1]), 12, 31), notes)


def _entries(found: Sequence[_Found]) -> Iterator[Entry]:
    for each in found:
        for day in sorted(each.days):
            name = each.days[day]
            yield {"on": day.isoformat()} | ({"name": name} if name else {})


def _of_every_year(values: Mapping[str, Any], years: range) -> Iterator[Entry]:
    """Return the days of every year as entries. Not all years have a 29th of February."""
    days = values.get("days")
    for number, day in enumerate(days if isinstance(days, list) else []):
        if not isinstance(day, Mapping) or not is_every_year(str(day.get("on"))):
            continue
        with _at("days", number, "on"):
            first = read_every_year(day["on"])
        for year in years:
            if (first.month, first.day) != (2, 29) or _is_leap(year):
                yield {**day, "on": f"{year}-{day['on']}"} | _last(day, year)


def _last(day: Mapping[str, Any], year: int) -> Entry:
    """Return the last day of an entry in its year, which may be one of the year after."""
    until = day.get("until")
    if not isinstance(until, str):
        return {}
    return {"until": f"{year + (until < day['on'])}-{until}"}


@contextmanager
def _at(*path: str | int) -> Iterator[None]:
    """Add its place to what is found wrong."""
    try:
        yield
    except PlanError as error:
        raise PlanError(str(error), (*path, *error.path)) from error


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
