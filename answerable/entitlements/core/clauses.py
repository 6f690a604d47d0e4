"""The clauses of a plan beside its targets: rubric, ladder, pauses, remedies and more. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


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
class PauseRule:
    """In which state of a ticket which clocks stand still, and for how long at the most.

    `state` is what it waits for: "waiting" for its customer, or a hold's "vendor",
    "third_party" or "scheduled". No metric named means those that may pause at all.
    """

    state: str
    metrics: tuple[str, ...]
    at_most: timedelta | None = None
    needs_reason: bool = False
    needs_message: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """What stops a response clock.

    Never: an automatic reply, a note, a change of state, a merge note, a mail that was not
    accepted or that bounced. `by`: "agent" (any) or "assignee" (the one who has the ticket).
    """

    by: str = "agent"
    calls: bool = True
    voicemail: bool = False
    bulk: bool = True
    connected_seconds: int = 0


@dataclass(frozen=True, slots=True)
class ExceptionRule:
    """What may excuse a miss, in public words (domain.md c.10)."""

    code: str
    says: str
    needs_evidence: bool = True
    decided_by: str = "lead"
    appealable: bool = True


@dataclass(frozen=True, slots=True)
class Reclassification:
    """Whether and how a severity may change after it was set (domain.md c.5)."""

    customer_until: str = "created"  # created, assigned, always or never
    vendor_may: str = "both"  # up, down, both or neither
    needs_reason: bool = True
    upgrade_from: str = "start"  # the new time counts from the start, or from the change
    downgrade_from: str = "start"


@dataclass(frozen=True, slots=True)
class Naming:
    """How many people of a customer a contract may name, and who changes them (domain.md c.3).

    `most` is None for no limit. `by`: "customer" lets their Super Admins do it; "vendor" us.
    """

    most: int | None = None
    by: str = "vendor"


@dataclass(frozen=True, slots=True)
class Moves:
    """What a new version does with what is open: nothing, or moves it."""

    open_tickets: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """From a share of promises kept downwards: what is credited."""

    below: float
    percent: float


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a vendor owes for misses, and how it is claimed (domain.md c.17).

    `measure`: "missed" (a count), "kept" (a share, with bands) or "minutes_over". `window`:
    "month", "quarter" or "term"; quarters begin in `fiscal_start`, a month. Credits are per
    cent of the support fee, or days added to the term for each `per` over.
    """

    key: str
    measure: str
    metrics: tuple[str, ...]
    window: str = "month"
    fiscal_start: int = 1
    more_than: int = 0
    percent: float = 0.0
    days: float = 0.0
    per: timedelta | None = None
    bands: tuple[Band, ...] = ()
    cap_percent: float | None = None
    claim_within: timedelta | None = None
    answer_within: timedelta | None = None
    severities: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A case that the plan must get right: publishing runs it.

    `start` is a wall time with its zone ("2026-03-06 16:45 Europe/Berlin"); `due` is one too,
    or "none" where nothing is promised. `requester` names a class of the plan, "stranger" is
    somebody whom nobody knows, and nothing named is a contact who is in no class. `kind`, when
    given, must be that of the promise as well.
    """

    says: str
    start: str
    due: str
    metric: str = "first_response"
    requester: str = ""
    severity: str = ""
    channel: str = ""
    language: str = ""
    environment: str = ""
    product: str = ""
    kind: str = ""
