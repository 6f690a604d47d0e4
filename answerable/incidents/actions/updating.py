"""Says how an incident goes on, changes its state, and ends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from answerable.accounts.models import Agent
from answerable.incidents.actions.held import NothingSaid, hold, tell_pages, texts
from answerable.incidents.actions.wire import TELL, wake
from answerable.incidents.models import Incident, IncidentUpdate
from answerable.tickets.events import Lines, Verb, record_many

State = Incident.State


@dataclass(frozen=True, slots=True)
class Update:
    """What is said, by language; an internal one has its words under one language.

    With a state the incident stands so from then on.
    """

    said: Mapping[str, str] = field(default_factory=dict)
    is_public: bool = False
    state: str = ""


@transaction.atomic
def write_update(
    incident: Incident, update: Update, *, agent: Agent, at: datetime
) -> IncidentUpdate:
    """Write the next update of an incident, and change its state where it names one.

    What is public reaches followers only if the incident is public, too. Raises NothingSaid
    when there are neither words nor another state, and TooLong.
    """
    incident = hold(incident)
    said = texts(update.said)
    state = update.state or incident.state
    if not said and state == incident.state:
        raise NothingSaid
    if state == State.FIXED != incident.state:
        _tell_tickets(incident, agent, at)
    _stand(incident, state, at)
    last = incident.updates.aggregate(last=Max("number"))["last"] or 0
    written = incident.updates.create(
        number=last + 1,
        is_public=update.is_public and incident.is_public,
        state=state,
        said=said,
        agent=agent,
        at=at,
    )
    if written.is_public:
        wake(TELL, incident.pk)
    tell_pages(incident, shown=True)
    return written


def change_state(
    incident: Incident, state: str, *, agent: Agent, at: datetime
) -> IncidentUpdate:
    """Change an incident's state without a word; customers read the state where it is shown."""
    return write_update(incident, Update(is_public=True, state=state), agent=agent, at=at)


def end_incident(
    incident: Incident, said: Mapping[str, str], *, agent: Agent, at: datetime
) -> IncidentUpdate:
    """End an incident: it is fixed. Raises NothingSaid if it was already, without new words."""
    update = Update(said, is_public=True, state=State.FIXED)
    return write_update(incident, update, agent=agent, at=at)


def _tell_tickets(incident: Incident, agent: Agent, at: datetime) -> None:
    """Write in the log of each ticket about a held incident that it is fixed."""
    links = incident.links.filter(unlinked_at=None).order_by("ticket")
    numbers = list(links.values_list("ticket", flat=True))
    data = {"incident": incident.pk, "title": incident.title}
    record_many(
        Lines(
            verb=Verb.INCIDENT_FIXED,
            agent=agent.pk,
            at=at,
            tickets=numbers,
            data=[data] * len(numbers),
        )
    )


def _stand(incident: Incident, state: str, at: datetime) -> None:
    """Let a held incident stand so; one that is not fixed any more goes on."""
    if state == incident.state:
        return
    incident.state = state
    incident.ended_at = at if state == State.FIXED else None
    incident.save(update_fields=["state", "ended_at"])
