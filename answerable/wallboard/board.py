"""The board as a page shows it: every tile, at one instant, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import get_current_timezone

from answerable.accounts.models import Agent
from answerable.forecast.access import Watcher
from answerable.forecast.crew import crew_at
from answerable.forecast.queries import suggested_since
from answerable.sla.core.counting import Tally
from answerable.wallboard.coming_words import Fix, Words, fixes_of, plot_of, words_of
from answerable.wallboard.queries.coming import HOUR, NextHour, next_hour
from answerable.wallboard.queries.health import Sign, signs
from answerable.wallboard.queries.hours import Closed, closed_at
from answerable.wallboard.queries.people import People, Waiting, by_number, people, waiting
from answerable.wallboard.queries.promises import AtRisk, at_risk, first_name, today


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What all tiles show."""

    at: datetime
    zone: tzinfo
    risk: AtRisk
    today: Tally
    hour: NextHour
    words: Words
    fixes: list[Fix]
    people: People
    waiting: Waiting
    signs: list[Sign]
    closed: Closed | None
    lead: str

    @property
    def decided(self) -> int:
        """How many promises of today are kept or missed by now."""
        return self.today.met + self.today.missed + self.today.excused

    @property
    def insists(self) -> str:
        """The one tile that may be filled, where one must: what nobody has claimed stands above
        what is late, and that above what is at risk."""
        if self.risk.unclaimed:
            return "unclaimed"
        if self.risk.counts.late:
            return "late"
        return "risk" if self.risk.counts.at_risk else ""

    @property
    def plot(self) -> Any:
        """The bars of the hour."""
        return plot_of(self.hour.blocks, self.zone)


def vendors_zone() -> ZoneInfo:
    """Return the zone of the vendor, which a screen on its wall has."""
    return ZoneInfo(settings.ANSWERABLE_ZONE)


def board_for(watcher: Watcher, at: datetime) -> Board:
    """Return the board as somebody sees it. Some fifty queries, however long the queue is."""
    zone = get_current_timezone() if watcher.lead else vendors_zone()
    crew = crew_at(at, at + HOUR)
    hour = next_hour(at)
    return Board(
        at=at,
        zone=zone,
        risk=at_risk(by_number(crew), at, zone, names=watcher.sees_names),
        today=today(at, vendors_zone()),
        hour=hour,
        words=words_of(hour, crew, at, zone),
        fixes=fixes_of(hour, suggested_since(at), at, zone),
        people=people(crew, at),
        waiting=waiting(at),
        signs=signs(at),
        closed=closed_at(at),
        lead=_lead_on_duty(),
    )


def _lead_on_duty() -> str:
    leads = Agent.objects.on_duty().filter(role=Agent.Role.LEAD).order_by("name")
    return first_name(leads.values_list("name", flat=True).first() or "")
