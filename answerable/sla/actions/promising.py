"""Decides what a ticket is promised when it is opened, and starts its clocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from answerable.entitlements.core.eligibility import (
    Ask,
    Bought,
    Facts,
    Verdict,
    severity_opened,
)
from answerable.entitlements.core.plan import Kind, Metric, Target
from answerable.entitlements.queries import facts_about_all
from answerable.sla.actions.starting import Start, start_clocks
from answerable.sla.core.metrics import MEASURES
from answerable.sla.facts import facts_as_json
from answerable.sla.judging import ask_of, refusals_as_json
from answerable.sla.models import Decision
from answerable.sla.queries import Offer, offer
from answerable.tickets import actions as tickets
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.events import record
from answerable.tickets.models import CRITICAL, STANDARD, TicketEvent

CREATED = "created"


def decide_promises(events: Sequence[TicketEvent], *, at: datetime) -> list[Decision]:
    """Decide what opened tickets are promised, store why, and start their clocks.

    So it is for tickets that were admitted as a contact's: they are decided anew, as of their
    opening, and without a guarantee (domain.md E31). Many cost as many statements as one. `at`
    is when this is recorded; promises run from each ticket's stored create time (HubSpot's
    Premium Support terms 1.3, domain.md H33). A due time that has passed by then is missed as
    soon as the watch wakes.
    """
    known = facts_about_all(event.ticket.requester for event in events)
    facts = [known[event.ticket.requester_id] for event in events]
    offers = _opened(events, facts)
    decisions = Decision.objects.bulk_create(
        decision_of(
            event,
            offered.verdict,
            offered.verdict.target,
            facts_as_json(fact),
            _cause_of(event),
        )
        for event, offered, fact in zip(events, offers, facts, strict=True)
    )
    promised = [
        _promised(event, decision, offered, at)
        for event, decision, offered in zip(events, decisions, offers, strict=True)
    ]
    starts = [
        start
        for event, offered in zip(events, offers, strict=True)
        for start in starts_of(event, offered.verdict)
    ]
    record(*promised, *start_clocks(starts, at=at))
    return decisions


def _opened(events: Sequence[TicketEvent], facts: Sequence[Facts]) -> list[Offer]:
    """Return what tickets that come in are promised, with the severity and the product that
    they turn out to have stored. Those differ where a plan has severities of its own, or a
    promise depends on the product."""
    offers, changed = [], []
    for event, fact in zip(events, facts, strict=True):
        ticket, before = event.ticket, (event.ticket.severity, event.ticket.product)
        ticket.product = ticket.product or fact.only_product(_since(event))
        ask = _ask_of(event)
        offered = offer(fact, ask)
        ticket.severity = severity_opened(fact, ask, offered.verdict) or ticket.severity
        offers.append(offered)
        changed += [ticket] if (ticket.severity, ticket.product) != before else []
    tickets.settle(changed)
    return offers


def _ask_of(event: TicketEvent) -> Ask:
    ticket = event.ticket
    ask = ask_of(ticket, ticket.severity, _since(event))
    ask = replace(ask, admitted=event.verb == TicketVerb.ADMITTED)
    if ticket.severity not in {STANDARD, CRITICAL} and not event.data.get("severity"):
        return ask  # We set it ourselves, before the customer wrote.
    claimed = CRITICAL if ticket.severity == CRITICAL else ""
    return replace(ask, severity=event.data.get("severity") or claimed, opens=True)


def _since(event: TicketEvent) -> datetime:
    """Return the instant from which promises run: a stranger's ticket was stored before it
    was admitted (domain.md E31)."""
    return event.ticket.created_at if event.verb == TicketVerb.ADMITTED else event.at


def _cause_of(event: TicketEvent) -> str:
    is_admitted = event.verb == TicketVerb.ADMITTED
    return Decision.Cause.ADMISSION if is_admitted else Decision.Cause.OPENING


def decision_of(
    event: TicketEvent,
    verdict: Verdict,
    target: Target | None,
    facts: dict[str, object],
    cause: str = Decision.Cause.OPENING,
) -> Decision:
    """Return what was decided because of a line in a ticket's log, not stored yet."""
    bought = verdict.bought
    return Decision(
        ticket=event.ticket,
        at=event.at,
        cause=cause,
        metric=target.metric if target else Metric.FIRST_RESPONSE.value,
        kind=target.kind if target else "",
        target=target.key if target else "",
        severity=event.ticket.severity,
        contract_id=bought.contract if bought else None,
        plan_version_id=bought.version if bought else None,
        refusals=refusals_as_json(verdict),
        facts=facts
        | {"product": event.ticket.product, "environment": event.ticket.environment},
    )


def starts_of(event: TicketEvent, verdict: Verdict) -> Iterator[Start]:
    """Yield the clocks that the opening of a ticket starts under a verdict."""
    bought, first = verdict.bought, verdict.target
    if bought is None:
        return
    rows = [row for row in (first, *verdict.others) if row]
    for row in rows:
        waits = row.starts != CREATED and row.metric != Metric.TRIAGE
        if "opened" in MEASURES[row.metric].starts and not waits:
            yield _start(event, bought, row, row.metric)
    if first and is_claimed(bought, first) and Metric.TRIAGE not in {r.metric for r in rows}:
        yield _start(event, bought, first, Metric.TRIAGE)


def is_claimed(bought: Bought, first: Target) -> bool:
    """Say whether a promise is one that is claimed: it is decided on within a share of it."""
    is_own = first.kind == Kind.GUARANTEE and first.severity is not None
    return is_own and bought.terms.is_critical(first.severity or "")


def _start(event: TicketEvent, bought: Bought, row: Target, metric: str) -> Start:
    return Start(
        ticket=event.ticket,
        metric=metric,
        target=row,
        terms=bought.terms,
        version=bought.version,
        starts_at=_since(event),
        cause=event,
    )


def _promised(
    event: TicketEvent, decision: Decision, offered: Offer, at: datetime
) -> TicketEvent:
    entered_at = event.data.get("entered_at")
    known_at = datetime.fromisoformat(entered_at) if entered_at else decision.at
    data: dict[str, object] = {"kind": offered.kind, "decision": decision.pk}
    target = offered.verdict.target
    if target and target.starts != CREATED:
        data["within"] = target.within.total_seconds()
    # What had passed before its ticket was admitted, or written down, is told to nobody.
    if offered.due_at and offered.due_at > known_at:
        data["due_at"] = offered.due_at.isoformat()
    return TicketEvent(ticket=decision.ticket, verb=TicketVerb.PROMISED, at=at, data=data)
