"""Reads who is on call: the one way for ladders, quiet hours, walls, pages and programs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from answerable.accounts.models import Agent
from answerable.routing.core.rota import Cover as Covers
from answerable.routing.core.rota import Plan, shift_at, who
from answerable.routing.core.rota import Rota as Turns
from answerable.routing.core.standing import week_of
from answerable.routing.models import Absence, Cover, Rota

Place = Rota.Place
MOMENT = timedelta(microseconds=1)
# So far shifts are looked at that follow each other; what lasts longer has no end that counts.
SEEN = timedelta(weeks=26)


def on_call_at(
    at: datetime, places: Collection[str] = tuple(Place.values)
) -> dict[str, int | None]:
    """Return who is on call at an instant, by place. Four queries at the most."""
    found = plans(places, at, at + MOMENT)
    return {place: who(plan, at) for place, plan in found.items()}


def on_call_until(plan: Plan, at: datetime) -> datetime | None:
    """Return until when who is on call at an instant stays so; None where no end is in sight.

    The plan is one that was read as far ahead as SEEN.
    """
    shift = shift_at(plan, at)
    person = shift.person
    while shift.ends_at and shift.ends_at < at + SEEN:
        following = shift_at(plan, shift.ends_at)
        if following.person != person:
            return shift.ends_at
        shift = following
    return None


def plan_of(place: str, begin: datetime, end: datetime) -> Plan:
    """Return all that is known of a place for a stretch of time. Four queries at the most."""
    return plans([place], begin, end)[place]


def plans(places: Collection[str], begin: datetime, end: datetime) -> Mapping[str, Plan]:
    """Return all that is known of some places for a stretch of time. Four queries at most."""
    rotas = list(Rota.objects.filter(place__in=places).order_by("pk"))
    reach = Cover.objects.filter(place__in=places, ends_at__gt=begin, begins_at__lt=end)
    covers = list(reach.order_by("pk"))
    people = {number for rota in rotas for number in rota.people}
    people |= {cover.agent_id for cover in covers}
    gone = people - _working(people)
    away = _away(people - gone, begin, end)
    return {
        place: Plan(
            rotas=[turns_of(rota) for rota in rotas if rota.place == place],
            covers=[_covers(cover) for cover in covers if cover.place == place],
            gone=frozenset(gone),
            away=away,
        )
        for place in places
    }


def _working(people: Collection[int]) -> set[int]:
    if not people:
        return set()
    return set(Agent.objects.active().filter(pk__in=people).values_list("pk", flat=True))


def _away(
    people: Collection[int], begin: datetime, end: datetime
) -> dict[int, list[tuple[datetime, datetime]]]:
    if not people:
        return {}
    rows = Absence.objects.filter(agent__in=people, ends_at__gt=begin, begins_at__lt=end)
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    for row in rows.order_by("begins_at", "pk"):
        found.setdefault(row.agent_id, []).append((row.begins_at, row.ends_at))
    return found


def turns_of(rota: Rota) -> Turns:
    """Return a rota as the core knows it."""
    return Turns(
        order=rota.pk,
        people=tuple(rota.people),
        first_day=rota.first_day,
        hand_over=rota.hand_over,
        zone=rota.zone,
        days=rota.days,
        since=rota.since,
        hours=week_of(rota.hours),
        renews=rota.renews_id,
    )


def _covers(cover: Cover) -> Covers:
    return Covers(cover.pk, cover.agent_id, cover.begins_at, cover.ends_at, cover.rota_id)
