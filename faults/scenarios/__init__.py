"""Single faults with a known right answer. Each has an installation of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from faults.run import Line
from faults.scenarios import clock, database, disk, ports, supervisor
from faults.scenarios.trial import Trial

Say = Callable[[str], None]

SCENARIOS: Sequence[Callable[[Trial], None]] = (
    supervisor.everything_comes_back,
    supervisor.nothing_outlives_up,
    database.restarted_under_load,
    database.written_by_an_older_release,
    database.written_by_a_newer_release,
    ports.taken,
    disk.full,
    clock.set_forward_and_back,
)


def run_all(say: Say) -> list[Line]:
    """Try every scenario, and return what each came to."""
    return [_try(scenario, say) for scenario in SCENARIOS]


def _try(scenario: Callable[[Trial], None], say: Say) -> Line:
    trial = Trial((scenario.__doc__ or "").strip().rstrip("."))
    say(f"{trial.line.rule} …")
    try:
        scenario(trial)
    except Exception as error:  # One scenario that breaks must not hide the others.
        trial.line.findings.append(f"{type(error).__name__}: {error}")
    return trial.line
