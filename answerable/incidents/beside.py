"""Reads the incidents beside a ticket: its own, those of its customer, and likely ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from answerable.entitlements.models import Subscription
from answerable.incidents.core.matching import fit, stems
from answerable.incidents.models import Incident, IncidentTicket
from answerable.tickets.models import Ticket

MOST = 50
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Beside:
    """The incident that a ticket is about, if any, and those that go on for its customer, the
    likeliest first. `fitting` are the ones that its words or its product speak for."""

    linked: Incident | None
    others: Sequence[Incident]
    fitting: Sequence[Incident]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.linked is None and not self.others


def beside(ticket: Ticket, words: str, at: datetime) -> Beside:
    """Return what goes on beside a ticket, of which these words were said: one query."""
    found = list(_found(ticket, at))
    linked = next((one for one in found if getattr(one, "is_linked", False)), None)
    going = [one for one in found if one != linked and one.ended_at is None]
    asked = stems(ticket.subject, words)
    fits = {one.pk: _fit(one, asked, ticket) for one in going}
    going.sort(key=lambda one: -fits[one.pk])
    fitting = [one for one in going if fits[one.pk]]
    return Beside(linked, going[:MOST_SHOWN], fitting[:MOST_SHOWN])


def accounts_of(incident: Incident) -> int:
    """Return how many customers have tickets about an incident."""
    links = incident.links.filter(unlinked_at=None, ticket__customer__isnull=False)
    return links.values("ticket__customer").distinct().count()


def _found(ticket: Ticket, at: datetime) -> Iterable[Incident]:
    links = IncidentTicket.objects.filter(
        ticket=ticket.pk, incident=OuterRef("pk"), unlinked_at=None
    )
    theirs = Subscription.objects.filter(customer=ticket.customer_id, starts_at__lte=at)
    running = theirs.exclude(ends_at__lte=at).values("product")
    touches = Q(product="") | Q(product=ticket.product) | Q(product__in=running)
    asked = Incident.objects.annotate(is_linked=Exists(links))
    wanted = asked.filter(Q(is_linked=True) | (Q(ended_at=None) & touches))
    return wanted.order_by(F("is_linked").desc(), "-begun_at")[:MOST]


def _fit(incident: Incident, asked: frozenset[str], ticket: Ticket) -> int:
    said = stems(incident.title, *incident.said.values())
    same = bool(incident.product) and incident.product == ticket.product
    return fit(asked, said, same_product=same)
