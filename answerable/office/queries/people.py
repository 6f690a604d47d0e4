"""The agents as administrators see them: what each can do, when, and how they stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from answerable.accounts.models import Agent, Contact
from answerable.entitlements.models import Subscription
from answerable.lib import times
from answerable.routing.hours_words import hours_words
from answerable.routing.models import Ability, Absence, Skill
from answerable.routing.queries_of_presence import AgentStanding, standings

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Person:
    """An agent, what they can do, in words, and the absence that is on or comes next."""

    agent: Agent
    ability: Ability
    standing: AgentStanding
    skills: str
    languages: str
    hours: list[str]
    absence: Absence | None
    is_away: bool
    at: datetime

    @property
    def absent(self) -> str:
        """The absence in words."""
        return absence_words(self.absence, self.agent.zone, self.at) if self.absence else ""


def people(at: datetime) -> list[Person]:
    """Return everybody who works at the desk, by name."""
    numbers = Agent.objects.active().values_list("pk", flat=True)
    skills = _skills_of_abilities()
    soonest: dict[int, Absence] = {}
    for absence in Absence.objects.filter(ends_at__gt=at).order_by("begins_at"):
        soonest.setdefault(absence.agent_id, absence)
    return [
        _person(one, skills.get(one.agent.pk, []), soonest.get(one.agent.pk), at)
        for one in standings(list(numbers), at)
    ]


def ability_of(agent: Agent) -> Ability:
    """Return what an agent can do; without a row, the defaults, not stored."""
    return Ability.objects.filter(agent=agent).first() or Ability(agent=agent)


def absences_of(agent: Agent, at: datetime) -> list[tuple[Absence, str]]:
    """Return the absences of an agent that have not ended, each in words."""
    rows = Absence.objects.filter(agent=agent, ends_at__gt=at).order_by("begins_at")
    return [(absence, absence_words(absence, agent.zone, at)) for absence in rows]


def skills() -> list[tuple[Skill, int]]:
    """Return all skills by name, each with how many agents have it."""
    having = Counter(Ability.skills.through.objects.values_list("skill_id", flat=True))
    return [(skill, having[skill.pk]) for skill in Skill.objects.order_by("name")]


def known_products() -> list[str]:
    """Return the products that customers run, or that a skill names."""
    bought = Subscription.objects.values_list("product", flat=True).distinct()
    named = Skill.objects.values_list("products", flat=True)
    return sorted({*bought, *(product for products in named for product in products)})


def known_languages() -> list[str]:
    """Return the languages that somebody here speaks: ours, customers' and agents'."""
    ours = [code for code, _name in settings.LANGUAGES]
    contacts = Contact.objects.values_list("language", flat=True).distinct()
    spoken = Ability.objects.values_list("languages", flat=True)
    others = {*contacts, *(code for codes in spoken for code in codes)} - set(ours)
    return [*ours, *sorted(code for code in others if code)]


def language_name(code: str) -> str:
    """Return what a language is called in the reader's own; its code, where it has no name."""
    try:
        return translation.gettext(translation.get_language_info(code)["name"])
    except KeyError:
        return code


def absence_words(absence: Absence, zone_name: str, at: datetime) -> str:
    """Return when somebody is not there: whole days as days, in their own zone."""
    zone = ZoneInfo(zone_name)
    begins, ends = absence.begins_at.astimezone(zone), absence.ends_at.astimezone(zone)
    year = at.astimezone(zone).year
    if begins.time() == ends.time() == datetime.min.time():
        return _span(_day(begins, year), _day(ends - A_DAY, year))
    if begins.date() == ends.date():
        return _span(f"{_day(begins, year)} {begins:%H:%M}", f"{ends:%H:%M}")
    return _span(f"{_day(begins, year)} {begins:%H:%M}", f"{_day(ends, year)} {ends:%H:%M}")


def _person(
    standing: AgentStanding, skilled: list[str], absence: Absence | None, at: datetime
) -> Person:
    agent = standing.agent
    ability = agent.ability if hasattr(agent, "ability") else Ability(agent=agent)
    return Person(
        agent=agent,
        ability=ability,
        standing=standing,
        skills=", ".join(skilled),
        languages=", ".join(language_name(code) for code in ability.languages),
        hours=hours_words(ability.hours),
        absence=absence,
        is_away=absence is not None and absence.begins_at <= at,
        at=at,
    )


def _skills_of_abilities() -> dict[int, list[str]]:
    through = Ability.skills.through.objects.order_by("skill__name")
    found: dict[int, list[str]] = {}
    for agent, name in through.values_list("ability_id", "skill__name"):
        found.setdefault(agent, []).append(name)
    return found


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} \N{EN DASH} {last}"


def _day(moment: datetime, year: int) -> str:
    """Return “Thu 17 Dec”, with its year where that is not this one."""
    words = times.names()
    weekday, month = (
        words["weekdays"][moment.weekday()],
        words["months_short"][moment.month - 1],
    )
    day = f"{weekday} {moment.day} {month}"
    return day if moment.year == year else f"{day} {moment.year}"
