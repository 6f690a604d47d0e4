"""What speaks for a claim beside its words: monitoring, other accounts, incidents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from answerable.cards.core.parts import Answer
from answerable.cards.core.writing import document_of
from answerable.cards.queries import Shown, shown_on, sources_of
from answerable.incidents.beside import Beside, beside
from answerable.incidents.models import Incident, IncidentTicket
from answerable.live.guards import Reader
from answerable.routing.models import QueueEntry
from answerable.tickets.access import visible_to
from answerable.tickets.models import Claim, Ticket

# Claims of one disturbance come close together; older ones are another.
TOGETHER = timedelta(hours=2)
MOST = 50
MOST_LIKELY = 5000


@dataclass(frozen=True, slots=True)
class Affected:
    """Tickets of other accounts that are likely to be about the same, the newest first, and of
    how many accounts they are."""

    tickets: Sequence[Ticket]
    accounts: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a claim at an instant."""

    sources: Sequence[Shown]
    affected: Affected
    incidents: Beside


def evidence_on(ticket: Ticket, reader: Reader, at: datetime) -> Evidence:
    """Return what speaks for the claim of a ticket now. Five queries at the most."""
    sources = shown_on(ticket, sources_of(ticket, at), at)
    near = beside(ticket, ticket.last_line, at)
    return Evidence(
        # Who answered and says nothing of evidence is a system for cards alone.
        sources=[one for one in sources if one.answered_at is None or one.evidence is not None],
        affected=affected_with(ticket, reader, at),
        incidents=near,
    )


def affected_with(ticket: Ticket, reader: Reader, at: datetime) -> Affected:
    """Return which other accounts have the same trouble, by tickets that this reader may see.

    Those are critical tickets of the same product that came in, or were claimed, within the
    last two hours and not found to be standard, and tickets about the same open incident. Where
    nobody knows of which product a ticket is, it may be any.
    """
    others = visible_to(reader).filter(pk__in=_likely(ticket, at), customer__isnull=False)
    found = others.exclude(customer=ticket.customer_id).filter(merged_into=None)
    tickets = list(found.select_related("customer").order_by("-created_at", "-pk"))
    return Affected(tickets[:MOST], len({one.customer_id for one in tickets}))


def _likely(ticket: Ticket, at: datetime) -> set[int]:
    """Return the tickets that may be about the same, each kind by an index of its own: there
    may be a million of others."""
    since = at - TOGETHER
    claims = Claim.objects.exclude(outcome=Claim.Outcome.CHANGED).filter(made_at__gte=since)
    critical = QueueEntry.objects.filter(is_critical=True, ticket__created_at__gte=since)
    if ticket.product:
        products = [ticket.product, ""]
        claims = claims.filter(ticket__product__in=products)
        critical = critical.filter(ticket__product__in=products)
    open_links = IncidentTicket.objects.filter(unlinked_at=None, incident__ended_at=None)
    same = open_links.filter(incident__in=open_links.filter(ticket=ticket).values("incident"))
    # What was found to be standard is no longer in question, whatever its severity is by now.
    critical = critical.exclude(ticket__claim__outcome=Claim.Outcome.CHANGED)
    lists = (claims.values("ticket"), critical.values("ticket"), same.values("ticket"))
    found = lists[0].union(*lists[1:]).values_list("ticket", flat=True)
    return set(found[:MOST_LIKELY])


def kept_of(evidence: Evidence) -> Mapping[str, Any]:
    """Return evidence as plain values, to be kept with what is decided on it."""
    return {
        "sources": [
            {
                "name": one.source.name,
                "answered_at": one.answered_at.isoformat(),
                "lines": document_of(Answer(evidence=tuple(one.evidence)))["evidence"],
            }
            for one in evidence.sources
            if one.answered_at and one.evidence is not None
        ],
        "accounts": evidence.affected.accounts,
        "tickets": [ticket.pk for ticket in evidence.affected.tickets],
        "incidents": [one.key for one in matches_of(evidence.incidents)],
    }


def matches_of(near: Beside) -> Sequence[Incident]:
    """Return the open incidents that a ticket is about, or may be."""
    return [near.linked] if near.linked else near.fitting


def is_claim_open(ticket: Ticket) -> bool:
    """Say whether somebody has to decide on a claim of a ticket."""
    claim: Claim | None = getattr(ticket, "claim", None)
    return claim is not None and claim.is_open
