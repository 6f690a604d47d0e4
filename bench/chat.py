"""From what somebody says in a chat to the other side's screen, with thousands of pages open,
and what is left of it when a web process is killed.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import uvloop

from bench import chat_costs
from bench.chat_costs import Reading
from bench.chat_pages import Page, agent_page, customer_page
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

SHARES = (50, 95, 99)
PATIENCE = 60.0
# How many pages come at once, so that nobody is turned away at the door.
COME_AT_ONCE = 100
# How many lines somebody says before the other side does.
LINES = (1, 1, 1, 2, 2, 3)


def main(argv: Sequence[str]) -> None:
    """Open pages, talk, kill a process if that is asked for, and compare what each side has."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--visitors", type=int, default=5000, help="customers' open pages")
    parser.add_argument("--agents", type=int, default=200, help="agents, each in a chat")
    parser.add_argument("--rate", type=float, default=100.0, help="messages a second, in all")
    parser.add_argument("--seconds", type=float, default=30.0, help="how long they talk")
    parser.add_argument("--quiet", type=float, default=10.0, help="how long nobody talks first")
    parser.add_argument("--webs", type=int, default=2, help="web processes")
    parser.add_argument("--kill", action="store_true", help="kill one of them in the middle")
    parser.add_argument("--like", type=Path, help="the data folder of an empty installation")
    options = parser.parse_args(argv)
    with throwaway(like=options.like) as installation:
        figures = _measured(installation, options)
    report("chat", figures, options.json)


def _measured(installation: Installation, options: Namespace) -> list[Figure]:
    installation.use()
    import_module("bench.people").agent_and_contact()
    people: Any = import_module("bench.chat_people")
    say("People come …")
    waiting = options.visitors - options.agents
    talks = people.talks(options.agents, waiting, options.agents)
    ports = [free_port() for _ in range(options.webs)]
    webs = [
        installation.start("web", "--port", str(port), name=f"web-{port}") for port in ports
    ]
    for port in ports:
        wait_for("the pages", answers(port))
    hall = Hall(talks, ports, dict(zip(ports, webs, strict=True)), installation.server.pid)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(hall.run(options))
    active = [talk.chat for talk in talks if talk.cookies]
    return hall.figures(people.said(active))


