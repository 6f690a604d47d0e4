"""Tries rules on what happened lately: what they would have done, some tickets at a time.

Nothing is written but what came of it. A dead worker's trial goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.rules.actions.wire import wake_trial
from answerable.rules.core.reading import Rule as Says
from answerable.rules.core.reading import as_data, rule_of
from answerable.rules.models import Trial
from answerable.rules.replaying import Tried, lately, try_on

AT_ONCE = 250
LOOKS_BACK = timedelta(days=30)
MOST_SHOWN = 100


@transaction.atomic
def begin_trial(rules: Sequence[tuple[int, str, Says]], *, agent: Agent, at: datetime) -> Trial:
    """Begin to try rules, in their order, on the last 30 days; a job does it. Each is its
    number, its name and what it says."""
    trial = Trial.objects.create(
        asked_by=agent,
        asked_at=at,
        since=at - LOOKS_BACK,
        rules=[
            {"rule": number, "name": name, "says": as_data(says)}
            for number, name, says in rules
        ],
        total=lately(at - LOOKS_BACK).count(),
        found=[_nothing() for _rule in rules],
    )
    wake_trial(trial.pk)
    return trial


@transaction.atomic
def go_on_with_trial(number: int) -> bool:
    """Try the rules of a trial on its next tickets; return whether there are more."""
    trial = Trial.objects.select_for_update().filter(pk=number, ended_at=None).first()
    if trial is None:
        return False
    rules = [rule_of(row["says"]) for row in trial.rules]
    tickets = list(lately(trial.since).filter(pk__gt=trial.upto).order_by("pk")[:AT_ONCE])
    for tried in try_on(rules, tickets, since=trial.since, until=trial.asked_at):
        _add(trial.found[tried.rule], tried)
    trial.seen += len(tickets)
    if tickets:
        trial.upto = tickets[-1].pk
    if len(tickets) < AT_ONCE:
        trial.ended_at = trial.asked_at
        trial.seen = trial.total = max(trial.seen, trial.total)
    trial.save(update_fields=["found", "seen", "total", "upto", "ended_at"])
    return trial.ended_at is None


def _nothing() -> dict[str, Any]:
    return {"matched": 0, "tickets": 0, "unknown": 0, "last": 0, "shown": []}


def _add(found: dict[str, Any], tried: Tried) -> None:
    if tried.is_unknown:
        found["unknown"] += 1
        return
    found["matched"] += 1
    if found["last"] != tried.ticket:
        found["tickets"], found["last"] = found["tickets"] + 1, tried.ticket
        if len(found["shown"]) < MOST_SHOWN:
            found["shown"].append([tried.ticket, tried.at.isoformat()])
