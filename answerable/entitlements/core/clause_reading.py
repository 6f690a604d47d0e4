"""Reads what may excuse a miss, and what is owed for one, from a plan's document. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TypeVar

from answerable.entitlements.core.clauses import Band, ExceptionRule, Remedy
from answerable.entitlements.core.plan import Metric
from answerable.entitlements.core.rows import Row

Clause = TypeVar("Clause")
Duration = Callable[[str], timedelta]
LONGEST_KEY = 40
DECIDERS = ("agent", "lead", "administrator")
MEASURES = ("missed", "kept", "minutes_over")
WINDOWS = ("month", "quarter", "term")


def read_exceptions(plan: Row) -> tuple[ExceptionRule, ...]:
    """Return the exceptions of a plan. Raises PlanError, as all of these do."""
    rows = plan.rows("exceptions")
    return tuple(_once(rows, "code", [_exception(row) for row in rows], lambda r: r.code))


def read_remedies(plan: Row, duration: Duration) -> tuple[Remedy, ...]:
    """Return the remedies of a plan; `duration` reads lengths of time."""
    rows = plan.rows("remedies")
    read = [_remedy(row, duration) for row in rows]
    return tuple(_once(rows, "key", read, lambda r: r.key))


def _exception(row: Row) -> ExceptionRule:
    rule = ExceptionRule(
        code=row.text("code", most=LONGEST_KEY),
        says=row.text("says"),
        needs_evidence=_yes(row, "needs_evidence", default=True),
        decided_by=_one_of(row, "decided_by", DECIDERS, "lead"),
        appealable=_yes(row, "appealable", default=True),
    )
    row.end()
    return rule


def _remedy(row: Row, duration: Duration) -> Remedy:
    remedy = Remedy(
        key=row.text("key", most=LONGEST_KEY),
        measure=_one_of(row, "measure", MEASURES),
        metrics=_metrics(row),
        window=_one_of(row, "window", WINDOWS, "month"),
        fiscal_start=_whole(row, "fiscal_start", 1),
        more_than=_whole(row, "more_than", 0),
        percent=row.number("percent", 0),
        days=row.number("days", 0),
        per=_length(row, "per", duration),
        bands=tuple(_band(band) for band in row.rows("bands")),
        cap_percent=row.number("cap_percent") if "cap_percent" in row.names() else None,
        claim_within=_length(row, "claim_within", duration),
        answer_within=_length(row, "answer_within", duration),
        severities=row.texts("severities"),
        says=row.text_or_none("says") or "",
    )
    row.end()
    _check(row, remedy)
    return remedy


def _check(row: Row, remedy: Remedy) -> None:
    """Refuse a remedy that could never owe anything, or that cannot be meant."""
    if not 1 <= remedy.fiscal_start <= 12:
        raise row.wrong("'fiscal_start' must be a month from 1 to 12.")
    if min(remedy.more_than, remedy.percent, remedy.days, remedy.cap_percent or 0) < 0:
        raise row.wrong("A remedy owes nothing below 0.")
    if remedy.measure == "minutes_over" and not remedy.per:
        raise row.wrong("'per' must say for each how much time over, such as \"15m\".")
    if remedy.measure == "kept" and not remedy.bands:
        raise row.wrong("'bands' must say which share owes what.")
    if remedy.measure != "kept" and not remedy.percent and not remedy.days:
        raise row.wrong("'percent' or 'days' must say what is owed.")


def _band(row: Row) -> Band:
    band = Band(below=row.number("below"), percent=row.number("percent"))
    row.end()
    if not 0 < band.below <= 1 or not 0 < band.percent <= 100:
        raise row.wrong("'below' is a share up to 1, and 'percent' is more than 0 up to 100.")
    return band


def _metrics(row: Row) -> tuple[str, ...]:
    metrics = row.texts("metrics")
    unknown = [metric for metric in metrics if metric not in set(Metric)]
    if unknown or not metrics:
        raise row.wrong(f"'metrics' must name some of {', '.join(Metric)}.")
    return metrics


def _once(
    rows: Iterable[Row], name: str, read: list[Clause], key: Callable[[Clause], str]
) -> list[Clause]:
    seen: set[str] = set()
    for row, clause in zip(rows, read, strict=True):
        if key(clause) in seen:
            raise row.wrong(f"There are two with the {name} {key(clause)!r}.")
        seen.add(key(clause))
    return read


def _yes(row: Row, name: str, *, default: bool) -> bool:
    return row.yes(name) if name in row.names() else default


def _one_of(row: Row, name: str, known: tuple[str, ...], default: str | None = None) -> str:
    value = row.text(name, default)
    if value not in known:
        raise row.wrong(f"{name!r} must be one of {', '.join(known)}.")
    return value


def _whole(row: Row, name: str, default: int) -> int:
    value = row.number(name, default)
    if value != int(value):
        raise row.wrong(f"{name!r} must be a whole number.")
    return int(value)


def _length(row: Row, name: str, duration: Duration) -> timedelta | None:
    return duration(row.text(name)) if name in row.names() else None
