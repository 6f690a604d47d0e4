"""Takes back a change of severity of which nobody was told, as the plan allows."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Agent
from answerable.sla.actions.reclassifying import NotAllowed, reclassify
from answerable.tickets.actions import ReasonMissing
from answerable.tickets.events import Verb
from answerable.tickets.models import SeverityChange, Ticket
from answerable.tickets.undo_ways import PLAN, TOLD, CannotTakeBack, Facts


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
