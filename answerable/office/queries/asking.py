"""The made-up request of a preview: what may be asked, and what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from answerable.entitlements.core.clause_sense import STRANGER
from answerable.entitlements.core.plan import Metric, Terms
from answerable.lib import times
from answerable.office.words import METRICS, word
from answerable.sla.trying import Request
from answerable.sla.words import said

FRIDAY = 4
QUARTER_TO_FIVE = time(16, 45)
PLACES = (
    *("Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles"),
    *("Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney", "UTC"),
)
Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, as it stands in its boxes, and what can be chosen there."""

    day: str
    time: str
    values: dict[str, str]
    zones: Options
    requesters: Options
    severities: Options
    channels: Options
    metrics: Options
    request: Request | None

    @property
    def problem(self) -> str:
        """What is wrong with its day or time; nothing where they can be read."""
        return "" if self.request else _("Enter a day and a time like 2026-03-06 and 16:45")


def question(terms: Terms, posted: Mapping[str, str], home: tzinfo, at: datetime) -> Question:
    """Return what was asked of a plan; whatever is left out, or unknown to it, is a default."""
    options = _options(terms, home)
    values = {name: _chosen(posted, name, found) for name, found in options.items()}
    friday = _friday(at.astimezone(ZoneInfo(values["zone"])).date())
    day = posted.get("ask-day", friday.isoformat())
    clock = posted.get("ask-time", f"{QUARTER_TO_FIVE:%H:%M}")
    start = _moment(day, clock, ZoneInfo(values["zone"]))
    return Question(
        day,
        clock,
        values,
        zones=options["zone"],
        requesters=options["requester"],
        severities=options["severity"],
        channels=options["channel"],
        metrics=options["metric"],
        request=_request(start, values) if start else None,
    )


def _request(start: datetime, values: Mapping[str, str]) -> Request:
    return Request(
        start,
        requester=values["requester"],
        severity=values["severity"],
        channel=values["channel"],
        metric=values["metric"],
    )


def _options(terms: Terms, home: tzinfo) -> dict[str, Options]:
    zones = [str(home), *(one.zone for one in terms.calendars.values()), *PLACES]
    people = [(key, capfirst(said(one.name))) for key, one in terms.requesters.items()]
    people += [("", _("A contact who is in no class")), (STRANGER, _("Somebody unknown"))]
    severities = sorted(terms.severities.values(), key=lambda one: -one.rank)
    default = terms.default_severity
    severities.sort(key=lambda one: one.key != default)
    metrics = dict.fromkeys([Metric.FIRST_RESPONSE.value, *(t.metric for t in terms.targets)])
    return {
        "zone": [(zone, times.city(ZoneInfo(zone))) for zone in dict.fromkeys(zones)],
        "requester": people,
        "severity": [(one.key, capfirst(said(one.name))) for one in severities],
        "channel": [(key, capfirst(said(one.name))) for key, one in terms.channels.items()],
        "metric": [(metric, word(METRICS, metric)) for metric in metrics],
    }


def _chosen(posted: Mapping[str, str], name: str, options: Options) -> str:
    value = posted.get(f"ask-{name}")
    keys = [key for key, _name in options]
    return value if value in keys else next(iter(keys), "")


def _friday(today: date) -> date:
    return today + timedelta(days=(FRIDAY - today.weekday()) % 7)


def _moment(day: str, clock: str, zone: tzinfo) -> datetime | None:
    """Return a wall time; of one that comes twice, its first coming."""
    try:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), zone)
    except ValueError:
        return None
