"""How much time a target allows, and what a "day" in it means. Pure.

What is a day differs between programmes (domain.md c.7, E70), so a target says it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from answerable.entitlements.core.durations import said
from answerable.entitlements.core.wrong import PlanError

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
DAYS = frozenset({"d", "bd"})
DAY = timedelta(days=1)
PART = re.compile(r"(\d{1,6})(bd|[smhd])", re.ASCII)


class Basis(StrEnum):
    """What a day of an allowance is."""

    ELAPSED = "24h"  # 24 hours of real time, whatever the opening hours
    BUSINESS_DAY = "business_day"  # until the same wall time on the next working day
    OFFICE_HOURS = "office_hours"  # 24 hours of open time


@dataclass(frozen=True, slots=True)
class Allowance:
    """Time that is allowed: days by their basis, then a length of open time.

    Only ELAPSED and BUSINESS_DAY have `days`: days of office hours are a length. Beside days of
    ELAPSED the length is real time too.
    """

    length: timedelta
    days: int = 0
    basis: Basis = Basis.OFFICE_HOURS

    def __str__(self) -> str:
        """How it is written: "4 h", "1 working day 4 h", "2 days"."""
        noun = "working day" if self.basis == Basis.BUSINESS_DAY else "day"
        days = f"{self.days} {noun}{'s' if self.days > 1 else ''}" if self.days else ""
        length = said(self.length) if self.length or not self.days else ""
        return f"{days} {length}".strip()

    @property
    def nominal(self) -> timedelta:
        """How long it is with 24 hours a day: what it is compared by, and nothing else."""
        return self.length + self.days * DAY


def read_allowance(words: str, basis: Basis | None = None) -> Allowance:
    """Return "30m", "1h30m", "2d", "1bd" or "1bd4h" as an allowance.

    "bd" are business days, whatever the basis; "d" are days by the basis. Raises PlanError
    when there are days without a basis, days of two kinds, and for anything else.
    """
    parts = _parts(words)
    units = {unit for _, unit in parts}
    if units >= DAYS:
        raise PlanError(f"{words!r} has days of two kinds. Write either d or bd.")
    if "d" in units and basis is None:
        raise PlanError(
            f'{words!r} does not say what a day is. Write day = "24h", "business_day" or '
            '"office_hours" beside it, or the time in hours.'
        )
    if "bd" in units:
        basis = Basis.BUSINESS_DAY
    if basis is None or basis == Basis.OFFICE_HOURS:
        return Allowance(_length(parts))
    days = sum(int(number) for number, unit in parts if unit in DAYS)
    rest = [(number, unit) for number, unit in parts if unit not in DAYS]
    return Allowance(_length(rest), days, basis if days else Basis.OFFICE_HOURS)


def _parts(words: str) -> list[tuple[str, str]]:
    """Return the numbers and units of a duration, which may have spaces between them."""
    parts = PART.findall(words)
    if parts and "".join(number + unit for number, unit in parts) == words.replace(" ", ""):
        return parts
    wrong = f"{words!r} is not a duration like 30m, 4h, 2d or 1bd."
    number = words.strip()
    if re.fullmatch(r"\d{1,6}", number, re.ASCII):
        wrong += f" It has no unit: write {number}m for minutes, {number}h for hours."
    raise PlanError(wrong)


def _length(parts: list[tuple[str, str]]) -> timedelta:
    return timedelta(seconds=sum(int(number) * UNITS[unit] for number, unit in parts))
