"""Macros as an agent finds them on a ticket, filled in, and as their pages list them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from answerable.accounts.models import Agent
from answerable.desk.macro_words import acts_in_words, language_name
from answerable.desk.words import first_name
from answerable.lib import times
from answerable.macros.core.staged import acts_of
from answerable.macros.models import Macro
from answerable.macros.queries import (
    Found,
    delay_for,
    macros_for,
    spoken_languages,
    usable_by,
)
from answerable.routing.models import Ability, Skill
from answerable.sla.grace import next_due
from answerable.tickets.models import Ticket

LONGEST_PREVIEW = 160


@dataclass(frozen=True, slots=True)
class Row:
    """A macro in the list of all: for whom it is, what it says, what it does."""

    macro: Macro
    reach: str
    preview: str
    languages: str
    acts: list[str]
    may_change: bool


def offered_on(ticket: Ticket, agent: Agent, at: datetime) -> list[dict[str, object]]:
    """Return the macros for a ticket, best first, as data for the page."""
    found = macros_for(ticket, agent, teams_of(agent), known_of(ticket, agent, at))
    return [
        {
            "id": one.number,
            "name": one.name,
            "body": one.body,
            "acts": [
                {**act.as_data(), "words": words}
                for act, words in zip(one.acts, acts_in_words(one.acts), strict=True)
            ],
        }
        for one in found
    ]


def delay_on(ticket: Ticket, agent: Agent, at: datetime) -> Found:
    """Return what tells the customer of a ticket that their reply takes longer."""
    return delay_for(ticket, agent, teams_of(agent), known_of(ticket, agent, at))


def known_of(ticket: Ticket, agent: Agent, at: datetime) -> dict[str, str]:
    """Return what is known of a ticket, by the names of gaps (macros/core/gaps.py). One that is
    not there yet has no number."""
    contact = ticket.requester
    zone = ZoneInfo(contact.zone if contact else settings.ANSWERABLE_ZONE)
    due = next_due(ticket) if ticket.pk else None
    return {
        "agent": first_name(agent.name),
        "person": first_name(contact.name if contact else ticket.sender_name),
        "customer": ticket.customer.name if ticket.customer else "",
        "product": ticket.product,
        "ticket.number": str(ticket.pk or ""),
        "ticket.subject": ticket.subject,
        "ticket.due": times.customer_moment(due, at, zone) if due else "",
    }


def teams_of(agent: Agent) -> list[str]:
    """Return the teams that an agent is in: the keys of their skills."""
    skills = Skill.objects.filter(
        pk__in=Ability.skills.through.objects.filter(ability=agent.pk).values("skill")
    )
    return list(skills.values_list("key", flat=True))


def changeable_by(agent: Agent) -> QuerySet[Macro]:
    """Return the macros that an agent may change: their own; leads everybody's, too."""
    own = Q(owner=agent)
    return Macro.objects.offered().filter(
        own if agent.role == Agent.Role.AGENT else own | Q(owner=None)
    )


def macro_rows(agent: Agent) -> list[Row]:
    """Return every macro that an agent may use or change, by name."""
    mine = changeable_by(agent)
    may = set(mine.values_list("pk", flat=True))
    seen = Macro.objects.filter(
        Q(pk__in=mine.values("pk")) | Q(pk__in=usable_by(agent, teams_of(agent)).values("pk"))
    )
    names = dict(Skill.objects.values_list("key", "name"))
    shown = seen.select_related("owner").prefetch_related("texts").order_by("name", "pk")
    return [_row(macro, names, macro.pk in may) for macro in shown]


def _row(macro: Macro, teams: dict[str, str], may_change: bool) -> Row:  # A fact.
    texts = list(macro.texts.all())
    first = texts[0].body if texts else ""
    return Row(
        macro=macro,
        reach=teams.get(macro.team, macro.team),
        preview=" ".join(first.split())[:LONGEST_PREVIEW],
        languages=", ".join(language_name(text.language) for text in texts),
        acts=acts_in_words(acts_of(macro.acts)),
        may_change=may_change,
    )


def text_languages(macro: Macro) -> list[str]:
    """Return the languages that a macro may say something in: ours, customers', its own."""
    ours = [code for code, _name in settings.LANGUAGES]
    has = [text.language for text in macro.texts.all()] if macro.pk else []
    return list(dict.fromkeys([*ours, *spoken_languages(), *has]))
