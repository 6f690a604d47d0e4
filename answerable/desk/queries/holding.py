"""Until when a ticket may be put on hold, and what that does to its promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.utils.translation import gettext as _

from answerable.lib import times
from answerable.sla.holding import DueFirst, Waits, due_within
from answerable.sla.models import Clock
from answerable.sla.words import metric_word
from answerable.tickets.actions.holds import was_told
from answerable.tickets.models import Ticket

MORNING = time(9)
BEFORE = timedelta(minutes=30)
MONDAY = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """What a hold would do: the words that say it, and the end that would be better."""

    hold_words: str
    words: str
    instead: datetime | None
    instead_words: str


def presets(at: datetime, zone: tzinfo) -> list[tuple[str, str]]:
    """Return the usual ends of a hold, as ISO instants, and how they read."""
    today = at.astimezone(zone).date()
    monday = today + timedelta(days=7 - (today.weekday() - MONDAY) % 7)
    hour = (at + timedelta(hours=1)).replace(second=0, microsecond=0)
    ends = [
        (hour, _("In an hour, {time}")),
        (_morning(today + timedelta(days=1), zone), _("Tomorrow, {time}")),
        (_morning(monday, zone), _("Monday, {time}")),
        (_morning(today + timedelta(days=14), zone), _("In two weeks, {time}")),
    ]
    return [
        (end.isoformat(), words.format(time=times.moment(end, at, zone))) for end, words in ends
    ]


def usual_end(
    ticket: Ticket, kind: str, offered: list[tuple[str, str]], at: datetime
) -> datetime:
    """Return the end that is chosen at first: tomorrow morning, or before a promise is due."""
    tomorrow = datetime.fromisoformat(offered[1][0])
    first = _due_first(ticket, kind, tomorrow, at)
    better = _better(first, at) if first else None
    return better or tomorrow


def effect_of(
    ticket: Ticket, kind: str, until: datetime | None, at: datetime, zone: tzinfo
) -> Effect:
    """Return what a hold would do: “Hold until Thu 09:00. The next-reply promise is due Wed
    16:00, before that.” (ux.md 8.5)."""
    first = _due_first(ticket, kind, until, at)
    better = _better(first, at) if first else None
    return Effect(
        hold_words=_until_words(until, at, zone),
        words=_due_words(first, until, at, zone) if first else "",
        instead=better,
        instead_words=_until_words(better, at, zone) if better else "",
    )


def _due_first(
    ticket: Ticket, kind: str, until: datetime | None, at: datetime
) -> DueFirst | None:
    return due_within(ticket, Waits(kind, was_told(ticket), at, until))


def _better(first: DueFirst, at: datetime) -> datetime | None:
    """Return half an hour before a promise is due, if that lies ahead."""
    end = (first.due_at - BEFORE).replace(second=0, microsecond=0)
    return end if end > at else None


def _until_words(until: datetime | None, at: datetime, zone: tzinfo) -> str:
    if until is None:
        return _("Hold until somebody ends it")
    return _("Hold until {time}").format(time=times.moment(until, at, zone))


def _due_words(first: DueFirst, until: datetime | None, at: datetime, zone: tzinfo) -> str:
    promise = _promise_words(first.clock)
    time = times.moment(first.due_at, at, zone)
    if first.due_at <= at:
        return _("{promise} was due {time}.").format(promise=promise, time=time)
    if until is None:
        return _("{promise} is due {time}.").format(promise=promise, time=time)
    return _("{promise} is due {time}, before that.").format(promise=promise, time=time)


def _promise_words(clock: Clock) -> str:
    """Return “The next-reply promise”, or “The aim for the next reply”."""
    if clock.kind == Clock.Kind.AIM:
        return _("The aim for the {metric}").format(metric=metric_word(clock.metric))
    if clock.metric == Clock.Metric.FIRST_RESPONSE:
        return _("The first-reply promise")
    if clock.metric == Clock.Metric.NEXT_RESPONSE:
        return _("The next-reply promise")
    return _("The promise of the {metric}").format(metric=metric_word(clock.metric))


def _morning(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, MORNING, zone)
