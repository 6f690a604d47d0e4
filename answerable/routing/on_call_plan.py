"""Who is on call in the coming weeks, as pages show it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent
from answerable.lib.times import city
from answerable.routing.core.rota import Plan, Shift, shift_at, shifts, who
from answerable.routing.models import Cover
from answerable.routing.on_call import SEEN, on_call_until, plans
from answerable.routing.on_call_findings import Finding, findings, is_usual_gap
from answerable.routing.on_call_week import Usual, usual_week
from answerable.routing.on_call_words import (
    PLACES,
    hours_said,
    next_words,
    own_words,
    rota_words,
    stretch_words,
    today_words,
    until_words,
    week_words,
    why_words,
)

WEEKS, WEEK = 4, timedelta(days=7)
Rows = Mapping[str, Sequence["Row"]]


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads a plan, when, and what the people in it are called."""

    agent: Agent
    at: datetime
    zone: tzinfo
    names: Mapping[int, str]

    @property
    def monday(self) -> date:
        """The first day of the reader's week."""
        today = self.at.astimezone(self.zone).date()
        return today - timedelta(days=today.weekday())

    def midnight(self, day: date) -> datetime:
        """Return when a day begins for the reader."""
        return datetime.combine(day, time(), tzinfo=self.zone)


@dataclass(frozen=True, slots=True)
class Row:
    """A shift: who, when, and why they where it is not their turn."""

    shift: Shift
    place: str
    name: str
    when: str
    note: str
    at: datetime
    is_mine: bool

    @property
    def place_name(self) -> Promise:
        """What the place is called."""
        return PLACES[self.place]

    @property
    def is_now(self) -> bool:
        """Whether it is on."""
        return self.shift.holds(self.at)

    @property
    def query(self) -> str:
        """What an address says to have somebody cover this shift; nothing where it has no
        end."""
        if self.shift.ends_at is None:
            return ""
        begin, end = self.shift.begins_at.timestamp(), self.shift.ends_at.timestamp()
        return f"place={self.place}&begins={begin:.0f}&ends={end:.0f}"


@dataclass(frozen=True, slots=True)
class Cell:
    """The shifts of a place that begin in a week, or who goes on."""

    place: Promise
    rows: Sequence[Row]
    goes_on: str


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the plan, Monday first, in the reader's zone."""

    title: str
    today: str  # of this week: which day it is
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class RotaLine:
    """A rota as it counts, or as it will from an instant on, which is `newest` where nothing
    was entered after it. `first` is its first entry's number."""

    first: int
    words: str
    since: datetime | None
    is_newest: bool


