"""What a report is asked for, read from its address and written into others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from urllib.parse import urlencode

from answerable.sla.core.counting import Standing
from answerable.sla.core.periods import Period, month, month_named
from answerable.sla.kept import GROUPED, Asked
from answerable.sla.report_words import month_name

LONGEST = 100
MONTHS_OFFERED = 24
MOST_PAGES = 10_000
FILTERS = ("account", "name", "plan", "severity", "metric")


@dataclass(frozen=True, slots=True)
class Question:
    """A month, what its promises are grouped by, and filters, as an address says them."""

    month: str
    by: str
    standing: str
    page: int
    zone: tzinfo
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> Asked:
        """The promises that are asked for."""
        return self.asked_in(0)

    def asked_in(self, months: int) -> Asked:
        """Return the same of another month, so many later."""
        said = self.filters
        year, number = month_named(self.month) or (2000, 1)
        return Asked(
            period=month(year, number + months, self.zone),
            customer=number_of(said.get("account", "")),
            account=said.get("name", ""),
            plan=number_of(said.get("plan", "")),
            severity=said.get("severity", ""),
            metric=said.get("metric", ""),
        )

    def query(self, **changes: object) -> str:
        """Return the query of an address with changes; what is empty is left out."""
        by = "" if self.by == "account" else self.by
        said = {"month": self.month, "by": by, **self.filters, "standing": self.standing}
        values = said | {name: "" if v is None else str(v) for name, v in changes.items()}
        return "?" + urlencode({name: value for name, value in values.items() if value})


def question(values: Mapping[str, str], now: datetime, zone: tzinfo) -> Question:
    """Return what an address asks for; what it says wrongly counts as left out."""
    said = {name: _clean(values.get(name, "")) for name in FILTERS}
    named, by, standing = (values.get(name, "") for name in ("month", "by", "standing"))
    return Question(
        month=named if month_named(named) else f"{now.astimezone(zone):%Y-%m}",
        by=by if by in GROUPED else "account",
        standing=standing if standing in set(Standing) else "",
        page=min(number_of(values.get("page", "")) or 0, MOST_PAGES),
        zone=zone,
        filters={name: value for name, value in said.items() if value},
    )


def months_offered(now: datetime, zone: tzinfo) -> list[tuple[str, str]]:
    """Return the keys and names of the last two years' months, the newest first."""
    local = now.astimezone(zone)
    periods = [month(local.year, local.month - back, zone) for back in range(MONTHS_OFFERED)]
    return [(month_key(period, zone), month_name(period, zone)) for period in periods]


def month_key(period: Period, zone: tzinfo) -> str:
    """Return “2025-10”."""
    return f"{period.begin.astimezone(zone):%Y-%m}"


def number_of(text: str) -> int | None:
    """Return a number from an address, or None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()[:LONGEST]
