"""The rows of the table of figures, in words, with an address behind each name and number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from answerable.reports.asking import Question
from answerable.sla.kept import GROUPED, Line
from answerable.sla.report_words import (
    FigureWords,
    figure_cells,
    figure_heads,
    figure_words,
    metric_name,
    severity_name,
)


@dataclass(frozen=True, slots=True)
class Row:
    """What a row is about, its figures, and the query that leaves only what it counts."""

    names: list[tuple[str, str]]
    figures: FigureWords
    query: str


def rows_of(lines: Sequence[Line], ask: Question) -> list[Row]:
    """Return the rows of the table."""
    return [
        Row(
            list(_names(line, ask)),
            figure_words(line.figures),
            ask.query(standing="", **_about(line, ask)),
        )
        for line in lines
    ]


def heads(by: str) -> list[str]:
    """Return what stands above the names of a row."""
    words = {
        "account": _("Account"),
        "plan": _("Plan"),
        "severity": _("Severity"),
        "metric": _("Promise"),
    }
    return [words[name] for name in GROUPED[by]]


def sheet_rows(lines: Sequence[Line], by: str) -> Iterator[list[object]]:
    """Return the rows of the table as they stand in a sheet."""
    for line in lines:
        named = _words(line)
        yield [*(named[name] for name in GROUPED[by]), *figure_cells(line.figures)]


def sheet_heads(by: str) -> list[str]:
    """Return what stands above them."""
    return [*heads(by), *figure_heads()]


def _words(line: Line) -> dict[str, str]:
    return {
        "account": line.account,
        "plan": line.plan_name,
        "severity": severity_name(line.severity),
        "metric": metric_name(line.metric),
    }


def _about(line: Line, ask: Question) -> dict[str, object]:
    """Return the filters that leave what the row counts."""
    values: dict[str, object] = {
        "account": line.customer,
        "plan": line.plan,
        "severity": line.severity,
        "metric": line.metric,
    }
    return {name: values[name] for name in GROUPED[ask.by]}


def _names(line: Line, ask: Question) -> Iterator[tuple[str, str]]:
    """Return each name with the address of the report about it alone."""
    words, about = _words(line), _about(line, ask)
    for name in GROUPED[ask.by]:
        query = ask.query(standing="", **{name: about[name]})
        yield words[name], reverse("reports:promises") + query
