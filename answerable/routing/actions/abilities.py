"""Writes what agents can do and when: room, skills, languages, hours, absences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from answerable.accounts.models import Agent
from answerable.live.events import Changed, publish
from answerable.routing.models import Ability, Absence, Skill

LONGEST_KEY = 40


class NameTaken(Exception):
    """Another skill has this name."""


class EndsFirst(Exception):
    """An absence ends after it begins."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What an agent can do, as an administrator enters it.

    `hours` are seven texts of core/written_hours.py, Monday first, in the agent's zone; none
    means whenever they are available. `own_phone` is written as E.164 does, or "".
    """

    chats: int
    calls: int
    critical: int
    skills: Sequence[Skill] = ()
    languages: Sequence[str] = ()
    hours: Sequence[str] = ()
    call_way: str = "browser"
    own_phone: str = ""


@transaction.atomic
def save_ability(agent: Agent, facts: Facts) -> Ability:
    """Keep what an agent can do, and return it. Their open pages are told."""
    ability, _made = Ability.objects.update_or_create(
        agent=agent,
        defaults={
            "chats": facts.chats,
            "calls": facts.calls,
            "critical": facts.critical,
            "languages": list(facts.languages),
            "hours": list(facts.hours),
            "call_way": facts.call_way,
            "own_phone": facts.own_phone,
        },
    )
    ability.skills.set(facts.skills)
    publish(Changed(f"notices-{agent.pk}"))
    return ability


def save_skill(skill: Skill) -> Skill:
    """Keep a skill. A new one gets its key from its name, for good. Raises NameTaken."""
    skill.key = skill.key or slugify(skill.name, allow_unicode=True)[:LONGEST_KEY]
    others = Skill.objects.exclude(pk=skill.pk)
    if not skill.key or others.filter(name__iexact=skill.name).exists():
        raise NameTaken
    try:
        with transaction.atomic():
            skill.save()
    except IntegrityError as taken:
        raise NameTaken from taken
    return skill


def remove_skill(skill: Skill) -> None:
    """Remove a skill: nobody has it any more, and no ticket needs it."""
    skill.delete()


@transaction.atomic
def add_absence(
    agent: Agent, *, begins_at: datetime, ends_at: datetime, note: str = ""
) -> Absence:
    """Keep that an agent is not there, from one instant to another. Raises EndsFirst."""
    if ends_at <= begins_at:
        raise EndsFirst
    absence = Absence.objects.create(
        agent=agent, begins_at=begins_at, ends_at=ends_at, note=note
    )
    publish(Changed(f"notices-{agent.pk}"))
    return absence


@transaction.atomic
def remove_absence(absence: Absence) -> None:
    """Forget an absence: the agent is there after all."""
    agent = absence.agent_id
    absence.delete()
    publish(Changed(f"notices-{agent}"))
