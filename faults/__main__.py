"""`bin/faults`: the command line of the fault run."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.measure import say
from faults import scenarios
from faults.report import as_json, tell
from faults.run import Plan, run

MAILS_A_MINUTE = 200


def main(arguments: Sequence[str] | None = None) -> int:
    """Do the run and the scenarios that were asked for; 1 when anything was found."""
    # Whoever ends the run ends all that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options = _parsed(arguments)
    if options.quick:
        options.kills, options.minutes = 20, 1.0
    plan = Plan(
        kills=options.kills,
        seconds=options.minutes * 60,
        seed=options.seed,
        mails=options.mails or int(options.minutes * MAILS_A_MINUTE),
        copies=options.copies,
        promise=options.promise,
    )
    result = run(plan, say, keep=options.keep, like=options.like) if options.kills else None
    checked = scenarios.run_all(say) if options.scenarios else []
    tell(plan, result, checked, say)
    if options.json:
        options.json.write_text(as_json(plan, result, checked))
    found = bool(result and result.found) or any(row.findings for row in checked)
    return 1 if found else 0


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/faults",
        description="Starts an installation of its own, sends mails, forms and replies, kills "
        "its processes at random, and looks whether anything was lost or done twice.",
    )
    parser.add_argument(
        "--kills", type=int, default=200, help="how many; 0 for scenarios alone"
    )
    parser.add_argument("--minutes", type=float, default=10.0, help="over how long")
    parser.add_argument(
        "--mails", type=int, default=0, help=f"how many; else {MAILS_A_MINUTE} a minute"
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed, another order")
    parser.add_argument("--copies", type=int, default=2, help="of mail, work and watch")
    parser.add_argument(
        "--promise", type=int, default=12, help="seconds of the shortest promise"
    )
    parser.add_argument("--quick", action="store_true", help="20 kills within a minute")
    parser.add_argument(
        "--scenarios",
        action="store_true",
        help="also: full disk, port taken, older and newer database, clock set",
    )
    parser.add_argument("--keep", action="store_true", help="leave the folder and its logs")
    parser.add_argument(
        "--like", type=Path, metavar="DIR", help="begin with a copy of this data folder"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the report here")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
