"""The words of a time: what is left, how late, and when. One grammar for server and browser.

Every function takes the instant and, where a wall clock is shown, the reader's zone; nothing
here reads a clock. The browser's twin is design/static/design/helpers/countdown.js.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from functools import cache, lru_cache

from django.utils import dateformat, dates
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
SECONDS_SHOWN = 10 * MINUTE
DATE_SHOWN = 48 * HOUR
YEAR_SHOWN = 180 * DAY


def patterns() -> dict[str, str]:
    """Return the translated patterns, for this module and for the browser."""
    return _patterns_in(get_language())


def names() -> dict[str, list[str]]:
    """Return the names of days, Monday first, and of months, in the reader's language."""
    return _names_in(get_language())


# A page of rows asks for these hundreds of times, and they differ by language alone.
@cache
def _patterns_in(language: str | None) -> dict[str, str]:
    return {
        "minutes": _("{minutes} min"),
        "hours": _("{hours} h {minutes} min"),
        "days": _("{days} d {hours} h"),
        "seconds": _("{seconds} s"),
        "late": _("{time} late"),
        "moment": _("{weekday} {time}"),
        "date_short": _("{weekday} {day} {month} {time}"),
        "date_year": _("{day} {month} {year}"),
        "date_long": _("{weekday} {day} {month}, {time}"),
        "by_today": _("by {time} today"),
        "by_moment": _("by {moment}"),
        "by_in": _("{by}, {left}"),
        "in_under_a_minute": _("in less than a minute"),
        "was_due_today": _("was due at {time}"),
        "was_due": _("was due {moment}"),
    }


@cache
def _names_in(language: str | None) -> dict[str, list[str]]:
    return {
        "weekdays": [str(name).rstrip(".") for name in dates.WEEKDAYS_ABBR.values()],
        "months": [str(name) for name in dates.MONTHS.values()],
        "months_short": [str(name).rstrip(".").title() for name in dates.MONTHS_3.values()],
    }


def in_minutes(minutes: int) -> str:
    """Return “in 42 minutes”."""
    if not minutes:
        return patterns()["in_under_a_minute"]
    text = ngettext("in {minutes} minute", "in {minutes} minutes", minutes)
    return text.format(minutes=minutes)


