"""The terms of a plan as values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from answerable.entitlements.core.calendars import CalendarTerms
from answerable.entitlements.core.wrong import PlanError

__all__ = [
    "CalendarTerms",
    "Channel",
    "Kind",
    "Phrase",
    "PlanError",
    "Requester",
    "Step",
    "Target",
    "Terms",
]


class Kind(StrEnum):
    """How binding a target is."""

    GUARANTEE = "guarantee"
    AIM = "aim"


@dataclass(frozen=True, slots=True)
class Requester:
    """A class of people: each fact that is named must hold."""

    key: str
    name: str
    role: str | None
    designated: bool
    seat: str | None


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in, and the surfaces and languages it is offered on; none named means all."""

    key: str
    name: str
    surfaces: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """One row of the plan: for whom, on which channel, how fast, how binding."""

    key: str
    metric: str
    severity: str | None
    requester: str
    channels: tuple[str, ...]
    within: timedelta
    calendar: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Phrase:
    """A choice of the rubric: its key, and what it says."""

    key: str
    says: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder: at which per cent of the promise which roles are told."""

    percent: int
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that a version of a plan promises, and to whom."""

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

    def target(self, key: str) -> Target:
        """Return the target with this key. Raises KeyError for an unknown one."""
        return {target.key: target for target in self.targets}[key]
