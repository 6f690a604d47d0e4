"""Takes back a change of severity of which nobody was told, as the plan allows, and the promise
of an update."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Agent
from answerable.sla.actions.reclassifying import NotAllowed, reclassify
from answerable.sla.actions.updating import CannotPromise, call_off_update, promise_update
from answerable.sla.proposing import promised_on
from answerable.tickets.actions import ReasonMissing
from answerable.tickets.events import Verb
from answerable.tickets.models import SeverityChange, Ticket
from answerable.tickets.undo_ways import GONE, PLAN, TOLD, CannotTakeBack, Facts


class Severity:
    """How serious a ticket is: a way of settings.UNDO_WAYS."""

    verbs = frozenset({Verb.SEVERITY_SET, Verb.SEVERITY_CHANGED, Verb.FACTS_CORRECTED})

    def facts(self, ticket: Ticket) -> Facts:
        """Return its severity."""
        return {"severity": ticket.severity}

    def put_back(self, ticket: Ticket, facts: Facts, *, agent: Agent, at: datetime) -> None:
        """Set the severity that was; what its clocks were stamped with meanwhile stays."""
        last = SeverityChange.objects.filter(ticket=ticket).order_by("-pk").first()
        if last and last.reason:
            raise CannotTakeBack(TOLD)
        try:
            reclassify(ticket, facts["severity"], by=agent, reason="", at=at)
        except (NotAllowed, ReasonMissing) as refused:
            raise CannotTakeBack(PLAN) from refused


class PromisedUpdate:
    """By when the next update is promised: a way of settings.UNDO_WAYS."""

    verbs = frozenset({Verb.UPDATE_PROMISED, Verb.UPDATE_CALLED_OFF})

    def facts(self, ticket: Ticket) -> Facts:
        """Return the instant by which an agent promised an update, if one did."""
        clock = promised_on(ticket)
        return {"due_at": clock.due_at.isoformat() if clock else ""}

    def put_back(self, ticket: Ticket, facts: Facts, *, agent: Agent, at: datetime) -> None:
        """Promise what was promised before, or nothing."""
        if not facts["due_at"]:
            call_off_update(ticket, agent=agent, at=at)
            return
        try:
            due_at = datetime.fromisoformat(facts["due_at"])
            promise_update(ticket, due_at, agent=agent, at=at)
        except CannotPromise as refused:
            raise CannotTakeBack(GONE) from refused
