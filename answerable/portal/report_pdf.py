"""The report of a month as a PDF: tagged for screen readers, on A4, in its reader's language.

Typst sets it from `report.typ`. What is said comes as data, and is never read as markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import typst
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Customer
from answerable.lib import times
from answerable.portal.queries.report import Question, Report
from answerable.sla.misses import Said
from answerable.sla.report_words import severity_name
from answerable.sla.words import said

SHEET = Path(__file__).parent / "report.typ"


def pdf_of(report: Report, ask: Question, customer: Customer) -> bytes:
    """Return a report as a PDF, in the active language and zone."""
    inputs = {"data": json.dumps(_said(report, ask, customer), ensure_ascii=False)}
    try:
        # PDF for everybody (ISO 14289-1), which demands a letter for each character.
        return typst.compile(
            SHEET.read_bytes(), format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"]
        )
    except typst.TypstError:
        # A name has letters that no font here has: the rest is tagged all the same.
        return typst.compile(SHEET.read_bytes(), format="pdf", sys_inputs=inputs)


def _said(report: Report, ask: Question, customer: Customer) -> dict[str, object]:
    title = _("Report: {month}").format(month=ask.name)
    has_any = bool(report.tally.promises)
    nothing = _("No promises fell due in {month}.").format(month=ask.name)
    return {
        "language": translation.get_language() or "en",
        "title": title,
        "vendor": settings.ANSWERABLE_VENDOR,
        "customer": customer.name,
        "page": _("Page"),
        "final": _final(report),
        "kept": _kept(report) if has_any else nothing,
        "few": _few(report),
        "best_effort": _best_effort(report.unpromised),
        "heads": _heads(report),
        "rows": _rows(report),
        "missed_head": _("Missed promises"),
        "missed": [_miss(miss, report) for miss in report.misses],
        "none_missed": _("None was missed.") if has_any else "",
        "credits_head": _("Credits"),
        "credits": [[row.clause, row.period, row.owed, row.claim] for row in report.credits],
        "counting_head": _("How we count"),
        "counting": list(_counting()),
    }


def _heads(report: Report) -> list[str]:
    return [
        _("Kind"),
        *[count.name for count in report.total.counts],
        "%",
        _("95 % range"),
        _("Median reply"),
        _("9 of 10 within"),
    ]


def _rows(report: Report) -> list[list[str]]:
    return [
        [
            row.kind,
            *[str(count.number) for count in row.figures.counts],
            row.figures.percent,
            row.figures.range,
            row.figures.median,
            row.figures.nine_of_ten,
        ]
        for row in report.rows
    ]


def _final(report: Report) -> str:
    words = _("Up to now. Final on {date}.")
    return words.format(date=report.final_on) if report.final_on else ""


def _kept(report: Report) -> str:
    return _("Promises kept: {kept} of {all} ({percent})").format(
        kept=report.tally.met, all=report.tally.fell_due, percent=report.total.percent
    )


def _few(report: Report) -> str:
    if not report.total.is_few:
        return ""
    count = report.tally.fell_due
    words = ngettext(
        "{count} promise: read percentages with care.",
        "{count} promises: read percentages with care.",
        count,
    )
    return words.format(count=count)


def _best_effort(count: int) -> str:
    words = ngettext(
        "Best effort: {count} request, no promise.",
        "Best effort: {count} requests, no promise.",
        count,
    )
    return words.format(count=count)


def _miss(miss: Said, report: Report) -> dict[str, str]:
    clock, zone, now = miss.clock, timezone.get_current_timezone(), timezone.now()
    is_hidden = clock.ticket_id in report.hidden
    about = _("Private request") if is_hidden else f"#{clock.ticket_id} {clock.ticket.subject}"
    severity = severity_name(getattr(clock, "severity", clock.ticket.severity))
    due = _("due {time}").format(time=times.moment(clock.due_at, now, zone))
    parts = [about, severity, f"{due}, {_answered(miss)}"]
    return {"what": " · ".join(parts), "says": "" if is_hidden else _comment(miss)}


def _answered(miss: Said) -> str:
    clock, zone = miss.clock, timezone.get_current_timezone()
    if not clock.answered_at:
        return _("not answered yet")
    return _("replied {time}, {late} late").format(
        time=times.moment(clock.answered_at, timezone.now(), zone),
        late=times.missed_by(clock.due_at, clock.answered_at),
    )


def _comment(miss: Said) -> str:
    parts = []
    if miss.is_excused and miss.excuse:
        words = _("Excused: {says} ({name}). {words}")
        excuse = miss.excuse
        parts.append(
            words.format(says=said(excuse.says), name=excuse.agent.name, words=excuse.words)
        )
    comment = miss.comment
    parts.append(
        f"“{comment.words}” ({comment.agent.name})" if comment else _("No comment yet.")
    )
    return " ".join(parts)


def _counting() -> Iterator[str]:
    yield _(
        "A promise is a guarantee. It counts in the month in which it falls due, by the "
        "vendor's calendar."
    )
    yield _(
        "Kept: the outgoing server had accepted the reply at the due time or before. Missed: "
        "it had not."
    )
    yield _(
        "Excused: missed, and an exception of the plan was recorded with evidence. It stays "
        "out of what was kept: no excuse makes the percentage better."
    )
    yield _("The vendor reads the same figures.")
