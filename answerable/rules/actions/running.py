"""Lets rules look at a ticket on an occasion: each once, in their order, all of it logged."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Sum

from answerable.rules.actions.acting import Did, Doing, do_act
from answerable.rules.core.guards import Guard, Origin, stopped_by
from answerable.rules.core.judging import Happening, Verdict, is_woken, verdict
from answerable.rules.core.reading import Rule as Says
from answerable.rules.core.reading import rule_of
from answerable.rules.facts import facts_asked, facts_of
from answerable.rules.models import Halt, Rule, RuleVersion, Run
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb, caused_by, record
from answerable.tickets.models import Ticket, TicketEvent

log = logging.getLogger(__name__)

LATELY = timedelta(hours=1)
Outcome = Run.Outcome


@dataclass(frozen=True, slots=True)
class Active:
    """A rule that acts, and what its version says."""

    rule: Rule
    version: RuleVersion
    says: Says


@dataclass(frozen=True, slots=True)
class Occasion:
    """On what rules look at a ticket: a line of its log, or a time that has passed.

    `key` is the same however often it is come back to.
    """

    key: str
    event: int | None = None
    happening: Happening | None = None
    origin: Origin = field(default_factory=Origin)


def active_rules() -> list[Active]:
    """Return the rules that act, in their order. One query."""
    rules = Rule.objects.active().select_related("owner")
    return [Active(one, one.version, rule_of(one.version.says)) for one in rules if one.version]


def look_at(ticket: int, occasion: Occasion, rules: Sequence[Active], *, at: datetime) -> int:
    """Let rules look at a ticket, one after another, and return how many held.

    Called in a transaction. What one does the next one sees; one that is the last to look ends
    it. A rule that had its run on this occasion has it no more.
    """
    woken = [one for one in rules if _is_woken(one, occasion)]
    had = Run.objects.filter(ticket=ticket, occasion=occasion.key).values_list(
        "rule", flat=True
    )
    done = set(had) if woken else set()
    asked = facts_asked(one.says for one in woken)
    found = 0
    for one in woken:
        if one.rule.pk in done:
            continue
        held = hold(Ticket(pk=ticket))
        told = verdict(one.says, facts_of([held], asked, at)[ticket])
        if told.holds:
            found += 1
            run = _run(held, one, occasion, told, at)
            if one.says.stops and run.outcome != Outcome.STOPPED:
                break
    return found


def _is_woken(one: Active, occasion: Occasion) -> bool:
    if occasion.happening is None:
        return True
    is_new = occasion.event is not None and occasion.event > one.rule.since
    return is_new and is_woken(one.says.when, occasion.happening)


def _run(ticket: Ticket, one: Active, occasion: Occasion, told: Verdict, at: datetime) -> Run:
    """Let one rule act on a held ticket, unless a guard keeps it, and log what came of it."""
    began = perf_counter()
    run = Run(
        rule=one.rule,
        version=one.version,
        ticket=ticket,
        occasion=occasion.key,
        event=occasion.event,
        at=at,
        depth=occasion.origin.depth,
        outcome=Outcome.NOTHING,
        held=[list(pair) for pair in told.answers],
    )
    run.save()
    guard = _guard(ticket, one, occasion, at)
    if guard:
        run.outcome, run.why = Outcome.STOPPED, guard.value
        if guard == Guard.TOO_MANY:
            _halt(ticket, one.rule, at)
    else:
        _act(run, one, occasion)
    run.took_ms = round((perf_counter() - began) * 1000)
    run.save()
    return run


def _guard(ticket: Ticket, one: Active, occasion: Occasion, at: datetime) -> Guard | None:
    if ticket.merged_into_id:
        return Guard.MERGED
    lately = Run.objects.filter(ticket=ticket, at__gt=at - LATELY)
    return stopped_by(
        one.rule.pk,
        occasion.origin,
        acts=lately.aggregate(acts=Sum("acts"))["acts"] or 0,
        wanted=len(one.says.then),
        most=settings.ANSWERABLE_RULES_PER_HOUR,
        is_paused=Halt.objects.filter(rule=one.rule, ticket=ticket, lifted_at=None).exists(),
    )


def _act(run: Run, one: Active, occasion: Occasion) -> None:
    """Do what a rule does; what stumbles undoes all of it, and is logged."""
    chain = [*occasion.origin.chain, one.rule.pk]
    cause = {"rule": one.rule.pk, "name": one.rule.name, "chain": chain}
    doing = Doing(run, one.rule.name, one.rule.owner, run.at)
    try:
        with transaction.atomic(), caused_by(cause):
            did = [do_act(hold(run.ticket), act, doing) for act in one.says.then]
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.exception("Rule %s stumbled on #%s.", one.rule.pk, run.ticket_id)
        run.outcome, run.why = Outcome.FAILED, type(error).__name__[:20]
        return
    _keep(run, did)


def _keep(run: Run, did: Sequence[Did]) -> None:
    run.did = [one.as_data() for one in did]
    run.acts = sum(not one.why for one in did)
    run.steps = [one.step for one in did if one.step and not one.why]
    if run.acts:
        run.outcome = Outcome.DONE if run.acts == len(did) else Outcome.PARTLY


def _halt(ticket: Ticket, rule: Rule, at: datetime) -> None:
    """Let a rule act no more on a ticket, and tell the administrators so."""
    _row, is_new = Halt.objects.get_or_create(
        rule=rule, ticket=ticket, lifted_at=None, defaults={"at": at}
    )
    if is_new:
        data = {"rule": rule.pk, "name": rule.name, "most": settings.ANSWERABLE_RULES_PER_HOUR}
        record(TicketEvent(ticket=ticket, verb=Verb.RULE_HALTED, at=at, data=data))
