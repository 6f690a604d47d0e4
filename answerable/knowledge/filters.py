"""What search leaves out when its asker wants less: other products, other subscriptions."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from answerable.accounts.models import Agent, Contact
from answerable.entitlements.models import Subscription
from answerable.knowledge.access import Person
from answerable.knowledge.models import ArticleText


def about(product: str, texts: QuerySet[ArticleText]) -> QuerySet[ArticleText]:
    """Return those about a product, or about none in particular; all for no product."""
    if not product:
        return texts
    return texts.filter(Q(article__products=[]) | Q(article__products__contains=[product]))


def for_plan_of(
    person: Person, texts: QuerySet[ArticleText], at: datetime
) -> QuerySet[ArticleText]:
    """Return those about what somebody's subscriptions have, or about what all have.

    Agents have everything; of nobody that we know it is unknown, so they have it too.
    """
    if person is None or isinstance(person, Agent):
        return texts
    having = Q(article__available=[])
    for product, tier in subscribed(person, at):
        having |= Q(article__available__contains=[{"product": product, "tier": tier}])
    return texts.filter(having)


def subscribed(contact: Contact, at: datetime) -> set[tuple[str, str]]:
    """Return what a contact's customer runs at an instant: products, each with its tier."""
    begun = Subscription.objects.filter(customer_id=contact.customer_id, starts_at__lte=at)
    running = begun.filter(Q(ends_at=None) | Q(ends_at__gt=at))
    return set(running.values_list("product", "tier"))
