"""Reads the clauses of a plan beside its targets and calendars. Pure."""

from __future__ import annotations

from datetime import timedelta

from answerable.entitlements.core.clauses import (
    Band,
    Example,
    ExceptionRule,
    Naming,
    PauseRule,
    Phrase,
    Reclassification,
    Remedy,
    Response,
    Step,
)
from answerable.entitlements.core.plan import PLANNED, Metric, Severity
from answerable.entitlements.core.rows import LONGEST_KEY, Row

LONGEST_DEFINITION = 2000
SET_BY = ("customer", "vendor", "both")
ANSWERED_BY = ("agent", "assignee")
NAMED_BY = ("customer", "vendor")
DECIDED_BY = ("agent", "lead", "administrator")
CUSTOMER_UNTIL = ("created", "assigned", "always", "never")
VENDOR_MAY = ("up", "down", "both", "neither")
COUNTED_FROM = ("start", "change")
MEASURES = ("missed", "kept", "minutes_over")
WINDOWS = ("month", "quarter", "term")
# What a plan has that names no severities: a claim that an agent confirms, and the rest.
TWO = {
    "business_critical": Severity(
        key="business_critical",
        name="business-critical",
        rank=1,
        needs=("impact",),
        set_by="both",
        is_critical=True,
    ),
    "standard": Severity(key="standard", name="standard", rank=2, is_default=True),
}


def read_severities(plan: Row) -> dict[str, Severity]:
    """Return the severities by key; the two that every desk has when none is named."""
    rows = plan.named("severities", optional=True)
    return {key: _severity(key, row) for key, row in rows.items()} or TWO


def _severity(key: str, row: Row) -> Severity:
    severity = Severity(
        key=key,
        name=row.text("name", key),
        rank=row.whole("rank"),
        definition=row.text_or_none("definition", most=LONGEST_DEFINITION) or "",
        examples=row.texts("examples"),
        not_examples=row.texts("not_examples"),
        needs=row.texts("needs"),
        set_by=row.one_of("set_by", SET_BY, "customer"),
        production_only=row.yes("production_only"),
        is_default=row.yes("default"),
        is_critical=row.yes("critical"),
    )
    row.end()
    return severity


def read_triage_share(triage: Row) -> float:
    """Return which part of a claim's promise its decision may take: 0.5, or "50%"."""
    if triage.is_text("share"):
        return triage.share("share") or 0.0
    return triage.number("share", 0.5)


def read_phrases(triage: Row, key: str) -> tuple[Phrase, ...]:
    """Return the choices of the rubric."""
    phrases = []
    for row in triage.rows(key):
        phrases.append(Phrase(row.text("key", most=LONGEST_KEY), row.text("says")))
        row.end()
    return tuple(phrases)


def read_step(row: Row) -> Step:
    """Return a step of the ladder."""
    step = Step(percent=row.whole("at"), tell=row.texts("tell"))
    if not step.tell:
        row.note("tell", "'{key}' must name whom it tells.")
    row.end()
    return step


def read_handling(row: Row) -> dict[str, timedelta]:
    """Return how long a reply to each severity usually takes."""
    usual = {severity: row.length(severity) for severity in row.names()}
    row.end()
    return usual


def read_pauses(plan: Row) -> tuple[PauseRule, ...]:
    """Return which clocks stand still in which state of a ticket."""
    return tuple(
        _pause(state, row) for state, row in plan.named("pauses", optional=True).items()
    )


def _pause(state: str, row: Row) -> PauseRule:
    rule = PauseRule(
        state=state,
        metrics=_metrics(row),
        at_most=row.length_or_none("at_most"),
        needs_reason=row.yes("needs_reason"),
        needs_message=row.yes("needs_message"),
    )
    row.end()
    return rule


def read_response(row: Row) -> Response:
    """Return what stops a response clock."""
    usual = Response()
    response = Response(
        by=row.one_of("by", ANSWERED_BY, usual.by),
        calls=row.yes("calls", usual.calls),
        voicemail=row.yes("voicemail", usual.voicemail),
        bulk=row.yes("bulk", usual.bulk),
        connected_seconds=_seconds(row, "connected"),
    )
    row.end()
    return response


