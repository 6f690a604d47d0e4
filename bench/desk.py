"""The agent desk with up to a million tickets: in a real browser, from a key to the frame that
shows what came of it, and on the server, what each answer took.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import count
from statistics import median

from bench import said
from bench.browser import Browser, work_of
from bench.desk_pages import Act, desk, work
from bench.installation import Installation, NotReady, answers, free_port, wait_for
from bench.measure import Figure, arguments, in_cpu, report, say, spread
from bench.search import Language

WARM = 10
PART = {"HX-Request": "true"}


def main(argv: Sequence[str]) -> None:
    """Fill, let an agent work in a browser, and ask the server for the same by itself."""
    parser = arguments(__doc__ or "")
    said.sized(parser)
    parser.add_argument("--times", type=int, default=30, help="how often each act is done")
    parser.add_argument("--requests", type=int, default=150, help="requests of each kind")
    parser.add_argument(
        "--slower", action="store_true", help="a quarter of the processor, and 50 ms of way"
    )
    options = parser.parse_args(argv)
    figures: list[Figure] = []
    language = said.language()
    with said.installed(options.data) as installation:
        port, cookies = _open(installation)
        for tickets, unresolved in said.between(options):
            said.have(installation, tickets, unresolved, language)
            of = f"{tickets:,} tickets"
            figures += _asked(Browser(port, cookies), of, tickets, options.requests, language)
            with desk(port, cookies, slower=options.slower) as window:
                acts = work(window, options.times, language.words[:200])
            figures += _said(acts, of)
    report("desk", figures, options.json)


def _open(installation: Installation) -> tuple[int, dict[str, str]]:
    """Start the pages, and return their port, and an agent's cookies."""
    installation.use()
    cookies, _ = import_module("bench.people").agent_and_contact()
    port = free_port()
    installation.start("web", "--port", str(port), DJANGO_SETTINGS_MODULE="bench.counted")
    wait_for("the pages", answers(port))
    return port, cookies


def _said(acts: Sequence[Act], of: str) -> Iterator[Figure]:
    for act in acts:
        figure = spread(f"{act.name}, {of}", act.took, "ms")
        if act.server:
            server = spread("", act.server, "ms").values
            figure.values.update({f"server {share}": took for share, took in server.items()})
        say(figure.line())
        yield figure


def _asked(
    browser: Browser, of: str, tickets: int, requests: int, language: Language
) -> Iterator[Figure]:
    """Yield what the server takes for what the desk asks it."""
    for name, addresses, headers in _kinds(tickets, language):
        took, worked, queries = [], [], []
        for number in range(WARM + requests):
            address = next(addresses)
            page = browser.get(address, headers)
            if page.status != 200:
                raise NotReady(f"{address} answered {page.status}.")
            if number >= WARM:
                took.append(float(page.headers["x-milliseconds"]))
                worked.append(work_of(page))
                queries.append(int(page.headers["x-queries"]))
        figure = spread(f"{name}, {of}, {median(queries):.0f} queries", took, "ms")
        figure.values.update(in_cpu(worked))
        say(figure.line())
        yield figure
    browser.close()


def _kinds(
    tickets: int, language: Language
) -> Iterator[tuple[str, Iterator[str], dict[str, str]]]:
    """Yield each kind of request: its name, its addresses, which go all over the tickets, and
    its headers."""
    numbers = [1 + turn * 7919 % tickets for turn in range(5000)]
    words = language.words[:200]
    yield "Server: the queue's page", _again(["/desk/"]), {}
    yield "Server: counts of views", _again(["/desk/q/all/counts/"]), PART
    yield "Server: ticket", _again([f"/desk/tickets/{n}/" for n in numbers]), {}
    yield "Server: ticket's parts", _again([f"/desk/tickets/{n}/parts/" for n in numbers]), PART
    yield "Server: search", _again([f"/desk/search/?q={word}" for word in words]), PART


def _again(addresses: Sequence[str]) -> Iterator[str]:
    return (addresses[turn % len(addresses)] for turn in count())
