"""Takes back how a ticket was filed: its labels, fields, priority and status."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Agent
from answerable.tickets.actions.fields import set_fields
from answerable.tickets.actions.standing import OtherState, set_priority, set_status
from answerable.tickets.actions.tagging import TooManyTags, set_tags
from answerable.tickets.core.fields import Unfit, typed
from answerable.tickets.events import Verb
from answerable.tickets.filled import values_of
from answerable.tickets.models import Field, Status, Ticket
from answerable.tickets.tagged import tags_known, tags_of
from answerable.tickets.undo_ways import GONE, CannotTakeBack, Facts


class TagsOf:
    """Which labels a ticket has."""

    verbs = frozenset({Verb.TAGGED, Verb.UNTAGGED})

    def facts(self, ticket: Ticket) -> Facts:
        """Return their slugs."""
        return {"tags": sorted(tag.slug for tag in tags_of(ticket))}

    def put_back(self, ticket: Ticket, facts: Facts, *, agent: Agent, at: datetime) -> None:
        """File it by these again."""
        try:
            set_tags(ticket, tags_known(facts["tags"]), agent=agent, at=at)
        except TooManyTags as many:
            raise CannotTakeBack(GONE) from many


class FieldsOf:
    """What stands in the fields of a ticket."""

    verbs = frozenset({Verb.FIELDS_SET})

    def facts(self, ticket: Ticket) -> Facts:
        """Return it as it is typed, by field."""
        return {str(field): typed(value) for field, value in values_of(ticket).items()}

    def put_back(self, ticket: Ticket, facts: Facts, *, agent: Agent, at: datetime) -> None:
        """Fill them in as they were."""
        filled = [str(field) for field in values_of(ticket)]
        fields = Field.objects.filter(pk__in={*facts, *filled})
        try:
            set_fields(
                ticket, {f: facts.get(str(f.pk), "") for f in fields}, agent=agent, at=at
            )
        except Unfit as unfit:
            raise CannotTakeBack(GONE) from unfit


class PriorityOf:
    """What comes first."""

    verbs = frozenset({Verb.PRIORITY_SET})

    def facts(self, ticket: Ticket) -> Facts:
        """Return its priority."""
        return {"priority": ticket.priority}

    def put_back(self, ticket: Ticket, facts: Facts, *, agent: Agent, at: datetime) -> None:
        """Set it as it was."""
        set_priority(ticket, facts["priority"], agent=agent, at=at)


class StatusOf:
    """The vendor's own word for a ticket's state."""

    verbs = frozenset({Verb.STATUS_SET})

    def facts(self, ticket: Ticket) -> Facts:
        """Return its status, and the state that it is a word for."""
        return {"state": ticket.state, "status": ticket.status_id}

    def put_back(self, ticket: Ticket, facts: Facts, *, agent: Agent, at: datetime) -> None:
        """Name it as before."""
        try:
            status = Status.objects.filter(pk=facts["status"]).first()
            set_status(ticket, status, agent=agent, at=at)
        except OtherState as changed:
            raise CannotTakeBack(GONE) from changed
