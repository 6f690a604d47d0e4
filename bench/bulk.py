"""A reply to 5,000 tickets and an act on 10,000: how long, and the worker killed meanwhile."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType

from bench.browser import Browser
from bench.filling import fill
from bench.installation import (
    Installation,
    NotReady,
    Process,
    answers,
    free_port,
    throwaway,
    wait_for,
)
from bench.measure import Figure, arguments, report, say, single, spread
from faults.relay import Relay

LONGEST = 3_600.0
LOOK_SECONDS = 0.5
KILLED_AT = (0.3, 0.6)  # of what is to be done


@dataclass(slots=True)
class Run:
    """An installation with its worker, which is killed now and then."""

    installation: Installation
    browser: Browser
    scene: ModuleType
    worker: Process
    kills: int = 0

    def kill(self) -> None:
        """Kill the worker in whatever it does, and start it again."""
        self.worker.kill()
        self.worker = self.installation.start("work")
        self.kills += 1

    def watched(self, total: int, done: Callable[[], int], page: str = "") -> _Seen:
        """Wait until all is done, kill the worker twice meanwhile, and look at the page."""
        seen, waits = _Seen(), list(KILLED_AT)
        begun = time.monotonic()
        while (count := done()) < total:
            if waits and count >= total * waits[0]:
                waits.pop(0)
                self.kill()
            if page:
                seen.pages.append(self._looked(page))
            if time.monotonic() - begun > LONGEST:
                raise NotReady(f"Only {count} of {total} after {LONGEST:.0f} s.")
            time.sleep(LOOK_SECONDS)
        seen.seconds = time.monotonic() - begun
        return seen

    def _looked(self, page: str) -> float:
        begun = time.monotonic()
        answer = self.browser.get(page)
        if answer.status != 200:
            raise NotReady(f"{page} answered {answer.status}.")
        return (time.monotonic() - begun) * 1000


@dataclass(slots=True)
class _Seen:
    """How long it took, and how long its page each time."""

    seconds: float = 0.0
    pages: list[float] = field(default_factory=list)


def main(argv: Sequence[str]) -> None:
    """Reply to many, act on many, take it back; then look at every ticket."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--replies", type=int, default=5_000, help="tickets of the incident")
    parser.add_argument("--acts", type=int, default=10_000, help="tickets to be assigned")
    options = parser.parse_args(argv)
    smtp = free_port()
    with throwaway(settings={"ANSWERABLE_MAIL_URL": f"smtp://127.0.0.1:{smtp}"}) as ours:
        relay = Relay(smtp, ours.folder / "sink.jsonl", 1, is_calm=True)
        ours.started.append(relay.start())
        # Some of them have the one already to whom they would be assigned.
        run = _open(ours, max(options.replies, options.acts) * 5 // 4 + 500)
        figures, wrong = _replying(run, options.replies, relay.record)
        more, also = _acting(run, options.acts)
    figures += [*more, single("The worker was killed", run.kills, "times")]
    report("bulk", figures, options.json)
    for line in [*wrong, *also][:20]:
        say(f"  wrong: {line}")
    say("Each ticket once." if not (wrong or also) else f"{len(wrong) + len(also)} are wrong.")


def _open(installation: Installation, tickets: int) -> Run:
    installation.use()
    ana, _dana = import_module("bench.people").agent_and_contact()
    say(f"Filling in {tickets:,} tickets …")
    fill(installation.server.url(), tickets=tickets, unresolved=tickets)
    port = free_port()
    installation.start("web", "--port", str(port))
    wait_for("the pages", answers(port))
    worker = installation.start("work")
    return Run(installation, Browser(port, ana), import_module("bench.bulk_scene"), worker)


def _replying(run: Run, count: int, record: Path) -> tuple[list[Figure], list[str]]:
    say(f"One reply to {count:,} tickets …")
    begun = time.monotonic()
    bulk = run.scene.send_reply(count)
    drafted = time.monotonic() - begun
    page = f"/desk/incidents/replies/{bulk}/"
    seen = run.watched(count, lambda: int(run.scene.replied(bulk)), page)
    wait_for("the mails", lambda: run.scene.mailed() >= count, LONGEST)
    accepted = _accepted(record)
    again = sum(times - 1 for times in accepted.values())
    figures = [
        single(f"One reply drafted for {count:,} tickets", drafted, "s"),
        single(f"One reply written on {count:,} tickets, worker killed", seen.seconds, "s"),
        single("  and their mails accepted, from the beginning", time.monotonic() - begun, "s"),
        single("  of these accepted once more, after a kill", again, "mails"),
        spread("  its page meanwhile", seen.pages, "ms"),
    ]
    return figures, run.scene.wrong_replies(bulk, accepted)


def _acting(run: Run, count: int) -> tuple[list[Figure], list[str]]:
    say(f"{count:,} tickets assigned, and taken back …")
    act = run.scene.begin_act(count)
    count = int(run.scene.total_of(act))
    done = run.watched(count, lambda: int(run.scene.dealt_with(act)), f"/desk/bulk/{act}/")
    wrong = run.scene.wrong_acts(act, "assigned")
    back = run.scene.take_back()
    undone = run.watched(count, lambda: int(run.scene.dealt_with(back)), f"/desk/bulk/{back}/")
    figures = [
        single(f"{count:,} tickets assigned, worker killed", done.seconds, "s"),
        single(f"{count:,} tickets taken back, worker killed", undone.seconds, "s"),
        spread("  their progress meanwhile", [*done.pages, *undone.pages], "ms"),
    ]
    return figures, [*wrong, *run.scene.wrong_acts(back, "undone")]


def _accepted(record: Path) -> Counter[str]:
    """Return how often the outgoing server accepted each mail."""
    lines = [json.loads(line) for line in record.read_text().splitlines()]
    return Counter(line["id"] for line in lines if "id" in line)
