"""Takes back what a rule did in one run, as far as nobody changed it since."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.rules.models import Run
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent
from answerable.tickets.undo_ways import CannotTakeBack, undo_ways

VERBS = {
    "assignee": "assigned",
    "tags": "tagged",
    "fields": "fields_set",
    "priority": "priority_set",
    "state": "held",
}


class NothingToUndo(Exception):
    """There is nothing in this run that can be taken back, or it was taken back before."""


@transaction.atomic
def take_back_run(run: Run, *, agent: Agent, at: datetime) -> tuple[int, int]:
    """Put back what a run changed, the last first; return how much was put back, and how much
    stays because somebody changed it since. Raises NothingToUndo."""
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.undone_at or not run.steps:
        raise NothingToUndo
    done = sum(_put_back(run, step, agent, at) for step in reversed(run.steps))
    run.undone_at, run.undone_by = at, agent
    run.save(update_fields=["undone_at", "undone_by"])
    return done, len(run.steps) - done


def _put_back(run: Run, step: dict[str, object], agent: Agent, at: datetime) -> int:
    name = str(step["way"])
    way = undo_ways()[name]
    ticket = hold(run.ticket)
    before = step["before"]
    if way.facts(ticket) != step["after"] or not isinstance(before, dict):
        return 0
    try:
        with transaction.atomic():
            data = {"undid": VERBS.get(name, ""), "way": name}
            record(TicketEvent(ticket=ticket, verb=Verb.UNDONE, agent=agent, at=at, data=data))
            way.put_back(ticket, before, agent=agent, at=at)
    except CannotTakeBack:
        return 0
    return 1
