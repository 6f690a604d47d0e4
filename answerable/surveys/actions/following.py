"""Follows the log of all tickets: whoever's ticket was resolved may be asked how it went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from answerable.entitlements.core.survey import survey_as_json
from answerable.sla.judging import pinned_by
from answerable.surveys.core.asking import due_at
from answerable.surveys.models import Survey
from answerable.tickets.actions import following
from answerable.tickets.actions.following import Follower, follow
from answerable.tickets.events import Verb
from answerable.tickets.following import Line
from answerable.tickets.models import TicketEvent

NAME = "surveys"
# Whether no other process writes surveys, until this transaction ends.
is_alone = partial(following.is_alone, NAME)


def follow_log(*, at: datetime) -> bool:
    """Plan what is asked about the tickets that the next lines of the log resolve; return
    whether there are more lines."""
    return follow(FOLLOWER, at=at)


def _take(lines: Sequence[Line], _at: datetime) -> None:
    resolving = TicketEvent.objects.filter(
        pk__in=[line.number for line in lines], ticket__requester__isnull=False
    )
    events = resolving.select_related("ticket__requester").order_by("pk")
    surveys = [_planned(event) for event in events]
    Survey.objects.bulk_create([one for one in surveys if one], ignore_conflicts=True)


def _planned(event: TicketEvent) -> Survey | None:
    """Return the question after a line of the log, where the plan of its ticket has one."""
    pinned, requester = pinned_by(event.ticket_id), event.ticket.requester
    rules = pinned.terms.survey if pinned and pinned.terms else None
    if pinned is None or pinned.version is None or requester is None:
        return None
    if rules is None or not rules.ask:
        return None
    return Survey(
        ticket=event.ticket,
        contact=requester,
        resolved=event,
        resolved_at=event.at,
        plan_id=pinned.version.plan_id,
        rules=survey_as_json(rules),
        wake_at=due_at(rules, event.at),
    )


FOLLOWER = Follower(name=NAME, take=_take, at_once=500, hears=lambda: {Verb.RESOLVED})
