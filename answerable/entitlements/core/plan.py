"""The terms of a plan as values: all that a vendor can promise, and to whom. Pure.

What a document may say, and how, stands in docs/plans.md; domain.md (c) is where each concept
comes from. Whatever is left out has the default that is given here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from answerable.entitlements.core.allowance import DAY, Allowance, Basis
from answerable.entitlements.core.calendars import CLOSED, CalendarTerms
from answerable.entitlements.core.calls import Calls
from answerable.entitlements.core.chat_policy import ChatPolicy
from answerable.entitlements.core.clauses import (
    Example,
    ExceptionRule,
    Naming,
    PauseRule,
    Phrase,
    Reclassification,
    Remedy,
    Response,
    Step,
)
from answerable.entitlements.core.promised import promised_length
from answerable.entitlements.core.silence import Silence
from answerable.entitlements.core.survey import Survey
from answerable.entitlements.core.wrong import PlanError

__all__ = [
    "PLANNED",
    "CalendarTerms",
    "Calls",
    "Channel",
    "ChatPolicy",
    "Example",
    "ExceptionRule",
    "Kind",
    "Metric",
    "Naming",
    "PauseRule",
    "Phrase",
    "PlanError",
    "Reclassification",
    "Remedy",
    "Requester",
    "Response",
    "Severity",
    "Start",
    "Step",
    "Target",
    "Terms",
]


class Kind(StrEnum):
    """How binding a target is."""

    GUARANTEE = "guarantee"
    AIM = "aim"


class Metric(StrEnum):
    """What is measured, from a start to a stop: one mechanism for all (sla/core/metrics.py)."""

    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    STATUS_UPDATE = "status_update"
    TRIAGE = "triage"
    CALLBACK_START = "callback_start"
    CHAT_PICKUP = "chat_pickup"
    ESCALATION_RESPONSE = "escalation_response"
    WORKAROUND = "workaround"
    RESOLUTION = "resolution"
    PROMISED_UPDATE = "promised_update"


# What a plan may promise; an update is promised beside it by an agent, to one customer.
PLANNED = tuple(metric for metric in Metric if metric != Metric.PROMISED_UPDATE)


class Start(StrEnum):
    """At which event the clock of a target starts, where its metric leaves that open."""

    CREATED = "created"
    SEVERITY_SET = "severity_set"


@dataclass(frozen=True, slots=True)
class Requester:
    """A class of people: each fact that is named must hold."""

    key: str
    name: str
    role: str | None
    designated: bool
    seat: str | None

    @property
    def facts(self) -> int:
        """How many facts it asks for: who asks for more is more particular."""
        return (self.role is not None) + self.designated + (self.seat is not None)


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in, and the surfaces and languages it is offered on; none named means all.

    `hours` names the calendar in which it is offered; none means around the clock. `number` is
    the telephone number that customers call, or that calls come from; `countries` are those
    whose numbers are called, by ISO 3166, none named means all.
    """

    key: str
    name: str
    surfaces: tuple[str, ...]
    languages: tuple[str, ...]
    hours: str | None = None
    number: str | None = None
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Severity:
    """How serious a request can be. Rank 1 is the worst.

    `set_by`: "customer" (what they choose counts), "vendor" (an agent sets it; the customer
    only says how it looks to them), or "both" (a claim, which an agent confirms or changes).
    `needs` names what the form asks for: "impact" of the rubric, or words of the plan.
    """

    key: str
    name: str
    rank: int
    definition: str = ""
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    set_by: str = "customer"
    production_only: bool = False
    is_default: bool = False
    is_critical: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """One row of the plan: for whom, on which way in, how fast, how binding.

    A dimension that is left out (None, or nothing named) fits everything. `within` is counted
    on the calendar; `business_days` or `elapsed_days` of it are days (24 hours each there, by
    which rows compare): working days, or days of real time (`allowance`). `due_soon` is the
    lead before the due time at which it counts as due soon; `kept_share` is the share that must
    be kept for the plan to count as kept (an allowance such as 95 %), None for every one.
    `every` repeats the clock for as long as the ticket is open (status updates). `starts` is
    what a first reply counts from: the request, or the severity that an agent set.
    """

    key: str
    metric: str
    severity: str | None
    requester: str
    channels: tuple[str, ...]
    within: timedelta
    calendar: str
    kind: Kind
    languages: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    business_days: int = 0
    elapsed_days: int = 0
    due_soon: timedelta | None = None
    kept_share: float | None = None
    every: bool = False
    starts: str = Start.CREATED.value

    @property
    def allowance(self) -> Allowance:
        """How much time it allows: days first, then open time."""
        if self.business_days:
            length = self.within - self.business_days * DAY
            return Allowance(length, self.business_days, Basis.BUSINESS_DAY)
        length = self.within - self.elapsed_days * DAY
        basis = Basis.ELAPSED if self.elapsed_days else Basis.OFFICE_HOURS
        return Allowance(length, self.elapsed_days, basis)


