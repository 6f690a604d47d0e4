"""Account cards as pages show them: which sources a ticket has, and what each said last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from answerable.accounts.models import Customer
from answerable.cards.core.freshness import Known, is_asked, is_fresh
from answerable.cards.core.parts import Answer, Card, Evidence
from answerable.cards.core.reading import BadAnswer, read
from answerable.cards.models import CardAnswer, CardSource
from answerable.cards.words import why
from answerable.entitlements.models import Adoption, Contract
from answerable.entitlements.queries import followed
from answerable.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Shown:
    """What a source has for a ticket now: cards and evidence with their age, trouble, or
    nothing yet. `evidence` is None where it says nothing of any."""

    source: CardSource
    cards: Sequence[Card] = field(default_factory=tuple)
    evidence: Sequence[Evidence] | None = None
    answered_at: datetime | None = None
    is_stale: bool = False
    trouble: str = ""
    is_asked: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it answered that it has nothing to show."""
        return self.answered_at is not None and not self.cards


def shown_on(ticket: Ticket, sources: Sequence[CardSource], at: datetime) -> list[Shown]:
    """Return what sources have on a ticket, in their order. One query."""
    if not sources:
        return []
    kept = CardAnswer.objects.filter(
        source__in=sources, ticket=ticket, customer=ticket.customer, contact=ticket.requester
    )
    answers = {answer.source_id: answer for answer in kept}
    return [shown(source, answers.get(source.pk), at) for source in sources]


def shown(source: CardSource, answer: CardAnswer | None, at: datetime) -> Shown:
    """Return what a source has by what it answered last."""
    if answer is None:
        return Shown(source, is_asked=True)
    known = Known(answer.answered_at, answer.failed_at)
    try:
        said = read(answer.document) if answer.document else Answer()
    except BadAnswer:
        return Shown(source, is_asked=True)  # It was kept by other rules than today's.
    return Shown(
        source,
        cards=said.cards,
        evidence=said.evidence,
        answered_at=answer.answered_at,
        is_stale=not is_fresh(known, at, source.fresh_for),
        trouble=why(answer.reason, answer.values) if answer.reason else "",
        is_asked=is_asked(known, at, source.fresh_for),
    )


def sources_of(ticket: Ticket, at: datetime) -> list[CardSource]:
    """Return the sources that are asked about a ticket: those for its plan and its product.

    Nobody is asked about a stranger's.
    """
    if ticket.customer is None:
        return []
    sources = list(CardSource.objects.asked())
    if not any(source.plans for source in sources):
        return [source for source in sources if _fits(source, ticket, set())]
    plans = plans_of(ticket.customer, at)
    return [source for source in sources if _fits(source, ticket, plans)]


def plans_of(customer: Customer, at: datetime) -> set[str]:
    """Return the keys of the plans that a customer has at an instant."""
    in_force = Contract.objects.in_force(at).filter(customer=customer)
    adoptions = Adoption.objects.filter(contract__in=in_force)
    light = adoptions.select_related("plan_version__plan").only(
        "from_at", "contract", "plan_version__plan__key"
    )
    return {one.plan_version.plan.key for one in followed(light, at)}


def _fits(source: CardSource, ticket: Ticket, plans: set[str]) -> bool:
    is_of_plan = not source.plans or not plans.isdisjoint(source.plans)
    return is_of_plan and (not source.products or ticket.product in source.products)