@dataclass(slots=True)
class Hall:
    """Everybody's pages, what was said in them, and when it was shown to whom."""

    talks: Sequence[Any]
    ports: list[int]
    webs: dict[int, Process]
    database: int
    customers: list[Page] = field(default_factory=list)
    agents: list[Page] = field(default_factory=list)
    sent: dict[str, tuple[Page, float]] = field(default_factory=dict)
    shown: Counter[tuple[str, int]] = field(default_factory=Counter)
    delays: list[float] = field(default_factory=list)
    opening: float = 0.0
    costs: list[Reading] = field(default_factory=list)
    _places: Iterator[int] = field(default_factory=itertools.count)

    def port(self) -> int:
        """Return a port that somebody answers at, as a proxy before them would."""
        living = [port for port in self.ports if self.webs[port].alive()]
        return living[next(self._places) % len(living)]

    def show(self, page: Page, data: str, at: float) -> None:
        """Note that a page shows something that somebody said."""
        for mark in _marks(data):
            self.shown[mark, id(page)] += 1
            writer, begun = self.sent.get(mark, (page, at))
            if writer is not page:
                self.delays.append((at - begun) * 1000)

    async def run(self, options: Namespace) -> None:
        """Let everybody come, talk for a while, and wait until all is shown."""
        for talk in self.talks:
            about = (talk.chat, talk.key)
            self.customers.append(customer_page(*about, talk.bearer, self.port, self.show))
            if talk.cookies:
                self.agents.append(agent_page(*about, talk.cookies, self.port, self.show))
        pages = [*self.customers, *self.agents]
        begun = time.monotonic()
        tasks = await self._come(pages)
        self.opening = time.monotonic() - begun
        say(f"{len(pages)} pages are open after {self.opening:.0f} s.")
        self._read_costs()
        await asyncio.sleep(options.quiet)
        self._read_costs()
        say("They talk …")
        await self._talk(options)
        await _until("what was said to be shown", self._all_shown)
        self._read_costs()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _come(self, pages: Sequence[Page]) -> list[asyncio.Task[None]]:
        tasks = []
        for first in range(0, len(pages), COME_AT_ONCE):
            some = pages[first : first + COME_AT_ONCE]
            tasks += [asyncio.create_task(page.stay()) for page in some]
            await _until("pages to open", partial(_are_open, some))
        return tasks

    async def _talk(self, options: Namespace) -> None:
        """Let lines be said at an even rate, each chat in its own order."""
        chance = random.Random(6)  # noqa: S311  # The same talk each time.
        pairs = list(zip(self.agents, self.customers, strict=False))
        turns = [_speakers(pair, chance) for pair in pairs]
        busy: dict[int, asyncio.Task[None]] = {}
        begun, count = time.monotonic(), 0
        kill_at = options.seconds / 2 if options.kill else None
        while time.monotonic() - begun < options.seconds:
            if kill_at is not None and time.monotonic() - begun > kill_at:
                self.webs[self.ports[0]].kill()
                say("A web process is dead.")
                kill_at = None
            place = count % len(turns)
            before = busy.get(place)
            busy[place] = asyncio.create_task(self._line(next(turns[place]), count, before))
            count += 1
            await asyncio.sleep(max(0.0, begun + count / options.rate - time.monotonic()))
        await asyncio.gather(*busy.values())

    async def _line(self, page: Page, number: int, before: asyncio.Task[None] | None) -> None:
        if before:
            await before
        mark = f"m{number}e"
        self.sent[mark] = (page, time.monotonic())
        await page.write(f"bench-{os.getpid()}-{number}", f"Still the same: {mark}")

    def _all_shown(self) -> str:
        """Return how much of what was said is not on both sides yet; nothing when all is."""
        missing = 2 * len(self.sent) - len(self.shown)
        return f"{missing} are not shown." if missing > 0 else ""

    def _read_costs(self) -> None:
        self.costs.append(chat_costs.read(list(self.webs.values()), self.database))

    def _costs(self) -> list[Figure]:
        """Return what it took; nothing where a process was killed, whose share is unknown."""
        if not all(web.alive() for web in self.webs.values()):
            return []
        opened, quiet, over = self.costs
        return chat_costs.figures((opened, quiet), (quiet, over), len(self.sent))

    def figures(self, stored: dict[int, list[tuple[int, str]]]) -> list[Figure]:
        """Return what was measured; raises NotReady where anything was lost or came twice."""
        self._check(stored)
        comings = sum(page.comings for page in (*self.customers, *self.agents))
        return [
            spread("Sent, to the other side's screen", self.delays, "ms", SHARES),
            single("Messages, each stored and shown once on both sides", len(self.sent)),
            single("Open pages", len(self.customers) + len(self.agents)),
            single("Streams opened, with those that came back", comings),
            single("Until all pages were open", self.opening, "s"),
            *self._costs(),
            single("Load of the machine, one minute", os.getloadavg()[0]),
        ]

    def _check(self, stored: dict[int, list[tuple[int, str]]]) -> None:
        """Compare both sides with each other and with what is stored."""
        there = Counter(
            mark for lines in stored.values() for _, body in lines for mark in _marks(body)
        )
        if there != Counter(self.sent.keys()):
            raise NotReady("What is stored is not what was sent, each once.")
        if any(times != 1 for times in self.shown.values()):
            raise NotReady("Something was shown twice.")
        for agent, customer in zip(self.agents, self.customers, strict=False):
            whole = list(range(1, agent.last + 1))
            if agent.numbers != whole or customer.numbers != whole:
                raise NotReady(f"The sides of chat {agent.chat} differ, or have a gap.")


def _speakers(pair: tuple[Page, Page], chance: random.Random) -> Iterator[Page]:
    """Yield who says the next line: each side some, then the other."""
    while True:
        for page in reversed(pair):
            for _ in range(chance.choice(LINES)):
                yield page


def _marks(text: str) -> list[str]:
    found = text.partition('"html"')[0].partition("Still the same: ")[2]
    return [found.partition("e")[0] + "e"] if found else []


def _are_open(pages: Sequence[Page]) -> str:
    """Return why one of the pages is not open yet; nothing when all are."""
    closed = next((page for page in pages if not page.listening.is_set()), None)
    return f"{closed.stream}: {closed.trouble or 'nothing yet'}" if closed else ""


async def _until(what: str, lacks: Callable[[], str]) -> None:
    """Wait until nothing is lacking any more. Raises NotReady, which says what was."""
    until = time.monotonic() + PATIENCE
    while lack := lacks():
        if time.monotonic() > until:
            raise NotReady(f"Waited {PATIENCE:.0f} s for {what}. {lack}")
        await asyncio.sleep(0.05)
