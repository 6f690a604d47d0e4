"""Reads a row of the matrix: for whom, on which way in, how fast, how binding. Pure."""

from __future__ import annotations

from datetime import timedelta

from answerable.entitlements.core.allowance import Allowance, Basis, read_allowance
from answerable.entitlements.core.durations import ENTER, duration, plain, share
from answerable.entitlements.core.plan import PLANNED, Kind, Start, Target
from answerable.entitlements.core.rows import LONGEST_KEY, Row

NOTHING = Allowance(timedelta(0))


def read_target(row: Row) -> Target:
    """Return a row of the plan."""
    allowed = _allowance(row)
    target = Target(
        key=row.text("key", most=LONGEST_KEY),
        metric=row.one_of("metric", list(PLANNED)),
        severity=row.text_or_none("severity", most=LONGEST_KEY),
        requester=row.text("requester"),
        channels=row.texts("channels"),
        within=allowed.nominal,
        calendar=row.text("calendar"),
        kind=_kind(row),
        languages=row.texts("languages"),
        environments=row.texts("environments"),
        products=row.texts("products"),
        business_days=allowed.days if allowed.basis == Basis.BUSINESS_DAY else 0,
        elapsed_days=allowed.days if allowed.basis == Basis.ELAPSED else 0,
        due_soon=_due_soon(row, allowed.nominal),
        kept_share=row.share("kept"),
        every=row.yes("every"),
        starts=row.one_of("starts", list(Start), Start.CREATED),
    )
    row.end()
    return target


def _kind(row: Row) -> Kind:
    kind = row.one_of("kind", list(Kind))
    return Kind(kind) if kind in set(Kind) else Kind.AIM


def _allowance(row: Row) -> Allowance:
    row.need("within")
    day = row.one_of("day", list(Basis)) if "day" in row.names() else None
    basis = Basis(day) if day in set(Basis) else None
    found = row.parsed("within", lambda words: allowed(words, basis), None, such=f"{ENTER}.")
    return found or NOTHING


def allowed(words: str, basis: Basis | None) -> Allowance:
    """Return "4h", "1 working day" or, where `day` says what that is, "2 days" as an allowance.

    Raises PlanError for anything else.
    """
    return read_allowance(plain(words), basis)


def _due_soon(row: Row, within: timedelta) -> timedelta | None:
    return row.parsed(
        "due_soon",
        lambda words: share(words) * within if "%" in words else duration(words),
        None,
        such=f"{ENTER}, or a share like 20%.",
    )
