"""What pages say of who is on call: places, times, rotas, what is wrong, what was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils import dates
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from answerable.lib import times
from answerable.routing.core.rota import Rota, Shift, Why
from answerable.routing.core.standing import texts_of
from answerable.routing.hours_words import hours_words
from answerable.routing.models import OnCallChange
from answerable.routing.on_call import Place

What = OnCallChange.What
PLACES: Mapping[str, Promise] = {
    Place.FIRST: gettext_lazy("First person on call"),
    Place.SECOND: gettext_lazy("Second person on call"),
    Place.HEAD: gettext_lazy("Head of support"),
}
WEEK = 7


def instant_words(instant: datetime, zone: tzinfo) -> str:
    """Return “Mon 24 Nov 09:00”."""
    local = instant.astimezone(zone)
    names = times.names()
    return times.patterns()["date_short"].format(
        weekday=names["weekdays"][local.weekday()],
        day=local.day,
        month=names["months_short"][local.month - 1],
        time=times.clock_time(instant, zone),
    )


def stretch_words(begins_at: datetime, ends_at: datetime | None, zone: tzinfo) -> str:
    """Return “Mon 24 Nov 09:00” to “17:00”, with the second day where it is another."""
    begin = instant_words(begins_at, zone)
    if ends_at is None:
        return _("since {time}").format(time=begin)
    is_same = begins_at.astimezone(zone).date() == ends_at.astimezone(zone).date()
    end = times.clock_time(ends_at, zone) if is_same else instant_words(ends_at, zone)
    return f"{begin} \N{EN DASH} {end}"


def week_words(monday: date, sunday: date) -> str:
    """Return “24” to “30 Nov”."""
    months = times.names()["months_short"]
    first, last = months[monday.month - 1], months[sunday.month - 1]
    begin = f"{monday.day}" if first == last else f"{monday.day} {first}"
    return f"{begin} \N{EN DASH} {sunday.day} {last}"


def today_words(at: datetime, zone: tzinfo) -> str:
    """Return “today is Thu 26 Nov”."""
    local, names = at.astimezone(zone), times.names()
    return _("today is {weekday} {day} {month}").format(
        weekday=names["weekdays"][local.weekday()],
        day=local.day,
        month=names["months_short"][local.month - 1],
    )


def rota_words(rota: Rota, names: Mapping[int, str]) -> str:
    """Return “Ana Silva, Ben Adler: every Monday at 09:00 (Berlin)”, and its hours."""
    hours, city = standing_words(rota), times.city(ZoneInfo(rota.zone))
    people = ", ".join(names.get(number, "?") for number in rota.people) or _("Nobody")
    if not rota.days or not rota.people:
        one = names.get(rota.people[0], "?") if rota.people else people
        return f"{one}: {hours} ({city})" if hours else one
    words = (
        _("{hours}, hand-over {often} at {time} ({city})")
        if hours
        else _("{often} at {time} ({city})")
    )
    when = words.format(
        hours=hours, often=_often(rota), time=f"{rota.hand_over:%H:%M}", city=city
    )
    return f"{people}: {when}"


def standing_words(rota: Rota) -> str:
    """Return “Mon to Fri 18:00 to 08:00, Sat to Sun all day”; nothing around the clock."""
    return hours_said(texts_of(rota.hours))


def hours_said(texts: Sequence[str]) -> str:
    """Return the hours of a week as they are kept, in words."""
    said = [text.replace("00:00-24:00", _("all day")) for text in texts]
    return ", ".join(hours_words([text.replace("-", "\N{EN DASH}") for text in said]))


def why_words(shift: Shift, names: Mapping[int, str]) -> str:
    """Return why somebody is on call where it is not their turn; nothing where it is."""
    other = names.get(shift.turn_of or 0, "")
    if shift.why == Why.TURN or not other or shift.person is None:
        return ""
    if shift.why == Why.COVER:
        is_own = shift.person == shift.turn_of
        return "" if is_own else _("covers for {name}").format(name=other)
    return _("stands in for {name}").format(name=other)


def until_words(until: datetime | None, at: datetime, zone: tzinfo) -> str:
    """Return “until Mon 09:00”; nothing where no end is in sight."""
    return _("until {time}").format(time=times.moment(until, at, zone)) if until else ""


def own_words(place: str, until: datetime | None, at: datetime, zone: tzinfo) -> str:
    """Return “You are on call until Mon 09:00: first person on call.”"""
    if until is None:
        return _("You are on call: {place}.").format(place=PLACES[place])
    words = _("You are on call until {time}: {place}.")
    return words.format(time=times.moment(until, at, zone), place=PLACES[place])


def next_words(place: str, begins_at: datetime, zone: tzinfo) -> str:
    """Return “You are on call next from Mon 1 Dec 09:00 on: first person on call.”"""
    words = _("You are on call next from {time} on: {place}.")
    return words.format(time=instant_words(begins_at, zone), place=PLACES[place])


def change_words(change: OnCallChange, zone: tzinfo) -> str:
    """Return what somebody changed, in a sentence of its own."""
    facts, place = change.facts, str(PLACES[change.place])
    if change.what == What.ROTA:
        return _rota_changed(place, facts)
    begin, end = (datetime.fromisoformat(facts[key]) for key in ("begins_at", "ends_at"))
    words = (
        _("{place}: {name} covers, {stretch}")
        if change.what == What.COVERED
        else _("{place}: {name} does not cover any more, {stretch}")
    )
    said = words.format(
        place=place, name=facts["name"], stretch=stretch_words(begin, end, zone)
    )
    return f"{said}. {facts['reason']}" if facts["reason"] else said


def _rota_changed(place: str, facts: Mapping[str, object]) -> str:
    named = facts["people"]
    people = ", ".join(named) if isinstance(named, Sequence) and named else _("nobody")
    texts = facts.get("hours")
    if isinstance(texts, Sequence) and texts:
        people = f"{people} ({hours_said([str(text) for text in texts])})"
    days = facts["days"]
    if not isinstance(days, int) or not days:
        return _("{place}: {people}").format(place=place, people=people)
    words = ngettext(
        "{place}: {people}, for {days} day each, from {start} ({zone}) on",
        "{place}: {people}, for {days} days each, from {start} ({zone}) on",
        days,
    )
    return words.format(
        place=place, people=people, days=days, start=facts["from"], zone=facts["zone"]
    )


def _often(rota: Rota) -> str:
    weekday = str(dates.WEEKDAYS[rota.first_day.weekday()])
    if rota.days == 1:
        return _("every day")
    if rota.days == WEEK:
        return _("every {weekday}").format(weekday=weekday)
    if rota.days % WEEK == 0:
        words = _("every {weeks} weeks on {weekday}")
        return words.format(weeks=rota.days // WEEK, weekday=weekday)
    return _("every {days} days").format(days=rota.days)
