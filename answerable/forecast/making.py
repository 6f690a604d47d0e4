"""Makes a forecast of the next hour from what is known, what is expected and who is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from answerable.forecast.coming import Coming, came_within, coming_at
from answerable.forecast.core.arriving import surprise_of
from answerable.forecast.core.reading import (
    Change,
    Range,
    expected_due,
    fixes,
    needed,
    range_of,
)
from answerable.forecast.core.running import RUNS, Future, Person, futures_of, misses
from answerable.forecast.crew import Crew, crew_at, person_of, takes_live
from answerable.forecast.known import USUAL, Known, beside, due_within
from answerable.forecast.models import Forecast, Suggestion

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
MOST_CHANGES = 12
# A forecast of an hour ago says what was expected of it; one that is older does not.
SAID_BEFORE = timedelta(minutes=15)
What = Suggestion.What


@dataclass(frozen=True, slots=True)
class Before:
    """What was expected of the hour that is over, and what came: the surprise."""

    came: int = 0
    low: int = 0
    high: int = 0

    @property
    def surprise(self) -> float:
        """By how much more came than was expected; 1.0 where it lay in the range."""
        return surprise_of(self.came, self.low, self.high) if self.high else 1.0


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a forecast is made from, at one instant."""

    at: datetime
    ends_at: datetime
    due: Sequence[Known]
    load: Sequence[Known]
    crew: Crew
    coming: Coming
    before: Before

    @property
    def tickets(self) -> list[Known]:
        """What is to be done, in the order in which it was read."""
        return [*self.due, *self.load]

    @property
    def there(self) -> frozenset[int]:
        """Whose tickets go on."""
        return frozenset(one.agent.pk for one in self.crew.there)

    def people(self) -> dict[int, Person]:
        """Return who works in this hour, by agent."""
        takes = self.coming.call_takes
        return {one.agent.pk: person_of(one, self.at, takes) for one in self.crew.there}

    def futures(self, runs: int = RUNS, given: frozenset[int] = frozenset()) -> list[Future]:
        """Return the hour as it may come, so many times; `given`: tickets that somebody takes
        over."""
        there = self.there
        jobs = [one.job(self.at, there, given=one.ticket in given) for one in self.tickets]
        usual = _usual(self.tickets) / MINUTE
        return futures_of(jobs, self.coming.expected, usual=usual, runs=runs)


def scene_at(at: datetime) -> Scene:
    """Return what a forecast at an instant is made from. Some thirty queries."""
    ends_at = at + HOUR
    due, before = due_within(at, ends_at), before_of(at)
    return Scene(
        at=at,
        ends_at=ends_at,
        due=due,
        load=beside(due, ends_at),
        crew=crew_at(at, ends_at),
        coming=coming_at(at, before.surprise),
        before=before,
    )


def before_of(at: datetime) -> Before:
    """Return what was said of the hour that is over, and what came. Two queries."""
    said = Forecast.objects.filter(at__lte=at - HOUR, at__gt=at - HOUR - SAID_BEFORE)
    last = said.exclude(new_high=None).order_by("-at").first()
    if last is None or last.new_low is None or last.new_high is None:
        return Before()
    return Before(came_within(last.at, last.ends_at), last.new_low, last.new_high)


def forecast_of(scene: Scene) -> Forecast:
    """Return the forecast for the hour of a scene, not stored yet."""
    forecast = Forecast(at=scene.at, ends_at=scene.ends_at, shown={"inputs": _inputs(scene)})
    if not scene.coming.expected.is_enough:
        return forecast
    futures, people = scene.futures(), scene.people()
    likely = range_of(misses(futures, list(people.values()), scene.coming.load))
    new = range_of([future.new for future in futures])
    forecast.low, forecast.high = likely.low, likely.high
    forecast.new_low, forecast.new_high = new.low, new.high
    forecast.is_widened = scene.before.surprise > 1.0
    begun = (scene.at - floor(scene.at)) / MINUTE
    forecast.shown |= {
        "likely": _shown(likely),
        "new": _shown(new),
        "expected": expected_due(futures, begun),
        "need": needed(futures, scene.coming.load),
        "planned": scene.crew.planned,
        "fixes": list(_fixes(scene, futures, people)),
    }
    return forecast


def floor(at: datetime, minutes: int = 10) -> datetime:
    """Return the last full ten minutes, or so many, before an instant."""
    past = timedelta(minutes=at.minute % minutes, seconds=at.second)
    return at - past - timedelta(microseconds=at.microsecond)


def _usual(tickets: Sequence[Known]) -> timedelta:
    """Return how long a reply usually takes here: as the queue says of what waits."""
    lengths = sorted(one.due_at - one.act_by for one in tickets)
    return max(MINUTE, lengths[len(lengths) // 2]) if lengths else USUAL


def _fixes(
    scene: Scene, futures: list[Future], people: Mapping[int, Person]
) -> Iterable[dict[str, Any]]:
    """Return what would help most, each as what is asked of whom, and what it leads to."""
    changes = [*_to_email(scene, people), *_back(scene, people), *_handed(scene)]
    best = fixes(changes[:MOST_CHANGES], futures, list(people.values()), scene.coming.load)
    for key, likely in best:
        what, _, number = key.partition(" ")
        yield {"what": what, "of": int(number), **_shown(likely)}


def _to_email(scene: Scene, people: Mapping[int, Person]) -> Iterable[Change]:
    """Somebody leaves chats and calls to the others, where there are others."""
    takers = [one.agent.pk for one in scene.crew.there if takes_live(one)]
    for pk in takers if len(takers) > 1 else []:
        changed = {**people, pk: replace(people[pk], takes=False)}
        yield Change(f"{What.EMAIL} {pk}", people=list(changed.values()))


def _back(scene: Scene, people: Mapping[int, Person]) -> Iterable[Change]:
    """Somebody who is away comes back, and goes on with what they have."""
    for one in scene.crew.away:
        back = person_of(one, scene.at, scene.coming.call_takes)
        theirs = frozenset(t.ticket for t in scene.tickets if t.assignee == one.agent.pk)
        yield Change(
            f"{What.BACK} {one.agent.pk}",
            people=[*people.values(), replace(back, takes=True)],
            futures=partial(scene.futures, given=theirs),
        )


def _handed(scene: Scene) -> Iterable[Change]:
    """Somebody who is there takes over what is stuck with somebody who is not."""
    for one in scene.due:
        if people_lack(one, scene.there) and scene.there:
            given = frozenset({one.ticket})
            yield Change(
                f"{What.HELP} {one.ticket}", futures=partial(scene.futures, given=given)
            )


def people_lack(one: Known, there: frozenset[int]) -> bool:
    """Say whether whoever has a ticket is not there."""
    return one.assignee is not None and one.assignee not in there


def _shown(found: Range) -> dict[str, Any]:
    return {
        "low": found.low,
        "high": found.high,
        "likely": [found.likely_low, found.likely_high],
        "mean": round(found.mean, 2),
    }


def _inputs(scene: Scene) -> dict[str, Any]:
    """Return what the forecast was made from, for whoever wants to know."""
    return {
        "weeks": list(scene.coming.expected.counts),
        "due": len(scene.due),
        "beside": len(scene.load),
        "stuck": sum(people_lack(one, scene.there) for one in scene.due),
        "there": len(scene.crew.there),
        "usual": round(_usual(scene.tickets) / MINUTE, 1),
        "call_takes": round(scene.coming.call_takes, 1),
        "live": round(scene.coming.load.live, 1),
        "runs": RUNS,
        "came": scene.before.came,
        "came_low": scene.before.low,
        "came_high": scene.before.high,
    }