def _seconds(row: Row, key: str) -> int:
    return int((row.length_or_none(key) or timedelta(0)).total_seconds())


def read_exception(row: Row) -> ExceptionRule:
    """Return what may excuse a miss."""
    rule = ExceptionRule(
        code=row.text("code", most=LONGEST_KEY),
        says=row.text("says"),
        needs_evidence=row.yes("needs_evidence", True),
        decided_by=row.one_of("decided_by", DECIDED_BY, "lead"),
        appealable=row.yes("appealable", True),
    )
    row.end()
    return rule


def read_reclassification(row: Row) -> Reclassification:
    """Return whether and how a severity may change after it was set."""
    usual = Reclassification()
    rules = Reclassification(
        customer_until=row.one_of("customer_until", CUSTOMER_UNTIL, usual.customer_until),
        vendor_may=row.one_of("vendor_may", VENDOR_MAY, usual.vendor_may),
        needs_reason=row.yes("needs_reason", usual.needs_reason),
        upgrade_from=row.one_of("upgrade_from", COUNTED_FROM, usual.upgrade_from),
        downgrade_from=row.one_of("downgrade_from", COUNTED_FROM, usual.downgrade_from),
    )
    row.end()
    return rules


def read_naming(row: Row) -> Naming:
    """Return how many people a contract may name, and who changes them."""
    usual = Naming()
    naming = Naming(
        most=row.whole("most") if "most" in row.names() else usual.most,
        by=row.one_of("by", NAMED_BY, usual.by),
    )
    row.end()
    return naming


def read_remedy(row: Row) -> Remedy:
    """Return what is owed for misses. Credits are written as shares, and kept as per cent."""
    remedy = Remedy(
        key=row.text("key", most=LONGEST_KEY),
        measure=row.one_of("measure", MEASURES),
        metrics=_measured(row),
        window=row.one_of("window", WINDOWS, "month"),
        fiscal_start=row.whole("fiscal_start", 1),
        more_than=row.whole("more_than", 0),
        percent=_percent(row, "credit"),
        days=row.number("days", 0.0),
        per=row.length_or_none("per"),
        bands=tuple(map(_band, row.rows("bands"))),
        cap_percent=_percent(row, "cap") or None,
        claim_within=row.length_or_none("claim_within"),
        answer_within=row.length_or_none("answer_within"),
        severities=row.texts("severities"),
        says=row.text_or_none("says") or "",
    )
    row.end()
    return remedy


def _band(row: Row) -> Band:
    row.need("below")
    band = Band(below=row.share("below") or 0.0, percent=_percent(row, "credit"))
    row.end()
    return band


def _percent(row: Row, key: str) -> float:
    return round((row.share(key) or 0.0) * 100, 6)


def _measured(row: Row) -> tuple[str, ...]:
    metrics = _metrics(row)
    if not metrics:
        row.note("metrics", "'{key}' must name what is measured.")
    return metrics


def _metrics(row: Row) -> tuple[str, ...]:
    metrics = row.texts("metrics")
    for number, metric in enumerate(metrics):
        if metric not in PLANNED:
            path = (*row.path, "metrics", number)
            pattern = "In {place}: nothing is measured by the name '{metric}'."
            row.findings.unknown(
                path, pattern, metric, list(PLANNED), place=row.place, metric=metric
            )
    return metrics


def read_example(row: Row) -> Example:
    """Return a case that the plan must get right."""
    example = Example(
        says=row.text("says"),
        start=row.text("start"),
        due=row.text("due"),
        metric=row.text("metric", Metric.FIRST_RESPONSE),
        **{name: row.text_or_none(name) or "" for name in OF_REQUEST},
    )
    row.end()
    return example


OF_REQUEST = (
    *("requester", "severity", "channel", "language", "environment", "product"),
    "kind",
)
