"""Terms of a plan as the document that says them, for tests that make their plans of parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import timedelta
from typing import Any

from answerable.entitlements.core.calendars import CalendarTerms
from answerable.entitlements.core.calls import Calls
from answerable.entitlements.core.chat_policy import ChatPolicy
from answerable.entitlements.core.clauses import Naming, PauseRule, Reclassification, Response
from answerable.entitlements.core.durations import said
from answerable.entitlements.core.plan import Severity, Target, Terms
from answerable.entitlements.core.silence import Silence
from answerable.entitlements.core.survey import Survey

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def document_of(terms: Terms, **more: Any) -> dict[str, Any]:
    """Return the document of terms, but for examples, remedies and exceptions: those of Premium
    are about the rows that a test takes away. `more` is said as it is."""
    severities = {key: _severity(one) for key, one in terms.severities.items()}
    usual = set(severities) == {"business_critical", "standard"}
    return _said(
        {
            "key": terms.key,
            "name": terms.name,
            "languages": terms.languages,
            "prerequisite": _said({"tier": terms.tier, "products": sorted(terms.products)}),
            "calendars": {key: _calendar(one) for key, one in terms.calendars.items()},
            "requesters": {key: _named(one) for key, one in terms.requesters.items()},
            "channels": {key: _named(one) for key, one in terms.channels.items()},
            "severities": {} if usual else severities,
            "targets": [_target(one) for one in terms.targets],
            "triage": {
                "share": terms.triage_share,
                "rubric": [asdict(one) for one in terms.rubric],
                "not_critical": [asdict(one) for one in terms.not_critical],
            },
            "ladder": [{"at": step.percent, "tell": list(step.tell)} for step in terms.ladder],
            "handling": {
                severity: _length(length)
                for severity, length in terms.handling.items()
                if severity in terms.severities
            },
            "pauses": {rule.state: _pause(rule) for rule in terms.pauses},
            "response": _response(terms.response),
            "reclassification": _changed(terms.reclassification, Reclassification()),
            "designation": _changed(terms.naming, Naming()),
            "silence": _rules(terms.silence, Silence()),
            "survey": _rules(terms.survey, Survey()),
            "calls": _rules(terms.calls, Calls()),
            "chats": _said(_rules(terms.chats, ChatPolicy())),
            "reopen_window": _length(terms.reopen_window),
            **more,
        }
    )


def _target(row: Target) -> dict[str, Any]:
    told = {"within": f"{row.business_days} bd"} if row.business_days else {}
    if row.kept_share is not None:
        told["kept"] = f"{row.kept_share:.2%}"
    return _said(
        {
            "key": row.key,
            "metric": str(row.metric),
            "severity": row.severity,
            "requester": row.requester,
            "channels": row.channels,
            "languages": row.languages,
            "environments": row.environments,
            "products": row.products,
            "within": _length(row.within),
            "calendar": row.calendar,
            "kind": str(row.kind),
            "every": row.every,
            "starts": row.starts,
            **told,
        }
    )


def _severity(one: Severity) -> dict[str, Any]:
    told = {"default": one.is_default, "critical": one.is_critical}
    return _said({**_named(one), **told}, without=("is_default", "is_critical"))


def _calendar(one: CalendarTerms) -> dict[str, Any]:
    week = {
        day: [f"{begin}-{end}" for begin, end in hours]
        for day, hours in zip(DAYS, one.weekly, strict=True)
        if not one.always
    }
    return _said({"name": one.name, "zone": one.zone, "always": one.always, **week})


def _pause(rule: PauseRule) -> dict[str, Any]:
    longest = {"at_most": _length(rule.at_most)} if rule.at_most else {}
    return _said({**_named(rule, "state"), "at_most": None, **longest})


def _response(one: Response) -> dict[str, Any]:
    told = _changed(one, Response())
    seconds = told.pop("connected_seconds", None)
    return told | ({"connected": f"{seconds} s"} if seconds else {})


def _named(one: Any, *names: str) -> dict[str, Any]:
    """Return what a value says, by the names of its parts, but for its key."""
    return _said(asdict(one), without=("key", *names))


def _rules(one: Any, usual: Any) -> dict[str, Any]:
    """Return the rules that are not the usual ones, with lengths of time in words."""
    changed = _changed(one, usual)
    return {n: said(v) if isinstance(v, timedelta) else v for n, v in changed.items()}


def _changed(one: Any, usual: Any) -> dict[str, Any]:
    """Return what a value says that is not said by saying nothing."""
    names = [part.name for part in fields(one)]
    return {n: getattr(one, n) for n in names if getattr(one, n) != getattr(usual, n)}


def _said(values: Mapping[str, Any], without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what says something, with lists in the place of tuples."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if name not in without and value not in (None, "", (), [], {}, False)
    }


def _length(length: timedelta) -> str:
    return said(length)