# An agent who promises something says by which instant: it counts whatever the hours.
AROUND_THE_CLOCK = CalendarTerms("", "around the clock", "UTC", always=True, weekly=CLOSED)


def promised_row(key: str, length: timedelta) -> Target:
    """Return what an agent promised by their own word as a row; no guarantee of a contract."""
    return Target(
        key=key,
        metric=Metric.PROMISED_UPDATE,
        severity=None,
        requester="",
        channels=(),
        within=length,
        calendar="",
        kind=Kind.AIM,
    )


# The severity that a requester claims, where a plan lists none.
CLAIMED = "business_critical"


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that a version of a plan promises, and to whom.

    For the time of `reopen_window` a resolved ticket is opened again by its customer's words;
    after it a new one is.
    """

    key: str
    name: str
    languages: tuple[str, ...]
    products: frozenset[str]
    tier: str | None
    calendars: Mapping[str, CalendarTerms]
    requesters: Mapping[str, Requester]
    channels: Mapping[str, Channel]
    targets: tuple[Target, ...]
    triage_share: float
    rubric: tuple[Phrase, ...]
    not_critical: tuple[Phrase, ...]
    ladder: tuple[Step, ...]
    handling: Mapping[str, timedelta] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    pauses: tuple[PauseRule, ...] = ()
    response: Response = field(default_factory=Response)
    exceptions: tuple[ExceptionRule, ...] = ()
    reclassification: Reclassification = field(default_factory=Reclassification)
    remedies: tuple[Remedy, ...] = ()
    examples: tuple[Example, ...] = ()
    reopen_window: timedelta = timedelta(days=14)
    naming: Naming = field(default_factory=Naming)
    calls: Calls = field(default_factory=Calls)
    chats: ChatPolicy = field(default_factory=ChatPolicy)
    silence: Silence = field(default_factory=Silence)
    survey: Survey = field(default_factory=Survey)
    terms_url: str = ""
    changelog: str = ""

    def target(self, key: str) -> Target:
        """Return the target with this key, or what an agent promised by their own word
        (promised.py). Raises KeyError for an unknown one."""
        found = next((target for target in self.targets if target.key == key), None)
        if found is None:
            length = promised_length(key)
            if length is None:
                raise KeyError(key)
            found = promised_row(key, length)
        return found

    def calendar(self, target: Target) -> CalendarTerms:
        """Return the calendar of a target. Raises KeyError for an unknown one."""
        if target.metric == Metric.PROMISED_UPDATE:
            return AROUND_THE_CLOCK
        return self.calendars[target.calendar]

    @property
    def default_severity(self) -> str:
        """The severity of a request that says none: the one marked so, else the mildest."""
        mildest_first = sorted(self.severities.values(), key=lambda one: -one.rank)
        chosen = sorted(mildest_first, key=lambda one: not one.is_default)
        return chosen[0].key if chosen else ""

    def of_metric(self, metric: str) -> tuple[Target, ...]:
        """Return the rows of a metric, as the document has them."""
        return tuple(target for target in self.targets if target.metric == metric)

    def rank(self, severity: str) -> int:
        """Return how serious a severity is: 1 is the worst. One that no row names is last.

        A plan that lists no severities has two, and the claimed one is the worse.
        """
        if severity in self.severities:
            return self.severities[severity].rank
        return len(self.severities) + 2 - (severity == CLAIMED)

    def is_critical(self, severity: str) -> bool:
        """Return whether people are woken for a severity."""
        known = self.severities.get(severity)
        return known.is_critical if known else severity == CLAIMED
