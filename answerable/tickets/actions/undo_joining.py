"""Takes back that a ticket was linked, or that a message became a ticket of its own."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Agent
from answerable.tickets.actions.held import OtherCustomer
from answerable.tickets.actions.linking import link, unlink
from answerable.tickets.actions.merging import CannotMerge, merge
from answerable.tickets.events import Verb
from answerable.tickets.linked import links_of
from answerable.tickets.models import Ticket
from answerable.tickets.undo_ways import GONE, CannotTakeBack, Facts


class LinksOf:
    """Which tickets a ticket is linked with."""

    verbs = frozenset({Verb.LINKED, Verb.UNLINKED})

    def facts(self, ticket: Ticket) -> Facts:
        """Return their numbers."""
        return {"links": [other.pk for other in links_of(ticket)]}

    def put_back(self, ticket: Ticket, facts: Facts, *, agent: Agent, at: datetime) -> None:
        """Link it with these again, and with no others."""
        now = {other.pk for other in links_of(ticket)}
        was = set(facts["links"])
        for other in Ticket.objects.filter(pk__in=now ^ was).order_by("pk"):
            (link if other.pk in was else unlink)(ticket, other, agent=agent, at=at)


class SplitOf:
    """What was split off a ticket, and goes on by itself."""

    verbs = frozenset({Verb.SPLIT, Verb.MERGED})

    def facts(self, ticket: Ticket) -> Facts:
        """Return the numbers of the tickets that follow it."""
        own = ticket.followers.filter(merged_into=None).order_by("pk")
        return {"followers": list(own.values_list("pk", flat=True))}

    def put_back(self, ticket: Ticket, facts: Facts, *, agent: Agent, at: datetime) -> None:
        """Let what was split off go on here again: it is merged."""
        new = ticket.followers.filter(merged_into=None).exclude(pk__in=facts["followers"])
        for follower in new.order_by("pk"):
            try:
                merge(ticket, follower, agent=agent, at=at)
            except (CannotMerge, OtherCustomer) as refused:
                raise CannotTakeBack(GONE) from refused
