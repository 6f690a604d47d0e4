"""Reads incidents: those that somebody is shown, and those that a ticket may be about."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from answerable.accounts.models import Contact
from answerable.entitlements.models import Subscription
from answerable.incidents.models import Follower, Incident, IncidentQuerySet


def shown_to(contact: Contact | None, product: str, at: datetime) -> list[Incident]:
    """Return the public incidents that go on at an instant and touch somebody, newest first.

    A contact is told of what touches everything, or a product that their customer runs. On a
    page of one product (else ""), only that one counts. Somebody whom nobody knows is told of
    what touches everything, and of the page's product.
    """
    public = Incident.objects.public().at_instant(at).filter(touching(contact, product, at))
    return list(public.order_by("-begun_at", "-pk"))


def touching(contact: Contact | None, product: str, at: datetime) -> Q:
    """Return the condition under which an incident touches somebody, on a page of a product."""
    everything = Q(product="")
    if contact is None:
        return everything | Q(product=product)
    theirs = Subscription.objects.filter(customer_id=contact.customer_id, starts_at__lte=at)
    running = theirs.exclude(ends_at__lte=at).values("product")
    touched = everything | Q(product__in=running)
    return touched & (everything | Q(product=product)) if product else touched


def open_to(contact: Contact, at: datetime) -> IncidentQuerySet:
    """Return the public incidents that a contact may follow: what touches them and goes on."""
    public = Incident.objects.public().at_instant(at)
    return public.filter(touching(contact, "", at))


def followed_by(contact: Contact) -> set[int]:
    """Return the numbers of the incidents that a contact follows."""
    follows = Follower.objects.filter(contact=contact, ended_at=None)
    return set(follows.values_list("incident_id", flat=True))
