"""From a stored message to the open pages of agents who read its ticket."""

from __future__ import annotations

import asyncio
import time
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from bench.filling import fill
from bench.installation import Installation, NotReady, answers, free_port, throwaway, wait_for
from bench.measure import arguments, report, say, spread
from bench.openpages import OpenPage

TICKETS, UNRESOLVED = 20_000, 2_000
SHARES = (50, 95, 99)
PATIENCE = 10.0
SHOWN_ROWS = 60


class Writing(Protocol):
    """What bench.writing has; loaded once settings are known."""

    def agents(self, count: int) -> list[str]: ...

    def write(self, ticket: int, mark: str) -> float: ...


def main(argv: Sequence[str]) -> None:
    """Open pages, store messages one after another, and see when each is shown."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--messages", type=int, default=200, help="how many are stored")
    parser.add_argument("--every", type=float, default=0.5, help="seconds between two")
    parser.add_argument("--agents", type=int, nargs="*", default=[1, 60], help="open pages")
    options = parser.parse_args(argv)
    with throwaway() as installation:
        writing, port = _open(installation)
        figures = []
        for agents in options.agents:
            say(f"{agents} open pages, {options.messages} messages …")
            delays = asyncio.run(_measure(writing, port, agents, options))
            name = f"Stored message to an agent's open page, {agents} open"
            figures.append(spread(name, delays, "ms", SHARES))
    report("stream", figures, options.json)


def _open(installation: Installation) -> tuple[Writing, int]:
    installation.use()
    import_module("bench.people").agent_and_contact()
    fill(installation.server.url(), tickets=TICKETS, unresolved=UNRESOLVED)
    port = free_port()
    installation.start("web", "--port", str(port))
    wait_for("the pages", answers(port))
    return cast(Writing, import_module("bench.writing")), port


async def _measure(writing: Writing, port: int, agents: int, options: Namespace) -> list[float]:
    """Return for each message the milliseconds from just before its commit to its page."""
    shown: dict[str, float] = {}
    stored: dict[str, float] = {}

    def show(text: str, at: float) -> None:
        for mark in [mark for mark in stored.keys() - shown.keys() if mark in text]:
            shown[mark] = at

    cookies = await asyncio.to_thread(writing.agents, agents)
    have = list(range(TICKETS - SHOWN_ROWS, TICKETS))
    pages = [
        OpenPage(port, cookie, TICKETS - 10 * number, have, show)
        for number, cookie in enumerate(cookies)
    ]
    tasks = [asyncio.create_task(page.stay()) for page in pages]
    await asyncio.gather(*(page.listening.wait() for page in pages))
    for number in range(options.messages):
        mark = f"mark-{agents}-{number}-end"
        stored[mark] = time.time() + PATIENCE
        ticket = pages[number % agents].ticket
        stored[mark] = await asyncio.to_thread(writing.write, ticket, mark)
        await asyncio.sleep(options.every)
    await _all_shown(stored, shown)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return [(shown[mark] - stored[mark]) * 1000 for mark in stored]


async def _all_shown(stored: dict[str, float], shown: dict[str, float]) -> None:
    until = time.monotonic() + PATIENCE
    while len(shown) < len(stored):
        if time.monotonic() > until:
            raise NotReady(f"{len(stored) - len(shown)} messages were never shown.")
        await asyncio.sleep(0.05)
