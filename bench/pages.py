"""What the pages cost with 1,000, 100,000 and 1,000,000 tickets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from statistics import median

from bench.browser import Browser, Page
from bench.filling import fill
from bench.installation import (
    Installation,
    NotReady,
    answers,
    free_port,
    throwaway,
    wait_for,
)
from bench.measure import Figure, arguments, report, say, spread

# How many there are, and how many of them are not resolved.
SIZES = ((1_000, 300), (100_000, 12_000), (1_000_000, 12_000), (1_000_000, 1_000_000))
# Filling is what these are for; reading does not depend on them.
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
WARM = 20
SHOWN = re.compile(r'data-number="(\d+)"')
PART = {"HX-Request": "true"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A page to measure: what it is called, whose browser opens it, and its addresses."""

    name: str
    browser: Browser
    addresses: Iterator[str]
    part: bool = False


def main(argv: Sequence[str]) -> None:
    """Fill, open every page many times, and report what the server took for each."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--requests", type=int, default=300, help="how often each is opened")
    parser.add_argument("--most", type=int, default=10**6, help="no more tickets than these")
    options = parser.parse_args(argv)
    figures: list[Figure] = []
    with throwaway(database=QUICK) as installation:
        browsers = _open(installation)
        for tickets, unresolved in SIZES:
            if tickets > options.most:
                continue
            say(f"Filling in {tickets:,} tickets, {unresolved:,} of them unresolved …")
            fill(installation.server.url(), tickets=tickets, unresolved=unresolved)
            of = f"{tickets:,} tickets, {unresolved:,} unresolved"
            for kind in _kinds(*browsers, tickets):
                figures.append(_measure(kind, of, options.requests))
                say(figures[-1].line())
    say("")
    report("pages", figures, options.json)


def _open(installation: Installation) -> tuple[Browser, Browser]:
    """Start the pages, and return an agent's browser and a customer's."""
    installation.use()
    ana, dana = import_module("bench.people").agent_and_contact()
    port = free_port()
    installation.start("web", "--port", str(port), DJANGO_SETTINGS_MODULE="bench.counted")
    wait_for("the pages", answers(port))
    return Browser(port, ana), Browser(port, dana)


def _kinds(agent: Browser, customer: Browser, tickets: int) -> list[Kind]:
    """The numbers go all over the tickets; each hundredth is our customer's."""

    def some(pattern: str, step: int = 1) -> Iterator[str]:
        numbers = (1 + (turn * 7919) % (tickets // step) for turn in count())
        return (pattern.format(step * number) for number in numbers)

    def same(address: str) -> Iterator[str]:
        return (address for _ in count())

    agent.close()
    have = ",".join(SHOWN.findall(agent.get("/desk/").text))
    rows = f"/desk/q/all/rows/?have={have}"
    return [
        Kind("Queue page", agent, same("/desk/")),
        Kind("Queue rows again, as an open page asks", agent, same(rows), part=True),
        Kind("Ticket page", agent, some("/desk/tickets/{}/")),
        Kind(
            "Ticket parts, as an open page asks", agent, some("/desk/tickets/{}/parts/"), True
        ),
        Kind("Request page", customer, same("/contact/")),
        Kind("My requests", customer, same("/requests/")),
        Kind("One request", customer, some("/requests/{}/", step=100)),
    ]


def _measure(kind: Kind, of: str, requests: int) -> Figure:
    kind.browser.close()  # The server has closed an idle line while tickets were filled in.
    opened = _opener(kind)
    for _ in range(WARM):
        opened()
    pages = [opened() for _ in range(requests)]
    queries = median(int(page.headers["x-queries"]) for page in pages)
    milliseconds = [float(page.headers["x-milliseconds"]) for page in pages]
    figure = spread(f"{kind.name}, {of}, {queries:.0f} queries", milliseconds, "ms")
    figure.values["CPU p50"] = median(float(page.headers["x-worked"]) for page in pages)
    return figure


def _opener(kind: Kind) -> Callable[[], Page]:
    def opened() -> Page:
        address = next(kind.addresses)
        page = kind.browser.get(address, PART if kind.part else None)
        if page.status != 200:
            raise NotReady(f"{address} answered {page.status}.")
        return page

    return opened
