"""What a plan must not say: terms that no clock could run on, or that fit nobody. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from answerable.entitlements.core.plan import PlanError, Target, Terms

METRICS = {"first_response"}
TOLD = {"on_duty", "agent", "lead", "administrator", "account_manager"}
FURTHEST_STEP = 1000


def check(terms: Terms) -> None:
    """Raise PlanError for terms that cannot be meant.

    A published plan is beyond this: it would keep its customers from sending anything.
    """
    _once("target", [target.key for target in terms.targets])
    _once("choice", [phrase.key for phrase in terms.rubric])
    _once("choice", [phrase.key for phrase in terms.not_critical])
    _once("step of the ladder", [f"{step.percent} %" for step in terms.ladder])
    for target in terms.targets:
        _target(terms, target)
    _ladder(terms)
    if not 0 < terms.triage_share <= 1:
        raise PlanError("The triage share must be more than 0 and at most 1.")


def _once(what: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise PlanError(f"There are two of {what} {key!r}.")
        seen.add(key)


def _target(terms: Terms, target: Target) -> None:
    name = f"Target {target.key!r}"
    if target.metric not in METRICS:
        raise PlanError(f"{name} measures nothing known: {target.metric}.")
    if target.calendar not in terms.calendars:
        raise PlanError(f"{name} names no known calendar: {target.calendar}.")
    if target.requester not in terms.requesters:
        raise PlanError(f"{name} is for nobody known: {target.requester}.")
    for channel in target.channels:
        if channel not in terms.channels:
            raise PlanError(f"{name} names no known channel: {channel}.")
    if target.within <= timedelta(0):
        raise PlanError(f"{name} must allow some time.")


def _ladder(terms: Terms) -> None:
    for step in terms.ladder:
        if not 0 <= step.percent <= FURTHEST_STEP:
            raise PlanError(f"A step must be at 0 to {FURTHEST_STEP} per cent.")
        for role in step.tell:
            if role not in TOLD:
                raise PlanError(f"The ladder tells nobody known: {role}.")
