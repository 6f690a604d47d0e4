"""Takes back that a ticket was made somebody else's."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Agent, Contact
from answerable.tickets.actions.asking import hand_over
from answerable.tickets.actions.belonging import belong
from answerable.tickets.events import Verb
from answerable.tickets.models import Ticket
from answerable.tickets.undo_ways import GONE, CannotTakeBack, Facts

COPIED = ("address", "contact", "is_kept", "sees")


class PersonOf:
    """Whose a ticket is, and who takes part in it beside them."""

    verbs = frozenset({Verb.CUSTOMER_CHANGED, Verb.HANDED_OVER, Verb.COPIED, Verb.UNCOPIED})

    def facts(self, ticket: Ticket) -> Facts:
        """Return the person, the customer, the severity, and who is in copy and sees it."""
        copied = ticket.participants.order_by("pk").values_list(*COPIED)
        return {
            "contact": ticket.requester_id,
            "customer": ticket.customer_id,
            "severity": ticket.severity,
            "copied": [list(one) for one in copied],
        }

    def put_back(self, ticket: Ticket, facts: Facts, *, agent: Agent, at: datetime) -> None:
        """Make it theirs again, with who was in copy."""
        to = Contact.objects.filter(pk=facts["contact"]).select_related("customer").first()
        if facts["contact"] and to is None:
            raise CannotTakeBack(GONE)
        if to and to.customer_id == ticket.customer_id:
            hand_over(ticket, to=to, agent=agent, at=at)
        else:
            severity = facts["severity"]
            belong(ticket, to, severity=severity, reason="", agent=agent, at=at)
        for address, contact, is_kept, sees in facts["copied"]:
            ticket.participants.filter(address=address).update(
                contact=contact, is_kept=is_kept, sees=sees
            )
