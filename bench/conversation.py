"""What a long conversation costs: on the server, and in a browser that opens it (D-28)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from statistics import median
from typing import TYPE_CHECKING

import psycopg

from bench.browser import Browser
from bench.installation import Installation, answers, free_port, throwaway, wait_for
from bench.measure import Figure, arguments, report, say, single, spread
from bench.widget import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES = (50, 500, 5_000)
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PART = {"HX-Request": "true"}
WARM, VISITS = 10, 15
# Messages, replies and notes in turns, eight an hour.
SAID = """
INSERT INTO tickets_message (ticket_id, kind, contact_id, agent_id, sender, body, folded,
    verified, doubt, forwarded_by, written_at, delivered_at)
SELECT %(ticket)s, (ARRAY['message', 'reply', 'note'])[1 + number %% 3],
    CASE WHEN number %% 3 = 0 THEN %(contact)s END,
    CASE WHEN number %% 3 > 0 THEN %(agent)s END, '', 'Message ' || number
    || ' says what was tried, and what came of it.' || E'\n\n' || repeat('More of it. ', 20),
    '', true, '', '', now() - (%(entries)s - number) * interval '7.5 minutes',
    CASE WHEN number %% 3 > 0 THEN now() END
FROM generate_series(1, %(entries)s) number
"""
LOGGED = """
INSERT INTO tickets_ticketevent (ticket_id, verb, agent_id, contact_id, message_id, at, data)
SELECT ticket_id, CASE kind WHEN 'message' THEN 'wrote' WHEN 'reply' THEN 'answered'
    ELSE 'noted' END, agent_id, contact_id, id, written_at, '{}'
FROM tickets_message WHERE ticket_id = %(ticket)s AND id > %(first)s ORDER BY id
"""
# The first line of the page until the last entry is there, and what held the page up.
OPENED = """() => ({
  opened: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
  longest: Math.max(0, ...window.long),
  nodes: document.querySelectorAll(".ticket-scroll *").length,
})"""
WATCH = """window.long = []
const keep = (list) => window.long.push(...list.getEntries().map((one) => one.duration))
new PerformanceObserver(keep).observe({ type: "longtask", buffered: true })"""


def main(argv: Sequence[str]) -> None:
    """Open tickets of each length, many times, and report what each way to read them takes."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--requests", type=int, default=100, help="how often each is asked")
    options = parser.parse_args(argv)
    figures: list[Figure] = []
    with throwaway(database=QUICK) as installation:
        browser, cookies = _open(installation)
        for entries in SIZES:
            say(f"Filling in a conversation of {entries:,} entries …")
            ticket, middle = _fill(installation.server.url(), entries)
            figures += _served(browser, ticket, middle, entries, options.requests)
            figures += _seen(browser.port, cookies, ticket, entries)
    report("conversation", figures, options.json)


def _open(installation: Installation) -> tuple[Browser, Mapping[str, str]]:
    installation.use()
    ana, _ = import_module("bench.people").agent_and_contact()
    port = free_port()
    installation.start("web", "--port", str(port), DJANGO_SETTINGS_MODULE="bench.counted")
    wait_for("the pages", answers(port))
    return Browser(port, ana), ana


def _fill(url: str, entries: int) -> tuple[int, int]:
    """Make a ticket with so many entries; return its number, and an event in its middle."""
    actions = import_module("answerable.tickets.actions")
    models = import_module("answerable.accounts.models")
    now = import_module("django.utils.timezone").now
    dana = models.Contact.objects.get(email__startswith="dana@")
    ana = models.Agent.objects.order_by("pk")[0]
    sender = actions.Sender(contact=dana)
    opening = actions.Opening(sender=sender, subject="Long", body="First.", channel="form")
    ticket = actions.open_ticket(opening, at=now())
    first = ticket.messages.latest("pk").pk
    told = {"ticket": ticket.pk, "contact": dana.pk, "agent": ana.pk, "entries": entries}
    with psycopg.connect(url, autocommit=True) as wire:
        wire.execute(SAID, told)
        wire.execute(LOGGED, told | {"first": first})
        wire.execute("VACUUM ANALYZE")
    events = ticket.events.order_by("pk").values_list("pk", flat=True)
    return ticket.pk, events[entries // 2]


def _served(
    browser: Browser, ticket: int, middle: int, entries: int, requests: int
) -> Iterator[Figure]:
    """Yield what the server takes for each way to read a conversation."""
    at = f"/desk/tickets/{ticket}"
    ways = {
        "The page": f"{at}/",
        "Its parts, as an open page asks": f"{at}/parts/",
        "Earlier entries": f"{at}/window/?before={middle}",
        "Around an entry": f"{at}/window/?around={middle}",
        "Where an entry stands": f"{at}/where/?first={middle}",
        "Found words": f"{at}/find/?q=message%207",
    }
    for name, address in ways.items():
        headers = None if name == "The page" else PART
        for _ in range(WARM):
            browser.get(address, headers)
        pages = [browser.get(address, headers) for _ in range(requests)]
        queries = median(int(page.headers["x-queries"]) for page in pages)
        took = [float(page.headers["x-milliseconds"]) for page in pages]
        yield spread(f"{name}, {entries:,} entries, {queries:.0f} queries", took, "ms")


def _seen(port: int, cookies: Mapping[str, str], ticket: int, entries: int) -> Iterator[Figure]:
    """Yield what opening it takes in a browser, its longest task, its timeline's nodes."""
    address = f"http://127.0.0.1:{port}"
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.add_init_script(WATCH)
        visits = [_visit(page, f"{address}/desk/q/all/{ticket}/") for _ in range(VISITS)][2:]
        context.close()
    opened = [visit["opened"] for visit in visits]
    longest = [visit["longest"] for visit in visits]
    yield spread(f"Opened in a browser, {entries:,} entries", opened, "ms")
    yield spread(f"Its longest task over 50 ms, {entries:,} entries", longest, "ms")
    yield single(f"Nodes of the timeline, {entries:,} entries", visits[-1]["nodes"], "nodes")


def _visit(page: Page, address: str) -> dict[str, float]:
    page.goto(address)
    page.locator("#feed > article[aria-setsize]").last.wait_for()
    seen: dict[str, float] = page.evaluate(OPENED)
    return seen