@dataclass(frozen=True, slots=True)
class PlaceNow:
    """A place that ladders name: who is on call there now, until when, and by which rotas."""

    key: str
    name: Promise
    person: str
    until: str
    is_mine: bool
    rotas: Sequence[RotaLine]


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What one line says to an agent: that they are on call, or from when on they are."""

    words: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class OnCallPlan:
    """Who is on call in the coming weeks."""

    places: Sequence[PlaceNow]
    weeks: Sequence[Week]
    findings: Sequence[Finding]
    mine: Sequence[Row]
    line: OwnLine | None
    city: str  # of whose zone the times are
    usual: Mapping[str, Usual]  # of each place that has hours, the week as it is in the end
    names: Mapping[int, str]


def on_call_plan(reader: Agent, at: datetime, zone: tzinfo) -> OnCallPlan:
    """Return the plan of four weeks as somebody reads it, and their own shifts of half a year.

    Six queries.
    """
    known = plans(list(PLACES), at - WEEK, at + SEEN)
    people = {number for plan in known.values() for number in _people(plan)}
    names = dict(Agent.objects.filter(pk__in=people).values_list("pk", "name"))
    reading = Reading(reader, at, zone, names)
    end = reading.midnight(reading.monday + WEEKS * WEEK)
    every = {
        place: [_row(place, shift, reading) for shift in shifts(plan, at, at + SEEN)]
        for place, plan in known.items()
    }
    usual = {place: usual_week(plan, at) for place, plan in known.items()}
    coming = {
        place: [row for row in rows if row.shift.begins_at < end]
        for place, rows in every.items()
    }
    shown = {place: _told(rows, known[place], usual[place]) for place, rows in coming.items()}
    ahead = {place: [row.shift for row in rows] for place, rows in coming.items()}
    return OnCallPlan(
        places=[_now(place, plan, reading) for place, plan in known.items()],
        weeks=[_week(shown, number, reading) for number in range(WEEKS)],
        findings=findings(known, ahead, names, zone, usual),
        mine=sorted(
            (row for rows in every.values() for row in rows if row.is_mine),
            key=lambda row: (row.shift.begins_at, row.place),
        ),
        line=_line(known, reading),
        city=city(zone),
        usual={place: week for place, week in usual.items() if week},
        names=names,
    )


def own_line(reader: Agent, at: datetime, zone: tzinfo) -> OwnLine | None:
    """Return what is said to somebody who is on call, or will be; None to others. Four
    queries."""
    return _line(plans(list(PLACES), at, at + SEEN), Reading(reader, at, zone, {}))


def covers_ahead(at: datetime, zone: tzinfo) -> list[tuple[Cover, Promise, str]]:
    """Return the covers that have not ended, each with its place and when. One query."""
    rows = Cover.objects.filter(ends_at__gt=at).select_related("agent", "by", "rota")
    return [
        (cover, PLACES[cover.place], _cover_words(cover, zone))
        for cover in rows.order_by("begins_at", "pk")
    ]


def _cover_words(cover: Cover, zone: tzinfo) -> str:
    stretch = stretch_words(cover.begins_at, cover.ends_at, zone)
    hours = hours_said(cover.rota.hours) if cover.rota else ""
    return (
        _("{stretch}, only {hours}").format(stretch=stretch, hours=hours) if hours else stretch
    )


def _people(plan: Plan) -> set[int]:
    turns = {number for rota in plan.rotas for number in rota.people}
    return turns | {cover.person for cover in plan.covers}


def _line(known: Mapping[str, Plan], reading: Reading) -> OwnLine | None:
    at, number = reading.at, reading.agent.pk
    for place, plan in known.items():
        if who(plan, at) == number:
            until = on_call_until(plan, at)
            return OwnLine(own_words(place, until, at, reading.zone), is_now=True)
    begins = [
        (shift.begins_at, place)
        for place, plan in known.items()
        for shift in shifts(plan, at, at + SEEN)
        if shift.person == number
    ]
    if not begins:
        return None
    first, place = min(begins)
    return OwnLine(next_words(place, first, reading.zone), is_now=False)


def _row(place: str, shift: Shift, reading: Reading) -> Row:
    return Row(
        shift=shift,
        place=place,
        name=reading.names.get(shift.person or 0, ""),
        when=stretch_words(shift.begins_at, shift.ends_at, reading.zone),
        note=why_words(shift, reading.names),
        at=reading.at,
        is_mine=shift.person == reading.agent.pk,
    )


def _now(place: str, plan: Plan, reading: Reading) -> PlaceNow:
    at = reading.at
    person = shift_at(plan, at).person
    return PlaceNow(
        key=place,
        name=PLACES[place],
        person=reading.names.get(person or 0, ""),
        until=until_words(on_call_until(plan, at), at, reading.zone),
        is_mine=person == reading.agent.pk,
        rotas=rota_lines(plan, reading.names, at),
    )


def rota_lines(plan: Plan, names: Mapping[int, str], at: datetime) -> list[RotaLine]:
    """Return the rotas of a place that count, and what was entered to count later."""
    entries = [
        entry
        for entry in plan.entries
        if entry.begins_at > at or (entry.counts(at) and entry.rota.people)
    ]
    return [
        RotaLine(
            entry.rota.first,
            rota_words(entry.rota, names),
            entry.begins_at if entry.begins_at > at else None,
            is_newest=entry.ends_at is None,
        )
        for entry in sorted(entries, key=lambda one: (one.rota.first, one.begins_at))
    ]


def _told(rows: Sequence[Row], plan: Plan, usual: Usual | None) -> list[Row]:
    """Return the shifts, and when nobody is on call but for the hours of every week. That a
    place has nobody for which nothing was ever entered is no gap."""
    if not plan.entries and not plan.covers:
        return []
    return [row for row in rows if row.is_now or not is_usual_gap(plan, usual, row.shift)]


def _week(rows: Rows, number: int, reading: Reading) -> Week:
    monday = reading.monday + number * WEEK
    begin, end = reading.midnight(monday), reading.midnight(monday + WEEK)
    cells = [_cell(place, some, (begin, end)) for place, some in rows.items()]
    title = week_words(monday, monday + timedelta(days=6))
    today = "" if number else today_words(reading.at, reading.zone)
    return Week(title, today, cells)


def _cell(place: str, rows: Sequence[Row], week: tuple[datetime, datetime]) -> Cell:
    """Return what begins in a week; what began before, and is on now, stands in the first."""
    begin, end = week
    first = [row for row in rows if row.is_now and begin <= row.at < end]
    inside = [row for row in rows if not row.is_now and begin <= row.shift.begins_at < end]
    before = [row.name for row in rows if row.shift.begins_at < begin]
    goes_on = before[-1] if before and not first and not inside else ""
    return Cell(PLACES[place], [*first, *inside], goes_on)
