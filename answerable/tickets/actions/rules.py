"""Writes the rules by which people of a customer see requests of their colleagues."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from answerable.accounts.models import Agent, Contact, Customer
from answerable.live.events import Changed, publish
from answerable.tickets.models import VisibilityRule

MOST_RULES = 50


class RuleThere(Exception):
    """The very rule is in force already."""


class TooManyRules(Exception):
    """A customer has as many rules as it may have."""


def add_rule(
    customer: Customer,
    *,
    who: tuple[str, str],
    sees: tuple[str, str],
    by: Contact | Agent,
    at: datetime,
) -> VisibilityRule:
    """Let some people of a customer see more, from now on. Raises RuleThere or TooManyRules.

    `who` and `sees` are a choice of the rule and what it names, "" where it names nothing.
    """
    if VisibilityRule.objects.in_force().filter(customer=customer).count() >= MOST_RULES:
        raise TooManyRules
    rule = VisibilityRule(
        customer=customer,
        who=who[0],
        who_is=who[1].strip().lower(),
        sees=sees[0],
        sees_is=sees[1].strip().lower() if sees[0] != VisibilityRule.Sees.PRODUCT else sees[1],
        made_at=at,
        made_by=by if isinstance(by, Contact) else None,
        made_by_agent=by if isinstance(by, Agent) else None,
    )
    try:
        with transaction.atomic():
            rule.save()
            publish(Changed(f"customer-{customer.pk}"))
    except IntegrityError as error:
        raise RuleThere from error
    return rule


@transaction.atomic
def end_rule(rule: VisibilityRule, *, by: Contact | Agent, at: datetime) -> None:
    """End a rule at once; one that has ended stays as it is."""
    VisibilityRule.objects.in_force().filter(pk=rule.pk).update(
        ended_at=at,
        ended_by=by if isinstance(by, Contact) else None,
        ended_by_agent=by if isinstance(by, Agent) else None,
    )
    publish(Changed(f"customer-{rule.customer_id}"))
