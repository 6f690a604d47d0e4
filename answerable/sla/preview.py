"""Cases in which a plan is worth a look, made from its calendars, and their due times. Pure."""

from __future__ import annotations

from calendar import isleap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from answerable.entitlements.core.clause_sense import STRANGER
from answerable.entitlements.core.plan import CalendarTerms, Target, Terms
from answerable.sla.calendars import Calendar, calendar_of
from answerable.sla.core.hours import Span
from answerable.sla.trying import Request, answer

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
A_WHILE, A_YEAR = 14 * DAY, 366 * DAY
LATE = 15 * MINUTE  # before closing
MOST_DAYS_OFF = 12
MOSTLY = 36  # weeks of a year
TEN, AFTERNOON, TUESDAY = 10, 16, 1
EAST, WEST = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Los_Angeles")
HOME = ZoneInfo("Europe/Berlin")  # for the change of clocks, of a plan without any hours


class Kind(StrEnum):
    """What makes a moment worth a look."""

    CLOSING = "closing"
    BEFORE_CLOSING = "before_closing"
    BEFORE_OPENING = "before_opening"
    BREAK = "break"
    DAY_OFF = "day_off"
    CLOCKS_FORWARD = "clocks_forward"
    CLOCKS_BACK = "clocks_back"
    LEAP_DAY = "leap_day"
    EAST = "east"
    WEST = "west"


@dataclass(frozen=True, slots=True)
class Case:
    """A request at a moment that is worth a look; `row` is the row it was made for.

    The moment is in the zone of the row's calendar, or in that of whoever writes.
    """

    kind: Kind
    row: str
    request: Request

    @property
    def start(self) -> datetime:
        """When it arrives."""
        return self.request.start


def cases(terms: Terms, at: datetime) -> list[Case]:
    """Return requests at the edges of each row's calendar, in the year from an instant on."""
    zone = _zone(terms)
    moments = {
        key: _moments_of(calendar, zone, at)
        for key, calendar in terms.calendars.items()
        if any(target.calendar == key for target in terms.targets)
    }
    return [
        Case(kind, target.key, replace(request_for(target), start=moment))
        for target in terms.targets
        for kind, moment in moments[target.calendar]
    ]


def due_of(terms: Terms, case: Case) -> datetime | None:
    """Return when a case is due under a plan, in the case's zone; None: nothing is promised.

    To a class of people that the plan does not know it promises nothing.
    """
    if case.request.requester not in ("", STRANGER, *terms.requesters):
        return None
    due_at = answer(terms, case.request).due_at
    return due_at.astimezone(case.start.tzinfo) if due_at else None


def request_for(target: Target) -> Request:
    """Return a request such as a row is made for; its start is left to whoever asks."""

    def first(names: Sequence[str]) -> str:
        return names[0] if names else ""

    return Request(
        start=datetime(1, 1, 1, tzinfo=UTC),
        requester=target.requester,
        severity=target.severity or "",
        channel=first(target.channels),
        language=first(target.languages),
        environment=first(target.environments),
        product=first(target.products),
        metric=target.metric,
    )


# A preview asks for them with every key that is pressed, and calendars seldom change.
@lru_cache(maxsize=128)
def _moments_of(
    terms: CalendarTerms, home: tzinfo, at: datetime
) -> tuple[tuple[Kind, datetime], ...]:
    return tuple(_moments(terms, home, at))


def _moments(
    terms: CalendarTerms, home: tzinfo, at: datetime
) -> Iterator[tuple[Kind, datetime]]:
    zone = home if terms.always else ZoneInfo(terms.zone)
    calendar = calendar_of(terms)
    if not terms.always:
        yield from edges(calendar, zone, at)
    for change in _changes(zone, at):
        before = change - 20 * MINUTE
        kind = _direction(change, zone)
        yield kind, (before if terms.always else _last_open(calendar, before)).astimezone(zone)
    yield Kind.LEAP_DAY, _leap_day(at, zone)
    for kind, place in ((Kind.EAST, EAST), (Kind.WEST, WEST)):
        yield kind, _tuesday(at, place)


