"""A month of a call centre in our order and first come, first served, with the same staff."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.call_log import Log, read_log
from bench.desk_model import Ended, first_come, least_slack, run
from bench.measure import Figure, arguments, quantile, report, say

# What each class is promised, in seconds. The best customers are 2; 0 were not known.
PROMISES = {2: 60.0, 1: 180.0, 0: 600.0}
CLASSES = {2: "promised 1 minute", 1: "promised 3 minutes", 0: "promised 10 minutes"}


def main(argv: Sequence[str]) -> None:
    """Replay the log once for each order."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--log", type=Path, metavar="FILE", help="the log, compressed by gzip")
    options = parser.parse_args(argv)
    if options.log is None:
        say("routing: name a log with --log FILE.")
        return
    log = read_log(options.log)
    say(f"{len(log.callers):,} callers, {len({one.agent for one in log.stretches})} agents.")
    orders = {
        "First come": first_come,
        "Least slack": least_slack(PROMISES, by_skill=False),
        "Least slack, by skill": least_slack(PROMISES, by_skill=True),
    }
    figures = as_it_was(log)
    for name, order in orders.items():
        figures += figures_of(name, run(log.callers, log.stretches, order))
    report("routing", figures, options.json)


def as_it_was(log: Log) -> list[Figure]:
    """Return how the real centre did, which let its best customers pass others."""
    return [
        Figure(
            f"As it was, {CLASSES[key]}",
            "",
            _waits(log.waited[key], PROMISES[key], log.hung_up[key]),
            len(log.waited[key]) + log.hung_up[key],
        )
        for key in CLASSES
    ]


def figures_of(name: str, ended: Sequence[Ended]) -> list[Figure]:
    """Return how an order did: by class, and how many were helped by who knows their type."""
    figures = []
    for key, words in CLASSES.items():
        own = [one for one in ended if one.caller.priority == key]
        helped = [one.waited for one in own if one.agent]
        values = _waits(helped, PROMISES[key], len(own) - len(helped))
        figures.append(Figure(f"{name}, {words}", "", values, len(own)))
    helped_by = [one.was_known for one in ended if one.agent]
    everybody = [one.waited for one in ended if one.agent]
    known = {"helped by who knows it, %": 100 * sum(helped_by) / len(helped_by)}
    longest = {"longest wait, s": max(everybody)}
    gone = {"given up, %": 100 * (1 - len(everybody) / len(ended))}
    return [*figures, Figure(f"{name}, all", "", {**known, **longest, **gone}, len(ended))]


def _waits(helped: Sequence[float], promise: float, given_up: int) -> dict[str, float]:
    everybody = len(helped) + given_up
    return {
        "p50 s": quantile(helped, 0.5),
        "p90 s": quantile(helped, 0.9),
        "in time, %": 100 * sum(one <= promise for one in helped) / everybody,
        "given up, %": 100 * given_up / everybody,
    }
