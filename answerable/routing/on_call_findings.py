"""What keeps a ladder from reaching somebody in the coming weeks: gaps, numbers that lack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.utils.translation import gettext as _

from answerable.lib.times import city
from answerable.routing.core.rota import Plan, Shift, Why, rests
from answerable.routing.models import Ability
from answerable.routing.on_call_week import Usual
from answerable.routing.on_call_words import PLACES, stretch_words

Shifts = Mapping[str, Sequence[Shift]]
Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend; `agent` is whose page mends it, where one does."""

    words: str
    agent: int | None = None


def findings(
    known: Mapping[str, Plan],
    ahead: Shifts,
    names: Names,
    zone: tzinfo,
    usual: Mapping[str, Usual | None],
) -> list[Finding]:
    """Return what is wrong with the shifts of each place, gaps first. One query."""
    return [
        *_weekly(usual),
        *_gaps(known, ahead, zone, usual),
        *_gone(known, ahead, names),
        *_away(known, ahead, names, zone),
        *_twice(ahead, names, zone),
        *_without_number(ahead, names),
    ]


def is_usual_gap(plan: Plan, usual: Usual | None, shift: Shift) -> bool:
    """Say whether nobody is on call for no other reason than the hours of each week."""
    if usual is None or shift.person or shift.ends_at is None:
        return False
    is_resting = rests(plan, shift.begins_at)
    return is_resting and usual.has_gap(shift.begins_at, shift.ends_at)


def _weekly(usual: Mapping[str, Usual | None]) -> Iterator[Finding]:
    """Yield the hours of each week in which no rota of a place stands."""
    for place, week in usual.items():
        if week and (hours := week.gap_words()):
            words = _("Every week nobody is on call, {hours} ({city}): {place}.")
            said = {"hours": hours, "city": city(week.zone), "place": PLACES[place]}
            yield Finding(words.format(**said))


def _gaps(
    known: Mapping[str, Plan], ahead: Shifts, zone: tzinfo, usual: Mapping[str, Usual | None]
) -> Iterator[Finding]:
    """Yield when nobody is on call at a place that has people. One that was left empty is
    meant so, and what is so every week was said."""
    for place, shifts in ahead.items():
        is_used = any(shift.person or shift.turn_of for shift in shifts)
        for shift in shifts:
            if is_usual_gap(known[place], usual[place], shift):
                continue
            if is_used and shift.person is None:
                words = _("Nobody is on call, {stretch}: {place}.")
                stretch = stretch_words(shift.begins_at, shift.ends_at, zone)
                yield Finding(words.format(stretch=stretch, place=PLACES[place]))


def _gone(known: Mapping[str, Plan], ahead: Shifts, names: Names) -> Iterator[Finding]:
    """Yield whose turn comes though they were deactivated, once each."""
    for place, shifts in ahead.items():
        told = {shift.turn_of: shift for shift in reversed(shifts)}
        for number, shift in told.items():
            if number not in known[place].gone:
                continue
            name = names.get(number or 0, "")
            if shift.person:
                words = _("{name} is deactivated. {other} stands in: {place}.")
            else:
                words = _("{name} is deactivated, and nobody stands in: {place}.")
            other = names.get(shift.person or 0, "")
            yield Finding(words.format(name=name, other=other, place=PLACES[place]))


def _away(
    known: Mapping[str, Plan], ahead: Shifts, names: Names, zone: tzinfo
) -> Iterator[Finding]:
    """Yield who is away in their turn, and whether anybody is there instead."""
    for place, shifts in ahead.items():
        for shift in shifts:
            stretch = stretch_words(shift.begins_at, shift.ends_at, zone)
            if _is_away(known[place], shift):
                words = _("{name} is on call and away, {stretch}: {place}.")
                name = names.get(shift.person or 0, "")
                yield Finding(
                    words.format(name=name, stretch=stretch, place=PLACES[place]), shift.person
                )
            elif shift.why == Why.STANDS_IN and shift.turn_of not in known[place].gone:
                words = _("{name} is away, {stretch}. {other} stands in: {place}.")
                named = {
                    "name": names.get(shift.turn_of or 0, ""),
                    "other": names.get(shift.person or 0, ""),
                }
                yield Finding(
                    words.format(**named, stretch=stretch, place=PLACES[place]), shift.turn_of
                )


def _twice(ahead: Shifts, names: Names, zone: tzinfo) -> Iterator[Finding]:
    """Yield who is on call at two places at once, for the first time each."""
    seen: set[int] = set()
    rows = [shift for shifts in ahead.values() for shift in shifts if shift.person]
    for number, one in enumerate(rows):
        for other in rows[number + 1 :]:
            if one.person == other.person and _meet(one, other) and one.person not in seen:
                seen.add(one.person or 0)
                words = _("{name} is on call at two places at once, {stretch}.")
                later = max(one, other, key=lambda shift: shift.begins_at)
                stretch = stretch_words(later.begins_at, later.ends_at, zone)
                yield Finding(words.format(name=names.get(one.person or 0), stretch=stretch))


def _without_number(ahead: Shifts, names: Names) -> Iterator[Finding]:
    called = {shift.person for shifts in ahead.values() for shift in shifts if shift.person}
    having = Ability.objects.filter(agent__in=called).exclude(own_phone="")
    reached = set(having.values_list("agent_id", flat=True))
    for number in sorted(called - reached, key=lambda one: names.get(one, "")):
        words = _("{name} has no telephone number.")
        yield Finding(words.format(name=names.get(number, "")), number)


def _is_away(plan: Plan, shift: Shift) -> bool:
    spans = plan.away.get(shift.person or 0, ())
    return any(begins <= shift.begins_at < ends for begins, ends in spans)


def _meet(one: Shift, other: Shift) -> bool:
    ends = one.ends_at is None or other.begins_at < one.ends_at
    return ends and (other.ends_at is None or one.begins_at < other.ends_at)