def edges(calendar: Calendar, zone: tzinfo, at: datetime) -> Iterator[tuple[Kind, datetime]]:
    """Yield moments around the longest time for which hours close, in a break, before days off.

    They lie within a fortnight from an instant, those before days off within a year.
    """
    spans = _joined(calendar.spans(at, at + A_WHILE))
    gaps = list(pairwise(spans))
    if not gaps:
        return
    before, after = max(gaps, key=lambda gap: gap[1].begin - gap[0].end)
    yield Kind.BEFORE_CLOSING, _late(before).astimezone(zone)
    yield Kind.CLOSING, before.end.astimezone(zone)
    yield Kind.BEFORE_OPENING, (after.begin - MINUTE).astimezone(zone)
    breaks = [gap for gap in gaps if len(_days(gap[0].end, gap[1].begin, zone)) == 1]
    for one, other in breaks[:1]:
        yield Kind.BREAK, (one.end + (other.begin - one.end) / 2).astimezone(zone)
    for span in _before_days_off(_joined(calendar.spans(at, at + A_YEAR)), zone):
        yield Kind.DAY_OFF, _late(span).astimezone(zone)


def _late(span: Span) -> datetime:
    """Return a moment shortly before closing."""
    return max(span.end - LATE, span.begin)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Return open stretches as one where they touch, as at midnight."""
    found: list[Span] = []
    for span in spans:
        if found and found[-1].end == span.begin:
            found[-1] = Span(found[-1].begin, span.end)
        else:
            found.append(span)
    return found


def _before_days_off(spans: Sequence[Span], zone: tzinfo) -> list[Span]:
    """Return what is open last before days on which it mostly is open, and then is not."""
    opened = {day for span in spans for day in _days(span.begin, span.end - MINUTE, zone)}
    times = Counter(day.weekday() for day in opened)
    usual = {weekday for weekday, count in times.items() if count > MOSTLY}
    found = [
        one
        for one, other in pairwise(spans)
        if any(
            day.weekday() in usual and day not in opened
            for day in _days(one.end, other.begin, zone)
        )
    ]
    return found[:MOST_DAYS_OFF]


def _days(begin: datetime, end: datetime, zone: tzinfo) -> list[date]:
    first, last = begin.astimezone(zone).date(), end.astimezone(zone).date()
    return [first + number * DAY for number in range((last - first).days + 1)]


def _last_open(calendar: Calendar, at: datetime) -> datetime:
    """Return a moment shortly before the last closing before an instant."""
    spans = _joined(calendar.spans(at - A_WHILE, at))
    return _late(spans[-1]) if spans else at


def _zone(terms: Terms) -> tzinfo:
    """Return the zone of the plan's first calendar with hours: where its vendor is at home."""
    zones = [ZoneInfo(one.zone) for one in terms.calendars.values() if not one.always]
    return next((zone for zone in zones if zone.key != "UTC"), HOME)


def _changes(zone: tzinfo, at: datetime) -> Iterator[datetime]:
    """Yield the instants of the coming year at which clocks change, to the minute."""
    hours = [at.replace(minute=0, second=0, microsecond=0) + n * HOUR for n in range(366 * 24)]
    for before, after in pairwise(hours):
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            minutes = [before + number * MINUTE for number in range(61)]
            offsets = [minute.astimezone(zone).utcoffset() for minute in minutes]
            yield minutes[offsets.index(offsets[-1])]


def _direction(change: datetime, zone: tzinfo) -> Kind:
    before = (change - MINUTE).astimezone(zone).utcoffset() or timedelta()
    after = change.astimezone(zone).utcoffset() or timedelta()
    return Kind.CLOCKS_FORWARD if before < after else Kind.CLOCKS_BACK


def _leap_day(at: datetime, zone: tzinfo) -> datetime:
    """Return the afternoon before the next 29 February."""
    years = (year for year in range(at.year, at.year + 9) if isleap(year))
    days = (datetime(year, 2, 28, AFTERNOON, tzinfo=zone) for year in years)
    return next(day for day in days if day > at)


def _tuesday(at: datetime, zone: tzinfo) -> datetime:
    """Return the next Tuesday, ten o'clock, somewhere else."""
    day = at.astimezone(zone).date() + DAY
    while day.weekday() != TUESDAY:
        day += DAY
    return datetime(day.year, day.month, day.day, TEN, tzinfo=zone)
