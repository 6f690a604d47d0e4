"""What is known when a promise is decided: who asks, what was bought, how it came in. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.severities import opening_severity


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of time; no end means it goes on."""

    starts_at: datetime
    ends_at: datetime | None

    def covers(self, at: datetime) -> bool:
        """Say whether an instant lies in it; the end itself does not."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


@dataclass(frozen=True, slots=True)
class Runs:
    """A product that the customer runs at a tier."""

    product: str
    tier: str
    term: Term


@dataclass(frozen=True, slots=True)
class Bought:
    """A contract: the plan version that it follows, and when it holds.

    `since` is from when on it follows this version, for one that has followed several; None
    from its beginning.
    """

    contract: int
    version: int
    terms: Terms
    term: Term
    status: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the person and their company. A stranger has no role and no seat.

    `bought` has each version that a contract ever followed or will, in the order in which that
    was decided.
    """

    known: bool
    role: str | None
    seat: str | None
    designations: tuple[tuple[int, Term], ...]
    runs: tuple[Runs, ...]
    bought: tuple[Bought, ...]

    def products(self, at: datetime) -> tuple[str, ...]:
        """Return the products that their company runs at an instant, each once."""
        return tuple(dict.fromkeys(run.product for run in self.runs if run.term.covers(at)))

    def only_product(self, at: datetime) -> str:
        """Return the product that a request must be about, where a promise depends on it: the
        one that their company runs. "" where that is not one, or nothing depends on it."""
        rows = (target for bought in self.bought for target in bought.terms.targets)
        found = self.products(at) if any(row.products for row in rows) else ()
        return found[0] if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class Ask:
    """How the request arrives: by which channel, on which surface, in which language, when.

    Which environment and product it is about; "" where that is not known.
    `admitted`: it came from an address that nobody knew, and an agent said whose it is.
    `opens`: it comes in, so that `severity` is what was said of it, "" for nothing; each plan
    makes its own of that.
    """

    channel: str
    surface: str
    language: str
    severity: str
    at: datetime
    environment: str = ""
    product: str = ""
    admitted: bool = False
    opens: bool = False

    def under(self, terms: Terms) -> Ask:
        """Return the same with the severity that it has under a plan."""
        if not self.opens:
            return self
        found = opening_severity(terms, self.severity, self.environment)
        return replace(self, severity=found, opens=False)


def in_force(bought: Iterable[Bought], at: datetime) -> tuple[Bought, ...]:
    """Return for each contract the version that it follows at an instant: the last decided on
    of those that have begun; before any has, the first."""
    chosen: dict[int, Bought] = {}
    for one in bought:
        if one.contract not in chosen or one.since is None or one.since <= at:
            chosen[one.contract] = one
    return tuple(chosen.values())
