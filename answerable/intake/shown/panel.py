"""How the promise on a request stands, for its panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import QuerySet

from answerable.accounts.models import Agent
from answerable.entitlements.core.promised import is_summary
from answerable.intake.shown.rated import Rated, rated_of
from answerable.sla.actions.reclassifying import terms_held
from answerable.sla.core.ledger import Outcome
from answerable.sla.due import opening_of
from answerable.sla.judging import is_critical
from answerable.sla.misses import Said, said_of
from answerable.sla.models import Clock
from answerable.sla.proposing import UPDATES, next_update
from answerable.sla.refused import reasons_of, waiting_row
from answerable.sla.steps import rule_words
from answerable.sla.why import Reader, reply_clock_of
from answerable.sla.words import allowed_words
from answerable.tickets.models import Claim, Ticket


@dataclass(frozen=True, slots=True)
class Panel:
    """The promise on a request: how it stands, why, what was decided on its claim, and what
    was said of misses."""

    state: (
        str  # running, waits, late, aim, passed, paused, kept, answered_late, reached, unset
        # (the promise waits for us to set the severity) or none
    )
    clock: Clock | None
    starts_at: datetime | None
    because: str
    reasons: tuple[str, ...]
    lead: str
    claim: Claim | None
    misses: tuple[Said, ...]
    rated: Rated | None
    within: str  # of when we set the severity, where the promise waits for that
    is_critical: bool
    waiting_kind: str  # and how binding it is then
    update: Clock | None  # the update that was promised, by the plan or by an agent
    is_update_late: bool

    @property
    def is_summary(self) -> bool:
        """Whether what was promised is the summary of a call in writing."""
        return self.update is not None and is_summary(self.update.target)


def panel_of(ticket: Ticket, at: datetime, zone: tzinfo) -> Panel:
    """Return the promise panel of a request at an instant. Four to ten queries."""
    clock = reply_clock_of(ticket)
    state = state_of(clock, at)
    guaranteed = clock is not None and clock.kind == Clock.Kind.GUARANTEE
    reader = Reader(zone, at, is_agent=False)
    starts_at = _starts(clock) if state == "running" else None
    claim = Claim.objects.filter(ticket=ticket).select_related("decided_by").first()
    terms = clock.plan_version.terms if clock else terms_held(ticket)
    waiting = waiting_row(ticket) if clock is None else None
    rated = rated_of(ticket, terms, claim)
    update = update_of(ticket)
    return Panel(
        state="unset" if waiting else "waits" if starts_at and starts_at > at else state,
        clock=clock,
        starts_at=starts_at,
        because=_because(clock) if clock and guaranteed else "",
        reasons=() if guaranteed or waiting else tuple(reasons_of(ticket, reader)),
        lead=lead_name() if state == "late" or (rated and rated.look == "open") else "",
        claim=claim,
        misses=tuple(said_of(missed_on(ticket))),
        rated=rated,
        within=allowed_words(*waiting) if waiting else "",
        is_critical=is_critical(ticket, terms),
        waiting_kind=waiting[1].kind if waiting else "",
        update=update,
        is_update_late=update is not None and update.due_at <= at,
    )


def update_of(ticket: Ticket) -> Clock | None:
    """Return by when its customer hears of a request next, if that was promised. One query."""
    if ticket.state == Ticket.State.RESOLVED:
        return None
    clocks = Clock.objects.of_ticket(ticket.pk).awaited().filter(metric__in=UPDATES)
    return next_update(list(clocks))


def missed_on(ticket: Ticket) -> QuerySet[Clock]:
    """Return the guarantees of a request that were missed."""
    missed = Clock.objects.filter(ticket=ticket, outcome=Outcome.MISSED)
    return missed.filter(kind=Clock.Kind.GUARANTEE).order_by("due_at")


def state_of(clock: Clock | None, at: datetime) -> str:
    """Return how a promise stands in one word; a due time that passed is late at once."""
    if clock is None or clock.outcome in {Outcome.VOID, Outcome.SUPERSEDED}:
        return "none"
    aim = clock.kind == Clock.Kind.AIM
    if clock.outcome == Outcome.PAUSED:
        return "paused"
    if clock.outcome == Outcome.MET:
        return "reached" if aim else "kept"
    if clock.answered_at:
        return "reached" if aim else "answered_late"
    if clock.due_at <= at:
        return "passed" if aim else "late"
    return "aim" if aim else "running"


def _starts(clock: Clock | None) -> datetime | None:
    if clock is None:
        return None
    return opening_of(clock.plan_version.terms, clock.target, clock.started_at)


def _because(clock: Clock) -> str:
    terms = clock.plan_version.terms
    target = terms.target(clock.target)
    return rule_words(terms, clock.plan_version.number, target, clock.ticket.channel)


def lead_name() -> str:
    """Return the name of the lead, who was told."""
    leads = Agent.objects.active().filter(role=Agent.Role.LEAD).order_by("pk")
    return leads.values_list("name", flat=True).first() or ""
