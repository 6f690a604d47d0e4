"""Who is promised what: a pure decision from the facts, with a reason for every refusal.

The rule is a conjunction (domain.md a.7): a guarantee exists only when everything holds; what
fails weakens the promise and never loses the request.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from answerable.entitlements.core.facts import Ask, Bought, Facts, Runs, Term, in_force
from answerable.entitlements.core.plan import Kind, Metric, Target, Terms
from answerable.entitlements.core.severities import is_out_of_reach
from answerable.entitlements.core.specific import most_specific

__all__ = [
    "Ask",
    "Bought",
    "Facts",
    "Reason",
    "Refusal",
    "Runs",
    "Term",
    "Verdict",
    "decide",
    "in_force",
    "severity_opened",
]


class Reason(StrEnum):
    """Why a promise does not apply."""

    NO_CONTRACT = "no_contract"
    CONTRACT_NOT_STARTED = "contract_not_started"
    CONTRACT_ENDED = "contract_ended"
    CONTRACT_SUSPENDED = "contract_suspended"
    CONTRACT_CANCELLED = "contract_cancelled"
    PREREQUISITE_MISSING = "prerequisite_missing"
    UNKNOWN_SENDER = "unknown_sender"
    UNKNOWN_ADDRESS = "unknown_address"
    NOT_IN_ROLE = "not_in_role"
    NOT_DESIGNATED = "not_designated"
    NO_PAID_SEAT = "no_paid_seat"
    WRONG_CHANNEL = "wrong_channel"
    WRONG_SURFACE = "wrong_surface"
    WRONG_LANGUAGE = "wrong_language"
    OTHER_SEVERITY = "other_severity"
    OTHER_ENVIRONMENT = "other_environment"
    OTHER_PRODUCT = "other_product"
    NOT_PRODUCTION = "not_production"
    LESS_SPECIFIC = "less_specific"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A promise that does not apply, and every reason for it."""

    version: int | None
    target: str | None
    kind: str | None
    severity: str | None
    reasons: tuple[Reason, ...]
    contract: int | None = None
    metric: str = Metric.FIRST_RESPONSE.value


@dataclass(frozen=True, slots=True)
class Verdict:
    """What applies, or nothing, and why each other row does not.

    `target` is the promise of a first reply, `others` the rows of the other metrics, in the
    same contract. `refusals` has every row that does not apply, of whichever metric.
    """

    bought: Bought | None
    target: Target | None
    refusals: tuple[Refusal, ...]
    others: tuple[Target, ...] = ()


def severity_opened(facts: Facts, ask: Ask, verdict: Verdict) -> str:
    """Return the severity of a request that comes in: by the plan under which it is promised
    something, else by the last one that was bought; as it was said where there is none."""
    bought = [verdict.bought] if verdict.bought else in_force(facts.bought, ask.at)
    return ask.under(bought[-1].terms).severity if bought else ask.severity


def decide(facts: Facts, ask: Ask) -> Verdict:
    """Return what applies to this request, and a reason for each row that does not.

    Each contract counts with the version that it follows at `ask.at`. Within a contract the
    most specific row of a metric wins. Of several contracts the one with the most binding first
    reply does, then the shortest (domain.md E29: never two promises).
    Without any contract the one refusal says so.
    """
    if not facts.bought:
        reason = Reason.NO_CONTRACT if facts.known else Reason.UNKNOWN_SENDER
        return Verdict(None, None, (Refusal(None, None, None, None, (reason,)),))
    under = [_under(facts, ask, bought) for bought in in_force(facts.bought, ask.at)]
    refusals = tuple(refusal for verdict in under for refusal in verdict.refusals)
    best = min((verdict for verdict in under if verdict.target), key=_rank, default=None)
    best = best or next((verdict for verdict in under if verdict.others), None)
    if best is None:
        return Verdict(None, None, refusals)
    return Verdict(best.bought, best.target, refusals, best.others)


