"""What the forecast says, in sentences, and its bars as places in a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Agent
from answerable.forecast.crew import Crew
from answerable.forecast.models import Suggestion
from answerable.lib.times import clock_time
from answerable.wallboard.queries.coming import Block, NextHour
from answerable.wallboard.queries.promises import first_name
from answerable.wallboard.until import until_of

DASH = "\N{EN DASH}"
What = Suggestion.What
WIDE, GAP, HIGH = 60, 12, 150


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences beside bars and people; empty where there is nothing to say."""

    likely: str = ""
    range: str = ""
    new: str = ""
    widened: str = ""
    need: str = ""
    planned: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """Something that would help: what it is, whom to ask, what it leads to, what they said."""

    words: str
    what: str
    agent: Agent | None
    ticket: int | None
    button: str
    said: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Ten minutes in the drawing: known is solid, critical hatched, expected outlined."""

    begins: str
    block: Block
    x: int
    known_y: int
    known_height: int
    critical_height: int
    critical_y: int
    expected_y: int
    expected_height: int

    @property
    def middle(self) -> int:
        """Where its words stand."""
        return self.x + (WIDE - GAP) // 2

    @property
    def expected(self) -> str:
        """How many are expected, with one decimal as it is an average."""
        return f"{self.block.expected:.1f}"


@dataclass(frozen=True, slots=True)
class Plot:
    """The bars, and how wide and high the drawing is."""

    bars: Sequence[Bar]
    width: int
    height: int = HIGH
    bar: int = WIDE - GAP
    under: int = HIGH + 20  # where the words below the bars stand


def words_of(hour: NextHour, crew: Crew, at: datetime, zone: tzinfo) -> Words:
    """Return what is said of the next hour. Without weeks enough there is no figure."""
    if not hour.has_figures or hour.forecast is None:
        return Words()
    shown = hour.shown
    need, planned = shown["need"], crew.planned
    short = need - planned
    begin, end = clock_time(hour.forecast.at, zone), clock_time(hour.forecast.ends_at, zone)
    return Words(
        likely=_("Likely to be missed: {count}").format(count=_to(*shown["likely"]["likely"])),
        range=_("80 % range {range}").format(range=_span(shown["likely"])),
        new=_("New work expected: {count} ({range})").format(
            count=round(shown["new"]["mean"]), range=_span(shown["new"])
        ),
        widened=_widened(hour) if hour.forecast.is_widened else "",
        need=_("Need {begin}{dash}{end}: {count}").format(
            begin=begin, dash=DASH, end=end, count=need
        ),
        planned=_("Planned: {count}").format(count=planned),
        short=_("{count} short").format(count=short) if short > 0 else "",
    )


def _widened(hour: NextHour) -> str:
    inputs = hour.shown["inputs"]
    expected = f"{inputs['came_low']}{DASH}{inputs['came_high']}"
    words = _("More came in than expected ({count}, expected {range}). Forecast widened.")
    return words.format(count=inputs["came"], range=expected)


def _to(low: int, high: int) -> str:
    """Return “1 to 2”, or “1”."""
    return str(low) if low == high else _("{low} to {high}").format(low=low, high=high)


def _span(found: dict[str, Any]) -> str:
    """Return a range as “0 to 3” in short, or “0”."""
    low, high = found["low"], found["high"]
    return str(low) if low == high else f"{low}{DASH}{high}"


def fixes_of(
    hour: NextHour, suggested: Sequence[Suggestion], at: datetime, zone: tzinfo
) -> list[Fix]:
    """Return what would help, and what those said who were asked for it. One query."""
    found = hour.shown.get("fixes", [])
    numbers = [fix["of"] for fix in found if fix["what"] != What.HELP]
    agents = {agent.pk: agent for agent in Agent.objects.filter(pk__in=numbers)}
    fixes = [_fix(fix, agents.get(fix["of"]), suggested, (at, zone)) for fix in found]
    return [fix for fix in fixes if fix is not None]


def _fix(
    found: dict[str, Any],
    agent: Agent | None,
    suggested: Sequence[Suggestion],
    clock: tuple[datetime, tzinfo],
) -> Fix | None:
    what = found["what"]
    if what == What.HELP:
        words = _("If somebody takes #{number}, likely misses fall to {range}.")
        said = words.format(number=found["of"], range=_span(found))
        return Fix(said, what, None, found["of"], "", "")
    if agent is None:
        return None
    until = clock_time(until_of(clock[0]), clock[1])
    words = {
        What.EMAIL: _("If {name} goes to email until {time}, likely misses fall to {range}."),
        What.BACK: _("If {name} is back until {time}, likely misses fall to {range}."),
    }[What(what)]
    name = first_name(agent.name)
    return Fix(
        words=words.format(name=name, time=until, range=_span(found)),
        what=what,
        agent=agent,
        ticket=None,
        button=_("Ask {name}").format(name=name),
        said=_said(agent, what, suggested),
    )


def _said(agent: Agent, what: str, suggested: Sequence[Suggestion]) -> str:
    """Return what became of asking somebody."""
    last = next((one for one in suggested if one.agent == agent and one.what == what), None)
    if last is None:
        return ""
    words = {
        "": _("{name} was asked."),
        Suggestion.Answer.YES: _("{name} said yes."),
        Suggestion.Answer.NO: _("{name} said: not now."),
    }[last.answer]
    return words.format(name=first_name(agent.name))


def plot_of(blocks: Sequence[Block], zone: tzinfo) -> Plot:
    """Return the bars: their places are numbers, as no style is written into a page."""
    most = max((block.together for block in blocks), default=0) or 1
    bars = [_bar(place, block, most, zone) for place, block in enumerate(blocks)]
    return Plot(bars, len(bars) * WIDE - GAP)


def _bar(place: int, block: Block, most: float, zone: tzinfo) -> Bar:
    known = round(HIGH * block.known / most)
    expected = round(HIGH * block.together / most) - known
    critical = round(HIGH * block.critical / most)
    return Bar(
        begins=clock_time(block.begins_at, zone),
        block=block,
        x=place * WIDE,
        known_y=HIGH - known,
        known_height=known,
        critical_y=HIGH - known,
        critical_height=critical,
        expected_y=HIGH - known - expected,
        expected_height=expected,
    )


def coverage_words(percent: int | None) -> str:
    """Return how good forecasts were: “real misses were inside this range 83 % of the time”."""
    if percent is None:
        return _("No forecast has been measured yet: each is, once its hour is over.")
    words = _("Last 30 days: real misses were inside this range {percent} % of the time.")
    return words.format(percent=percent)


def weeks_words(count: int) -> str:
    """Return from how many weeks was forecast."""
    return ngettext("{count} week", "{count} weeks", count).format(count=count)
