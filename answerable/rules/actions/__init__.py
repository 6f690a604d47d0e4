"""Everything that writes rules, lets them act, and tries them on the past."""

from __future__ import annotations

from answerable.rules.actions.following import follow_log
from answerable.rules.actions.forgetting import forget_runs
from answerable.rules.actions.keeping import (
    NotReady,
    begin_rule,
    keep_rule,
    lift_halts,
    move_rule,
    pause_rule,
    resume_rule,
    retire_rule,
    start_rule,
)
from answerable.rules.actions.telling import send_webhooks
from answerable.rules.actions.timing import look_at_time
from answerable.rules.actions.trying import begin_trial, go_on_with_trial
from answerable.rules.actions.undoing import NothingToUndo, take_back_run

__all__ = [
    "NotReady",
    "NothingToUndo",
    "begin_rule",
    "begin_trial",
    "follow_log",
    "forget_runs",
    "go_on_with_trial",
    "keep_rule",
    "lift_halts",
    "look_at_time",
    "move_rule",
    "pause_rule",
    "resume_rule",
    "retire_rule",
    "send_webhooks",
    "start_rule",
    "take_back_run",
]
