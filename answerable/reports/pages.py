"""What the pages of reports show, and what each costs in queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.guards import AgentRequest
from answerable.accounts.models import Customer
from answerable.entitlements.core.plan import Kind
from answerable.entitlements.models import PlanVersion
from answerable.reports.asking import FILTERS, Question, months_offered
from answerable.reports.plot import plot_of
from answerable.reports.rows import heads, rows_of
from answerable.sla.core.counting import Tally
from answerable.sla.core.ledger import Outcome
from answerable.sla.kept import GROUPED, Promises
from answerable.sla.listed import listed_in
from answerable.sla.misses import appeals_waiting
from answerable.sla.report_words import (
    figure_words,
    metric_name,
    month_name,
    percent,
    severity_name,
)
from answerable.tickets.models import STANDARD

ROWS_A_PAGE = 100
MISSES_SHOWN = 50
APPEALS_SHOWN = 20


def frame(request: AgentRequest) -> dict[str, Any]:
    """Return what the frame of every page needs."""
    agent = request.agent
    return {"agent": agent, "single_keys": "on" if agent.single_keys else "off"}


def filters(ask: Question, at: datetime) -> dict[str, Any]:
    """Return what can be asked for, and what is. Two queries."""
    versions = list(PlanVersion.objects.select_related("plan"))
    customer = Customer.objects.filter(pk=ask.asked.customer or 0).first()
    words = {
        "account": _("by account"),
        "plan": _("by plan"),
        "severity": _("by severity"),
        "metric": _("by promise"),
    }
    return {
        "ask": ask,
        "month": month_name(ask.asked.period, ask.zone),
        "months": months_offered(at, ask.zone),
        "bys": [(by, words[by]) for by in GROUPED],
        "plans": sorted({(str(v.plan_id), v.plan.name) for v in versions}, key=_name),
        "severities": _named(_severities(versions), severity_name),
        "metrics": _named(_metrics(versions), metric_name),
        "customer": customer,
        "query": ask.query(standing=""),
        "clear": ask.query(standing="", **dict.fromkeys(FILTERS, "")),
        "all_accounts": ask.query(account=""),
    }


def promises_page(ask: Question, at: datetime) -> dict[str, Any]:
    """Return the figures of a month. A dozen queries, however many promises there are."""
    promises = Promises(ask.asked)
    total, before = promises.total(), Promises(ask.asked_in(-1)).total()
    lines = promises.lines(ask.by, page=ask.page, of=ROWS_A_PAGE + 1)
    misses = promises.that_are("").filter(outcome=Outcome.MISSED)
    return {
        "total": figure_words(total, digits=1),
        "tally": total.tally,
        "before": percent(before.tally.share, 1),
        "unfinished": _unfinished(ask, total.tally, at),
        "heads": heads(ask.by),
        "rows": rows_of(lines[:ROWS_A_PAGE], ask),
        "more": ask.query(page=ask.page + 1) if len(lines) > ROWS_A_PAGE else "",
        "fewer": ask.query(page=ask.page - 1 or "") if ask.page else "",
        "plot": plot_of(promises.shares_used()),
        "misses": list(listed_in(misses, of=MISSES_SHOWN)),
        "missed": total.tally.missed + total.tally.excused,
        "appeals": list(appeals_waiting()[:APPEALS_SHOWN]),
    }


def _unfinished(ask: Question, tally: Tally, at: datetime) -> str:
    """Return “October is not finished. 6 promises are still open.”, or nothing."""
    period = ask.asked.period
    if period.is_over(at):
        return ""
    name = dateformat.format(period.begin.astimezone(ask.zone), "F")
    words = ngettext(
        "{month} is not finished. {count} promise is still open.",
        "{month} is not finished. {count} promises are still open.",
        tally.open,
    )
    return words.format(month=name, count=tally.open)


def _severities(versions: Iterable[PlanVersion]) -> set[str]:
    named = {t.severity for version in versions for t in version.terms.targets if t.severity}
    return named | {STANDARD}


def _metrics(versions: Iterable[PlanVersion]) -> set[str]:
    targets = [target for version in versions for target in version.terms.targets]
    return {target.metric for target in targets if target.kind == Kind.GUARANTEE}


def _named(keys: Iterable[str], name: Callable[[str], str]) -> list[tuple[str, str]]:
    return sorted(((key, name(key)) for key in keys), key=_name)


def _name(pair: tuple[str, str]) -> str:
    return pair[1]
