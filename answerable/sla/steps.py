"""The steps from a start to a due time, in words that a reader can check with a pencil.

Pure but for the reader's language. Instants are shown to the second, rounded down. The counted
parts add up to the allowance exactly, because opening hours begin and end on whole seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from answerable.entitlements.core.plan import CalendarTerms, Kind, Target, Terms
from answerable.lib import times
from answerable.sla.core.days import Calendar
from answerable.sla.core.derivation import Stretch
from answerable.sla.words import allowed_words, length_sum, said, severity_in
from answerable.tickets.models import CRITICAL, STANDARD

DASH = "\N{EN DASH}"
WEEK = timedelta(days=6)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One step: its name, what happened, and what it adds to the sum."""

    kind: str  # rule, start, counted, closed, paused or due
    name: str
    text: str
    sum: str = ""


def rule_words(terms: Terms, version: int, target: Target, channel: str) -> str:
    """Return the rule: “Premium v7, standard request from a Super Admin …: first reply …”."""
    way = terms.channels.get(channel)
    request = _request_words(target.severity).format(
        severity=capfirst(severity_in(terms, target.severity or "")),
        requester=said(terms.requesters[target.requester].name),
        channel=said(way.name) if way else channel,
    )
    within = allowed_words(terms, target)
    promised = (
        _("first reply within {within}")
        if target.kind == Kind.GUARANTEE
        else _("we aim for a first reply within {within}")
    )
    return _("{plan} v{version}, {request}: {promised}.").format(
        plan=terms.name,
        version=version,
        request=request,
        promised=promised.format(within=within),
    )


def hours_words(calendar: CalendarTerms, at: datetime) -> str:
    """Return the weekly hours at an instant as sentences that end with their city.

    It is nothing for 24 hours; of a union it is the hours of each of its calendars.
    """
    if calendar.always:
        return ""
    if calendar.union:
        return " ".join(hours_words(part, at) for part in calendar.union)
    week = calendar.week(at.astimezone(ZoneInfo(calendar.zone)).date())
    days = [", ".join(f"{begin}{DASH}{end}" for begin, end in day) for day in week]
    runs: list[list[int]] = []
    for number, hours in enumerate(days):
        if hours and runs and runs[-1][-1] == number - 1 and days[runs[-1][0]] == hours:
            runs[-1].append(number)
        elif hours:
            runs.append([number])
    said_days = "; ".join(f"{_days(run)} {days[run[0]]}" for run in runs)
    return _("{calendar} are {days} ({city}).").format(
        calendar=capfirst(said(calendar.name)), days=said_days, city=_city(calendar.zone)
    )


def stretch_steps(
    stretches: Sequence[Stretch], calendar: Calendar, zone: tzinfo
) -> list[WhyStep]:
    """Return the counted and the closed stretches as steps, in order."""
    if not stretches:
        return []
    dated = stretches[-1].end - stretches[0].begin > WEEK
    return [_step(stretch, calendar, zone, dated=dated) for stretch in stretches]


def exact(instant: datetime, zone: tzinfo) -> str:
    """Return “Fri 24 Oct 2025 16:45:00 (Berlin, UTC+2)”."""
    shown = dateformat.format(instant.astimezone(zone), _("D j M Y H:i:s"))
    return f"{shown} ({times.city(zone)}, {times.offset_name(instant, zone)})"


def whole_second(instant: datetime) -> datetime:
    """Return the instant rounded down to its second."""
    return instant.replace(microsecond=0)


def _request_words(severity: str | None) -> str:
    if severity is None:
        return _("request from a {requester} through {channel}")
    if severity == CRITICAL:
        return _("business-critical request from a {requester} through {channel}")
    if severity == STANDARD:
        return _("standard request from a {requester} through {channel}")
    return _("{severity}, request from a {requester} through {channel}")


def _step(stretch: Stretch, calendar: Calendar, zone: tzinfo, *, dated: bool) -> WhyStep:
    text = _from_to(stretch.begin, stretch.end, zone, dated=dated)
    if stretch.paused:
        return WhyStep("paused", _("Paused"), text, DASH)
    if stretch.counted:
        return WhyStep("counted", _("Counted"), text, length_sum(stretch.length))
    why = "; ".join(_closed_for(stretch, calendar, zone))
    return WhyStep("closed", _("Closed"), f"{text} ({why})", DASH)


def _closed_for(stretch: Stretch, calendar: Calendar, zone: tzinfo) -> list[str]:
    """Return why nothing was counted: a weekend, days off, or else the hours; and a change of
    clocks in it."""
    closed = [
        *([_("weekend")] if _is_weekend(stretch, calendar) else []),
        *_days_off(stretch, calendar),
    ]
    begin, end = stretch.begin.astimezone(zone), stretch.end.astimezone(zone)
    return [*(closed or [_("outside the hours")]), *_change_of_clocks(begin, end)]


def _is_weekend(stretch: Stretch, calendar: Calendar) -> bool:
    """Say whether a Saturday or Sunday without hours lies in it, where the calendar is."""
    first = stretch.begin.astimezone(calendar.zone).date()
    days = (stretch.end.astimezone(calendar.zone).date() - first).days
    passed = [first + timedelta(days=day) for day in range(days + 1)]
    return any(day.weekday() >= SATURDAY and not calendar.has_hours(day) for day in passed)


def _days_off(stretch: Stretch, calendar: Calendar) -> list[str]:
    """Return the names of the days off in it, each once."""
    named = calendar.named_days(stretch.begin, stretch.end)
    names = dict.fromkeys(said(name) or _("day off") for _day, name in named)
    return [", ".join(names)] if names else []


def _change_of_clocks(begin: datetime, end: datetime) -> list[str]:
    before, after = begin.utcoffset(), end.utcoffset()
    if before is None or after is None or before == after:
        return []
    return [_("clocks go back") if after < before else _("clocks go forward")]


def _from_to(begin: datetime, end: datetime, zone: tzinfo, *, dated: bool) -> str:
    first, last = begin.astimezone(zone), end.astimezone(zone)
    seconds = bool(first.second or last.second)
    starts = _clock(first, zone, seconds=seconds, beside=last)
    ends = _clock(last, zone, seconds=seconds, beside=first)
    day = _("D j M") if dated else "D"
    if first.date() == last.date():
        return f"{dateformat.format(first, day)} {starts}{DASH}{ends}"
    return (
        f"{dateformat.format(first, day)} {starts} {DASH} {dateformat.format(last, day)} {ends}"
    )


def _clock(wall: datetime, zone: tzinfo, *, seconds: bool, beside: datetime) -> str:
    """Return a wall time; with its offset where the other end has another."""
    shown = f"{wall:%H:%M:%S}" if seconds else f"{wall:%H:%M}"
    if wall.utcoffset() == beside.utcoffset():
        return shown
    return f"{shown} ({times.offset_name(wall, zone)})"


def _days(run: Sequence[int]) -> str:
    monday = datetime(2024, 1, 1)  # noqa: DTZ001  # Any Monday, for the names of days.
    names = [dateformat.format(monday + timedelta(days=day), "D") for day in run]
    return names[0] if len(names) == 1 else f"{names[0]}{DASH}{names[-1]}"


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")
