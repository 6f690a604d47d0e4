"""Opens incidents, and changes what is said and known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.incidents.access import SHOWN
from answerable.incidents.actions.held import (
    LONGEST_TITLE,
    NothingSaid,
    hold,
    tell_pages,
    titles,
)
from answerable.incidents.models import Incident, IncidentUpdate
from answerable.live.events import Changed, publish
from answerable.tickets.actions import TooLong
from answerable.tickets.text import clean, first_line


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of an incident. `begun_at`: since when; None: since it is opened."""

    title: str
    said: Mapping[str, str] = field(default_factory=dict)
    is_public: bool = False
    product: str = ""
    environment: str = ""
    owner: Agent | None = None
    begun_at: datetime | None = None


@transaction.atomic
def open_incident(about: About, *, agent: Agent, at: datetime) -> Incident:
    """Open an incident; its first update says that it is investigated.

    Raises NothingSaid without a title, or when customers would read nothing, and TooLong.
    """
    incident = Incident(opened_by=agent, opened_at=at, begun_at=about.begun_at or at)
    _write(incident, about)
    incident.owner = about.owner or agent
    incident.save()
    IncidentUpdate.objects.create(
        incident=incident,
        number=1,
        is_public=incident.is_public,
        state=incident.state,
        agent=agent,
        at=at,
    )
    tell_pages(incident, shown=True)
    return incident


@transaction.atomic
def change_incident(incident: Incident, about: About, *, at: datetime) -> Incident:
    """Change what is known of an incident. Raises as `open_incident` does.

    Without `begun_at` it has begun when it had before.
    """
    incident = hold(incident)
    was_public = incident.is_public
    _write(incident, about)
    incident.owner = about.owner
    incident.begun_at = min(about.begun_at or incident.begun_at, at)
    incident.save()
    tell_pages(incident, shown=True)
    if was_public:
        publish(Changed(SHOWN))
    return incident


def _write(incident: Incident, about: About) -> None:
    title, said = first_line(clean(about.title)), titles(about.said)
    if not title or (about.is_public and not said):
        raise NothingSaid
    if len(title) > LONGEST_TITLE:
        raise TooLong(str(LONGEST_TITLE))
    incident.title, incident.said = title, said
    incident.is_public = about.is_public
    incident.product, incident.environment = about.product, about.environment