def _under(facts: Facts, ask: Ask, bought: Bought) -> Verdict:
    """Return what applies under one contract."""
    ask = ask.under(bought.terms)
    objections = {
        target.key: tuple(dict.fromkeys(_objections(facts, ask, bought, target)))
        for target in bought.terms.targets
    }
    applying = [target for target in bought.terms.targets if not objections[target.key]]
    chosen = most_specific(applying, bought.terms.requesters)
    for target in applying:
        if target not in chosen.values():
            objections[target.key] = (Reason.LESS_SPECIFIC,)
    refusals = tuple(
        _refusal(bought, target, objections[target.key])
        for target in bought.terms.targets
        if objections[target.key]
    )
    first = chosen.pop(Metric.FIRST_RESPONSE, None)
    return Verdict(bought, first, refusals, tuple(chosen.values()))


def _refusal(bought: Bought, target: Target, reasons: tuple[Reason, ...]) -> Refusal:
    return Refusal(
        bought.version,
        target.key,
        target.kind,
        target.severity,
        reasons,
        bought.contract,
        target.metric,
    )


def _rank(verdict: Verdict) -> tuple[bool, float]:
    target = verdict.target
    if target is None:
        return (True, float("inf"))
    return (target.kind != Kind.GUARANTEE, target.within.total_seconds())


def _objections(facts: Facts, ask: Ask, bought: Bought, target: Target) -> Iterator[Reason]:
    yield from _of_contract(facts, ask, bought)
    yield from _of_person(facts, ask, bought, target)
    yield from _of_way_in(ask, bought.terms, target)


def _of_contract(facts: Facts, ask: Ask, bought: Bought) -> Iterator[Reason]:
    if ask.at < bought.term.starts_at:
        yield Reason.CONTRACT_NOT_STARTED
    elif not bought.term.covers(ask.at):
        yield Reason.CONTRACT_ENDED
    if bought.status == "suspended":
        yield Reason.CONTRACT_SUSPENDED
    if bought.status == "cancelled":
        yield Reason.CONTRACT_CANCELLED
    if not _has_prerequisite(facts.runs, bought.terms, ask.at):
        yield Reason.PREREQUISITE_MISSING


def _has_prerequisite(runs: Sequence[Runs], terms: Terms, at: datetime) -> bool:
    if terms.tier is None and not terms.products:
        return True
    return any(
        (not terms.products or run.product in terms.products)
        and (terms.tier is None or run.tier == terms.tier)
        and run.term.covers(at)
        for run in runs
    )


def _of_person(facts: Facts, ask: Ask, bought: Bought, target: Target) -> Iterator[Reason]:
    if not facts.known:
        yield Reason.UNKNOWN_SENDER
        return
    needed = bought.terms.requesters[target.requester]
    if needed.role is not None and facts.role != needed.role:
        yield Reason.NOT_IN_ROLE
    if needed.designated and not _is_designated(facts, bought.contract, ask.at):
        yield Reason.NOT_DESIGNATED
    if needed.seat is not None and facts.seat != needed.seat:
        yield Reason.NO_PAID_SEAT


def _is_designated(facts: Facts, contract: int, at: datetime) -> bool:
    return any(under == contract and term.covers(at) for under, term in facts.designations)


def _of_way_in(ask: Ask, terms: Terms, target: Target) -> Iterator[Reason]:
    if ask.admitted and target.kind == Kind.GUARANTEE:
        yield Reason.UNKNOWN_ADDRESS
    if target.channels and ask.channel not in target.channels:
        yield Reason.WRONG_CHANNEL
    channel = terms.channels.get(ask.channel)
    if channel and channel.surfaces and ask.surface not in channel.surfaces:
        yield Reason.WRONG_SURFACE
    languages = channel.languages if channel and channel.languages else terms.languages
    binding = languages if target.kind == Kind.GUARANTEE else ()
    if any(named and ask.language not in named for named in (binding, target.languages)):
        yield Reason.WRONG_LANGUAGE
    yield from _of_subject(ask, terms, target)


def _of_subject(ask: Ask, terms: Terms, target: Target) -> Iterator[Reason]:
    named = terms.severities.get(target.severity or "")
    if named and is_out_of_reach(named, ask.environment):
        yield Reason.NOT_PRODUCTION
    if target.severity is not None and ask.severity != target.severity:
        yield Reason.OTHER_SEVERITY
    if target.environments and ask.environment not in target.environments:
        yield Reason.OTHER_ENVIRONMENT
    if target.products and ask.product not in target.products:
        yield Reason.OTHER_PRODUCT