def span(seconds: int) -> str:
    """Return a length of time in words of two units: “18 min”, “5 h 12 min”, “2 d 17 h”."""
    words = patterns()
    if seconds >= DATE_SHOWN:
        return words["days"].format(days=seconds // DAY, hours=seconds % DAY // HOUR)
    if seconds >= HOUR:
        return words["hours"].format(hours=seconds // HOUR, minutes=seconds % HOUR // MINUTE)
    return words["minutes"].format(minutes=seconds // MINUTE)


def seconds_left(due: datetime, now: datetime) -> int:
    """Return whole seconds from now to due, rounded down; below zero when due has passed."""
    return (due - now) // timedelta(seconds=1)


def agent_left(due: datetime, now: datetime, zone: tzinfo) -> str:
    """Return what an agent reads: “7:03”, “42 min”, “5 h 12 min”, a date, or “4 min late”."""
    left = seconds_left(due, now)
    if left < 0:
        return lateness(due, now)
    if left < SECONDS_SHOWN:
        return f"{left // MINUTE}:{left % MINUTE:02}"
    if (due - now) > timedelta(seconds=DATE_SHOWN):
        return _dated(due, zone, "date_short")
    if left >= HOUR:
        hours, minutes = divmod(left // MINUTE, 60)
        return patterns()["hours"].format(hours=hours, minutes=minutes)
    return span(left)


def lateness(due: datetime, now: datetime) -> str:
    """Return “4 min late”, rounded up to the whole minute."""
    return patterns()["late"].format(time=span(_minutes_up(now - due) * MINUTE))


def customer_due(due: datetime, now: datetime, zone: tzinfo) -> str:
    """Return what a customer reads: “by 15:10 today, in 42 minutes”, or “was due at 15:10”."""
    left = seconds_left(due, now)
    words = patterns()
    if left < 0:
        return was_due(due, now, zone)
    by = customer_by(due, now, zone)
    if left >= HOUR:
        return by
    return words["by_in"].format(by=by, left=in_minutes(left // MINUTE))


def customer_by(due: datetime, now: datetime, zone: tzinfo) -> str:
    """Return the time alone, true offline too: “by 15:10 today”, “by Thu 30 October, 10:00”."""
    words = patterns()
    if _same_day(due, now, zone):
        return words["by_today"].format(time=clock_time(due, zone))
    return words["by_moment"].format(moment=customer_moment(due, now, zone))


def customer_moment(instant: datetime, now: datetime, zone: tzinfo) -> str:
    """Return “Mon 09:00” within 48 hours either way, else “Thu 30 October, 10:00”."""
    if abs(instant - now) > timedelta(seconds=DATE_SHOWN):
        return _dated(instant, zone, "date_long")
    return _dated(instant, zone, "moment")


def was_due(due: datetime, now: datetime, zone: tzinfo) -> str:
    """Return “was due at 15:10”, with the day when that was not today."""
    words = patterns()
    if _same_day(due, now, zone):
        return words["was_due_today"].format(time=clock_time(due, zone))
    return words["was_due"].format(moment=customer_moment(due, now, zone))


def moment(instant: datetime, now: datetime, zone: tzinfo) -> str:
    """Return the shortest unmistakable time: “15:10” today, “Mon 09:00” soon, else a date.

    From half a year away it is a day with its year.
    """
    if _same_day(instant, now, zone):
        return clock_time(instant, zone)
    if abs(instant - now) > timedelta(seconds=YEAR_SHOWN):
        return _dated(instant, zone, "date_year")
    if abs(instant - now) > timedelta(seconds=DATE_SHOWN):
        return _dated(instant, zone, "date_short")
    return _dated(instant, zone, "moment")


def kept_early(due: datetime, met: datetime) -> str:
    """Return how early a promise was kept, rounded down: “18 min”, or seconds."""
    early = seconds_left(due, met)
    return span(early) if early >= MINUTE else patterns()["seconds"].format(seconds=early)


def missed_by(due: datetime, met: datetime) -> str:
    """Return how late a promise was answered, rounded up to the whole minute: “4 min”."""
    return span(_minutes_up(met - due) * MINUTE)


def clock_time(instant: datetime, zone: tzinfo) -> str:
    """Return “15:10”; with its offset, “02:10 (UTC+1)”, when that wall time happens twice."""
    if _happens_twice(instant, zone):
        return with_offset(instant, zone)
    return f"{instant.astimezone(zone):%H:%M}"


def in_full(instant: datetime, zone: tzinfo) -> str:
    """Return “Thu 5 Mar 2026 10:05:07 (CET)”."""
    return _in_full_in(get_language(), instant, zone)


@lru_cache(maxsize=10_000)
def _in_full_in(language: str | None, instant: datetime, zone: tzinfo) -> str:
    local = instant.astimezone(zone)
    return f"{dateformat.format(local, _('D j M Y H:i:s'))} ({local:%Z})"


def with_offset(instant: datetime, zone: tzinfo) -> str:
    """Return “15:10 (UTC+1)”."""
    return f"{instant.astimezone(zone):%H:%M} ({offset_name(instant, zone)})"


def offset_name(instant: datetime, zone: tzinfo) -> str:
    """Return “UTC+1”, “UTC+5:30” or “UTC”."""
    offset = instant.astimezone(zone).utcoffset() or timedelta()
    minutes = offset // timedelta(minutes=1)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def in_both_zones(instant: datetime, zone: tzinfo, readers: tzinfo) -> str:
    """Return “15:10 (14:10 London)”: the contract's time, and the reader's where it differs."""
    theirs = instant.astimezone(readers)
    if instant.astimezone(zone).utcoffset() == theirs.utcoffset():
        return clock_time(instant, zone)
    return f"{clock_time(instant, zone)} ({theirs:%H:%M} {city(readers)})"


def city(zone: tzinfo) -> str:
    """Return the place a zone is named for: “London” for Europe/London."""
    return str(zone).rsplit("/", 1)[-1].replace("_", " ")


def _minutes_up(late: timedelta) -> int:
    return -(-late // timedelta(minutes=1))


def _same_day(one: datetime, other: datetime, zone: tzinfo) -> bool:
    return one.astimezone(zone).date() == other.astimezone(zone).date()


def _happens_twice(instant: datetime, zone: tzinfo) -> bool:
    local = instant.astimezone(zone)
    return local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()


def _dated(instant: datetime, zone: tzinfo, pattern: str) -> str:
    local = instant.astimezone(zone)
    words = names()
    return patterns()[pattern].format(
        weekday=words["weekdays"][local.weekday()],
        day=local.day,
        year=local.year,
        month=words["months" if pattern == "date_long" else "months_short"][local.month - 1],
        time=clock_time(instant, zone),
    )
