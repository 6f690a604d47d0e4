"""How a request is rated: its severity, who decided that, and what a customer may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst

from answerable.entitlements.core.plan import Metric, Terms
from answerable.entitlements.core.severities import is_out_of_reach, offers_choice
from answerable.sla.actions.reclassifying import may_customer
from answerable.sla.words import severity_in
from answerable.tickets.events import Verb
from answerable.tickets.models import Claim, Rating, SeverityChange, Ticket, TicketEvent

LOOKS = (Verb.ANOTHER_LOOK_ASKED, Verb.ANOTHER_LOOK_ANSWERED)


@dataclass(frozen=True, slots=True)
class Rated:
    """The severity of a request in the plan's words, and what may be done about it.

    `name` is nothing where the plan has no severities to choose from. `said` is what the
    customer said, where that is another; `is_capped` that what it is about cannot have that.
    `look` is "object" (they may object to a decision), "ask", "open" (a lead has been asked) or
    nothing.
    """

    name: str
    said: str
    is_capped: bool
    change: SeverityChange | None
    may_change: bool
    look: str
    asked: TicketEvent | None
    changed_to: str
    answers: tuple[Mapping[str, str], ...]


def rated_of(ticket: Ticket, terms: Terms | None, claim: Claim | None) -> Rated | None:
    """Return how a request is rated, or None where there is nothing to say: no query then."""
    if terms is None:
        return None
    has_choice = offers_choice(terms)
    against = claim.in_force_at if claim and claim.outcome == Claim.Outcome.CHANGED else None
    if not (has_choice or against or terms.of_metric(Metric.ESCALATION_RESPONSE)):
        return None
    rating = Rating.objects.filter(ticket=ticket).first() if has_choice else None
    change = _last_change(ticket) if has_choice else None
    if change and terms.rank(change.after) > terms.rank(_before(change, rating)):
        against = change.in_force_at
    asks = list(
        TicketEvent.objects.filter(ticket=ticket, verb__in=LOOKS)
        .select_related("contact")
        .order_by("pk")
    )
    may_change = has_choice and may_change_severity(ticket, terms)
    return Rated(
        name=capfirst(severity_in(terms, ticket.severity)) if has_choice else "",
        said=_said(ticket, terms, rating),
        is_capped=_is_capped(ticket, terms, rating),
        change=change,
        may_change=may_change,
        look=_look(ticket, asks, against, general=_may_ask(terms, asks, may_change)),
        asked=asks[-1] if asks else None,
        answers=tuple(rating.answers) if rating else (),
        changed_to=capfirst(severity_in(terms, change.after)) if change else "",
    )


def may_change_severity(ticket: Ticket, terms: Terms) -> bool:
    """Say whether the customer may change the severity of a request themselves, now."""
    is_over = ticket.state == Ticket.State.RESOLVED
    return not is_over and may_customer(terms.reclassification, ticket)


def _may_ask(terms: Terms, asks: list[TicketEvent], may_change: bool) -> bool:
    """Say whether a customer may ask a lead without a decision to object to: where the plan
    promises an answer to that, or once where they cannot change the severity themselves."""
    if terms.of_metric(Metric.ESCALATION_RESPONSE):
        return True
    return offers_choice(terms) and not may_change and not asks


def _last_change(ticket: Ticket) -> SeverityChange | None:
    """Return the last change that one of us made, and that is in force."""
    ours = SeverityChange.objects.filter(ticket=ticket, agent__isnull=False)
    in_force = ours.filter(in_force_at__isnull=False).exclude(reason="")
    return in_force.select_related("agent").order_by("-pk").first()


def _before(change: SeverityChange, rating: Rating | None) -> str:
    """Return the severity that the customer had, or held it to be, before a change."""
    return change.before if change.before != change.after or rating is None else rating.severity


def _look(
    ticket: Ticket, asks: list[TicketEvent], against: datetime | None, *, general: bool
) -> str:
    if ticket.state == Ticket.State.RESOLVED:
        return ""
    if asks and asks[-1].verb == Verb.ANOTHER_LOOK_ASKED:
        return "open"
    if against and not any(ask.at >= against for ask in asks):
        return "object"
    return "ask" if general else ""


def _said(ticket: Ticket, terms: Terms, rating: Rating | None) -> str:
    if rating is None or rating.severity == ticket.severity:
        return ""
    return capfirst(severity_in(terms, rating.severity))


def _is_capped(ticket: Ticket, terms: Terms, rating: Rating | None) -> bool:
    said = terms.severities.get(rating.severity) if rating else None
    return said is not None and is_out_of_reach(said, ticket.environment)
