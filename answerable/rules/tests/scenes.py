"""Rules as tests make them: by the real actions, and started."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Agent
from answerable.rules import actions
from answerable.rules.core.reading import Act, Condition, When
from answerable.rules.core.reading import Rule as Says
from answerable.rules.models import Rule
from answerable.tickets.actions import filing
from answerable.tickets.models import Tag, Ticket

CREATED = When("created")


def started(
    owner: Agent, at: datetime, *then: Act, name: str = "A rule", **says: object
) -> Rule:
    """A rule that acts; what it says beside its acts are parts of core.reading.Rule."""
    said = Says(then=then, **says)  # type: ignore[arg-type]  # Parts of a rule, by name.
    rule = actions.begin_rule(name=name, says=said, owner=owner, at=at)
    actions.start_rule(rule, is_meant=True, agent=owner, at=at)
    return Rule.objects.get(pk=rule.pk)


def follow(at: datetime) -> None:
    """Follow the log to its end."""
    for _step in range(500):
        if not actions.follow_log(at=at):
            return
    raise AssertionError("The log has no end.")


def tag(owner: Agent, name: str, at: datetime) -> Tag:
    """A label that there is."""
    return filing.add_tag(name, by=owner, at=at)


def tags_on(ticket: Ticket) -> list[str]:
    """The labels of a ticket."""
    return sorted(ticket.tags.values_list("slug", flat=True))


def contains(*words: str) -> Condition:
    """The subject contains one of these words."""
    return Condition("subject", "contains", words)
