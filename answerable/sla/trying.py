"""Tries a plan on requests that nobody sent, by the very rules that decide on tickets. Pure.

Whoever is made up has the facts that their class of the plan asks for, and no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from answerable.entitlements.core.clause_sense import NOTHING, STRANGER
from answerable.entitlements.core.clauses import Example
from answerable.entitlements.core.eligibility import (
    Ask,
    Bought,
    Facts,
    Runs,
    Term,
    Verdict,
    decide,
)
from answerable.entitlements.core.moments import moment
from answerable.entitlements.core.plan import Channel, Metric, Requester, Target, Terms
from answerable.sla.calendars import calendar_of
from answerable.sla.core.days import due_after
from answerable.sla.core.spans import NeverOpen

EVER = Term(datetime(1, 1, 1, tzinfo=UTC), None)
CONTRACT, VERSION = 1, 0
NOBODY = Requester("", "", role=None, designated=False, seat=None)
ANY_WAY = Channel("form", "form", surfaces=(), languages=())
ENGLISH, WEB, ANY_PRODUCT = "en", "web", "any"


@dataclass(frozen=True, slots=True)
class Request:
    """A request to try a plan on. What is left out is what the plan takes it for.

    `requester` names a class of the plan; "stranger" is somebody whom nobody knows, and
    nothing named a contact who is in no class.
    """

    start: datetime
    requester: str = ""
    severity: str = ""
    channel: str = ""
    language: str = ""
    environment: str = ""
    product: str = ""
    metric: str = Metric.FIRST_RESPONSE.value


@dataclass(frozen=True, slots=True)
class Answer:
    """What a plan promises on a request: the row that won, and when it is due.

    Both are None where nothing is promised; the due time alone, where the calendar never has
    that much open time.
    """

    ask: Ask
    verdict: Verdict
    target: Target | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Trial:
    """An example of a plan, and what the plan made of it."""

    example: Example
    start: datetime
    expected: datetime | None
    answer: Answer

    @property
    def is_right(self) -> bool:
        """Whether the plan makes of it what the example says."""
        target = self.answer.target
        kind = target.kind.value if target else ""
        same = self.answer.due_at == self.expected and (target is None) == (
            self.expected is None
        )
        return same and self.example.kind in ("", kind)


def try_plan(terms: Terms) -> list[Trial]:
    """Return what a plan makes of each of its examples, which must be readable."""
    return [_tried(terms, example) for example in terms.examples]


def answer(terms: Terms, request: Request) -> Answer:
    """Return what a plan promises on a request."""
    ask = _ask(terms, request)
    verdict = decide(_facts(terms, request.requester), ask)
    rows = [row for row in (verdict.target, *verdict.others) if row]
    target = next((row for row in rows if row.metric == request.metric), None)
    due_at = due_of(terms, target, request.start) if target else None
    return Answer(ask, verdict, target, due_at)


def due_of(terms: Terms, target: Target, start: datetime) -> datetime | None:
    """Return when a row is due that starts at an instant; None if it never can be."""
    try:
        return due_after(calendar_of(terms.calendars[target.calendar]), start, target.allowance)
    except (NeverOpen, OverflowError):
        return None


def _tried(terms: Terms, example: Example) -> Trial:
    start = moment(example.start)
    request = Request(
        start,
        requester=example.requester,
        severity=example.severity,
        channel=example.channel,
        language=example.language,
        environment=example.environment,
        product=example.product,
        metric=example.metric,
    )
    expected = None if example.due == NOTHING else moment(example.due)
    return Trial(example, start, expected, answer(terms, request))


def _ask(terms: Terms, request: Request) -> Ask:
    # Stored documents do not keep the order of channels: the form is meant where there is one.
    usual = next(iter(terms.channels), ANY_WAY.key)
    key = request.channel or (ANY_WAY.key if ANY_WAY.key in terms.channels else usual)
    channel = terms.channels.get(key, ANY_WAY)
    spoken = channel.languages or terms.languages or (ENGLISH,)
    return Ask(
        channel=key,
        surface=next(iter(channel.surfaces), WEB),
        language=request.language or spoken[0],
        severity=request.severity or terms.default_severity,
        at=request.start,
        environment=request.environment,
        product=request.product,
    )


def _facts(terms: Terms, requester: str) -> Facts:
    """Return what would be known of somebody of a class under an active contract."""
    if requester == STRANGER:
        return Facts(known=False, role=None, seat=None, designations=(), runs=(), bought=())
    needed = terms.requesters[requester] if requester else NOBODY
    product = min(terms.products, default=ANY_PRODUCT)
    return Facts(
        known=True,
        role=needed.role,
        seat=needed.seat,
        designations=((CONTRACT, EVER),) if needed.designated else (),
        runs=(Runs(product, terms.tier or "", EVER),),
        bought=(Bought(CONTRACT, VERSION, terms, EVER, "active"),),
    )
