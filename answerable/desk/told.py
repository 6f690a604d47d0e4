"""A line of the timeline, and what its words are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from answerable.desk.words import seconds
from answerable.lib import times
from answerable.sla.models import Clock
from answerable.sla.words import severity_in
from answerable.tickets.events import rule_behind
from answerable.tickets.models import TicketEvent


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the timeline: its shape, its words, and whether it is good or bad news.

    `leads` is the address of what it speaks of.
    """

    icon: str
    text: str
    tone: str = ""
    leads: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the words need beside the event itself."""

    zone: tzinfo
    clocks: Mapping[int, Clock] = field(default_factory=dict)
    names: Mapping[int, list[str]] = field(default_factory=dict)
    reason: str = ""

    def severity(self, key: str) -> str:
        """Return what the ticket's plan calls a severity."""
        clock = next(iter(self.clocks.values()), None)
        return severity_in(clock.plan_version.terms if clock else None, key)


def by(event: TicketEvent) -> str:
    """Return who did it: also of what a rule did in its owner's name, the rule."""
    if rule := rule_behind(event):
        return _("rule “{name}”").format(name=rule)
    if event.agent:
        return event.agent.name
    return event.contact.name if event.contact else _("the system")


def due_of(event: TicketEvent) -> datetime:
    """Return the due time that an event speaks of."""
    return datetime.fromisoformat(event.data["due_at"])


def due_seconds(instant: datetime, event: TicketEvent, told: Told) -> str:
    """Return an instant to the second, with its day where that is not the event's."""
    same_day = instant.astimezone(told.zone).date() == event.at.astimezone(told.zone).date()
    if same_day:
        return seconds(instant, told.zone)
    return times.moment(instant, event.at, told.zone)
