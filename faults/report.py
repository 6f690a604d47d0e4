"""Tells what was done and found, in plain words, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from bench.measure import machine
from faults.run import Line, Plan, Result

Say = Callable[[str], None]
MOST_FINDINGS = 20


def tell(plan: Plan, result: Result | None, scenarios: Sequence[Line], say: Say) -> None:
    """Say everything that the run came to, the verdict last."""
    say("")
    if result:
        _tell_run(plan, result, say)
    if scenarios:
        say("Scenarios")
        _tell_lines(scenarios, say)
    findings = sum(len(line.findings) for line in scenarios)
    if result:
        findings += sum(len(line.findings) for line in result.lines)
        findings += len(result.broken) + sum(result.ended_alone.values())
        findings += bool(result.missing)
    say(machine())
    say("Verdict: nothing found." if not findings else f"Verdict: {findings} findings.")


def as_json(plan: Plan, result: Result | None, scenarios: Sequence[Line]) -> str:
    """Return all of it as JSON."""
    kept = {
        "machine": machine(),
        "plan": asdict(plan),
        "run": asdict(result) if result else None,
        "scenarios": [asdict(line) for line in scenarios],
    }
    return json.dumps(kept, indent=2, default=str) + "\n"


def _tell_run(plan: Plan, result: Result, say: Say) -> None:
    total = sum(result.killed.values())
    seconds = f"{result.seconds:.0f} s in all"
    did = f"{total} of {plan.kills} kills, {plan.mails} mails, {seconds}"
    say(f"Fault run: seed {plan.seed}, {did}")
    if result.missing:
        say(f"  FOUND  {result.missing} kills were not made: this machine is too slow for them")
    for name, times in sorted(result.killed.items()):
        say(f"  {times:4}  {name}")
    for what, times in sorted(result.counts.items()):
        say(f"  {times:4}  {what}")
    for name, times in sorted(result.ended_alone.items()):
        say(f"  FOUND  {name} ended by itself {times} times")
    for text in result.broken:
        say(f"  FOUND  {text}")
    say("Looked at")
    _tell_lines(result.lines, say)


def _tell_lines(lines: Sequence[Line], say: Say) -> None:
    for line in lines:
        say(f"  {'FOUND' if line.findings else 'good '}  {line.rule} ({line.cases} cases)")
        for note in line.notes:
            say(f"         {note}")
        for finding in line.findings[:MOST_FINDINGS]:
            say(f"         ! {finding}")
        if len(line.findings) > MOST_FINDINGS:
            say(f"         ! and {len(line.findings) - MOST_FINDINGS} more")
