"""Why a ticket has no guarantee, from the decision that was stored when it was opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from answerable.entitlements.core.eligibility import Refusal, Term
from answerable.entitlements.core.plan import Metric, Start, Target, Terms
from answerable.entitlements.models import PlanVersion
from answerable.lib import times
from answerable.sla.models import Clock, Decision
from answerable.sla.reasons import (
    Setting,
    nearest_refusal,
    read_refusals,
    told_to_agent,
    told_to_customer,
)
from answerable.sla.words import aim_line, allowed_words
from answerable.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it: in which zone, when, and from which side."""

    zone: tzinfo
    at: datetime
    is_agent: bool


def why_no_guarantee(ticket: Ticket, reader: Reader, clock: Clock | None) -> str:
    """Return why no guarantee applies and what is aimed for, or nothing when one does."""
    if clock and clock.kind == Clock.Kind.GUARANTEE:
        return ""
    if clock is None and (waiting := waiting_row(ticket)):
        words = _("The first reply counts from when we set the severity: {within}.")
        return words.format(within=allowed_words(*waiting))
    said = reasons_of(ticket, reader)
    if reader.is_agent:
        words = _("No promise applies: {reasons}.").format(reasons=" ".join(said))
    else:
        words = " ".join([_("This is not a guarantee."), *said])
    if clock is None:
        return words
    if reader.is_agent:
        due = times.moment(clock.due_at, reader.at, reader.zone)
        return f"{words} " + _("Aim: {time}.").format(time=due)
    return " ".join([aim_line(clock.due_at, reader.at, reader.zone), *said])


def waiting_row(ticket: Ticket) -> tuple[Terms, Target] | None:
    """Return the row of a first reply whose clock waits for us to set the severity, with its
    terms, or None where no promise waits for that."""
    decision = Decision.objects.filter(ticket=ticket, metric=Metric.FIRST_RESPONSE)
    last = decision.select_related("plan_version").order_by("-pk").first()
    if last is None or last.plan_version is None or not last.target:
        return None
    terms = last.plan_version.terms
    row = terms.target(last.target)
    waits = row.starts == Start.SEVERITY_SET and row.metric == Metric.FIRST_RESPONSE
    return (terms, row) if waits else None


def reasons_of(ticket: Ticket, reader: Reader) -> list[str]:
    """Return why the newest decision on a ticket refused a guarantee, in the reader's words."""
    decision = Decision.objects.filter(ticket=ticket).order_by("-pk").first()
    if decision is None or decision.kind == Clock.Kind.GUARANTEE:
        return []
    refusal = nearest_refusal(read_refusals(decision.refusals), decision.severity)
    if refusal is None:
        return []
    told = setting_of(decision, refusal, ticket, reader)
    return [told_to_agent(told)] if reader.is_agent else told_to_customer(told)


def setting_of(decision: Decision, refusal: Refusal, ticket: Ticket, reader: Reader) -> Setting:
    """Return what the sentences about a stored refusal need."""
    version = PlanVersion.objects.filter(pk=refusal.version or 0).first()
    terms = [
        Term(
            datetime.fromisoformat(row["starts_at"]),
            datetime.fromisoformat(row["ends_at"]) if row["ends_at"] else None,
        )
        for row in decision.facts.get("bought", [])
        if row["version"] == refusal.version
    ]
    return Setting(
        refusal=refusal,
        person=ticket.requester.name if ticket.requester else ticket.sender_name,
        customer=ticket.customer.name if ticket.customer else "",
        zone=reader.zone,
        terms=version.terms if version else None,
        term=terms[0] if terms else None,
    )
