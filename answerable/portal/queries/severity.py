"""The severities to which a customer may change a request, each with what it would promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.severities import offers_choice, severities_open
from answerable.intake.offers import Choice, Line
from answerable.intake.shown.rated import may_change_severity
from answerable.sla.actions.reclassifying import terms_held
from answerable.sla.queries import due_at_severity
from answerable.sla.why import reply_clock_of
from answerable.sla.words import severity_in
from answerable.tickets.models import Rating, Ticket


@dataclass(frozen=True, slots=True)
class Page:
    """What a customer may change the severity of a request to, and what they said before."""

    terms: Terms
    choices: tuple[Choice, ...]
    answers: tuple[Mapping[str, str], ...]


def severities_for(ticket: Ticket, at: datetime) -> Page | None:
    """Return what a customer may choose, or None where they may not change it, or not now."""
    terms = terms_held(ticket)
    if terms is None or not offers_choice(terms) or not may_change_severity(ticket, terms):
        return None
    clock = reply_clock_of(ticket)
    choices = []
    for key in severities_open(terms, ticket.environment):
        promised = due_at_severity(clock, key, at) if clock else None
        kind, due_at = (promised.row.kind, promised.due.at) if promised else ("", None)
        line = Line(kind, due_at, None, waits=False, reasons=())
        choices.append(Choice(key, severity_in(terms, key), terms.severities[key], line))
    rating = Rating.objects.filter(ticket=ticket).first()
    return Page(terms, tuple(choices), tuple(rating.answers) if rating else ())
