"""Writes who is on call when. Each change is a line in a log; open pages are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.accounts.tokens import digest_of, new_token
from answerable.live.events import Changed, publish
from answerable.routing.core.rota import shifts
from answerable.routing.models import Cover, OnCallChange, Rota, ShiftCalendar
from answerable.routing.on_call import plan_of

What = OnCallChange.What
LONGEST_COVER = timedelta(days=366)


class NotTheirs(Exception):
    """An agent covers for others, or gives away their own shifts; this is neither."""


class OddStretch(Exception):
    """A cover ends after it begins, after now, and within a year."""


@dataclass(frozen=True, slots=True)
class Turns:
    """A rota as it is entered: who, in order, from which wall time of a zone on, for how many
    days each. Without days the first of them stays; without people nobody is on call.

    `hours` are seven texts of core/written_hours.py, Monday first, which may go on over
    midnight, in that zone; none means around the clock.
    """

    people: Sequence[Agent]
    first_day: date
    hand_over: time
    zone: str
    days: int
    hours: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody is on call at a place of Rota.Place, from one instant to another; with `rota`,
    the number of a first entry, only while that rota has the place."""

    place: str
    agent: Agent
    begins_at: datetime
    ends_at: datetime
    reason: str = ""
    rota: int | None = None


@transaction.atomic
def save_rota(
    place: str, turns: Turns, *, by: Agent, at: datetime, renews: int | None = None
) -> Rota:
    """Keep who takes turns at a place, from the first hand-over on, and return it.

    With `renews`, the number of a rota's first entry, it enters that rota anew: what was
    entered before stays until then. Else it is one more rota. One person needs no hand-over.
    """
    rota = Rota.objects.create(
        place=place,
        people=[agent.pk for agent in turns.people],
        first_day=turns.first_day,
        hand_over=turns.hand_over,
        zone=turns.zone,
        days=turns.days if len(turns.people) > 1 else 0,
        since=at,
        hours=list(turns.hours),
        renews_id=renews,
    )
    facts = {
        "people": [agent.name for agent in turns.people],
        "from": f"{turns.first_day} {turns.hand_over:%H:%M}",
        "zone": turns.zone,
        "days": rota.days,
        "hours": rota.hours,
    }
    _note(What.ROTA, place, facts, by=by, at=at)
    _tell(rota.people)
    return rota


def set_on_call(place: str, agent: Agent | None, *, by: Agent, at: datetime) -> Rota:
    """Let one person be on call at a place from now on, or nobody, where no hours say more."""
    day = at.astimezone(ZoneInfo(by.zone)).date()
    people = [agent] if agent else []
    known = Rota.objects.filter(place=place, renews=None).order_by("pk").first()
    turns = Turns(people, day, time(), by.zone, 0)
    return save_rota(place, turns, by=by, at=at, renews=known.pk if known else None)


@transaction.atomic
def cover(stretch: Stretch, *, by: Agent, at: datetime) -> Cover:
    """Let somebody be on call for a stretch of time, and return that.

    Administrators enter any; others that they themselves cover, or that somebody covers shifts
    of theirs. What was so before now stays so. Raises NotTheirs and OddStretch.
    """
    length = stretch.ends_at - stretch.begins_at
    if not timedelta() < length <= LONGEST_COVER or stretch.ends_at <= at:
        raise OddStretch
    stretch = replace(stretch, begins_at=max(stretch.begins_at, at))
    others = _had_by(stretch)
    if not _may(by, stretch.agent.pk, others):
        raise NotTheirs
    covering = Cover.objects.create(
        place=stretch.place,
        agent=stretch.agent,
        begins_at=stretch.begins_at,
        ends_at=stretch.ends_at,
        reason=stretch.reason,
        by=by,
        rota_id=stretch.rota,
    )
    _note(What.COVERED, stretch.place, _facts(covering), by=by, at=at)
    _tell([stretch.agent.pk, *(number for number in others if number)])
    return covering


@transaction.atomic
def uncover(covering: Cover, *, by: Agent, at: datetime) -> None:
    """Take a cover back, from now on. Administrators, who covers, and who entered it may.

    Raises NotTheirs.
    """
    if by.role != Agent.Role.ADMINISTRATOR and by.pk not in {covering.agent_id, covering.by_id}:
        raise NotTheirs
    if covering.ends_at <= at:
        return
    _note(What.UNCOVERED, covering.place, _facts(covering), by=by, at=at)
    _tell([covering.agent_id, covering.by_id])
    if covering.begins_at < at:
        covering.ends_at = at
        covering.save(update_fields=["ends_at"])
    else:
        covering.delete()


@transaction.atomic
def make_calendar(agent: Agent, *, at: datetime) -> str:
    """Return a new token under which a calendar reads an agent's shifts; an old one ends."""
    token = new_token()
    ShiftCalendar.objects.update_or_create(
        agent=agent, defaults={"digest": digest_of(token), "made_at": at}
    )
    return token


def end_calendar(agent: Agent) -> None:
    """Let no calendar read an agent's shifts any more."""
    ShiftCalendar.objects.filter(agent=agent).delete()


def _had_by(stretch: Stretch) -> set[int | None]:
    """Return who was on call in a stretch of time until now; None where nobody was."""
    begin, end = stretch.begins_at, stretch.ends_at
    found = shifts(plan_of(stretch.place, begin, end), begin, end)
    return {shift.person for shift in found if stretch.rota in {None, shift.rota}}


def _may(by: Agent, person: int, others: set[int | None]) -> bool:
    is_theirs = others - {None} == {by.pk}  # Where nobody is on call, nothing is given away.
    return by.role == Agent.Role.ADMINISTRATOR or by.pk == person or is_theirs


def _facts(covering: Cover) -> dict[str, str]:
    return {
        "name": covering.agent.name,
        "begins_at": covering.begins_at.astimezone(UTC).isoformat(),
        "ends_at": covering.ends_at.astimezone(UTC).isoformat(),
        "reason": covering.reason,
    }


def _note(
    what: str, place: str, facts: Mapping[str, object], *, by: Agent, at: datetime
) -> None:
    OnCallChange.objects.create(what=what, place=place, facts=dict(facts), by=by, at=at)


def _tell(numbers: Iterable[int]) -> None:
    publish(*(Changed(f"notices-{number}") for number in sorted(set(numbers))))
