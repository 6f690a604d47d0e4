"""The desk in a real browser: an agent's acts by keys, each timed from the key to the frame
that shows what came of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from bench.installation import NotReady
from bench.widget import chromium, slow_down

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

PATIENCE_MS = 30_000
# How long a row has the focus before it is opened, where the desk may fetch it beforehand.
LOOKED_MS = 600
MOST_ROWS = 40

# Notes when a key went down, then asks before each frame whether what is wanted is there; the
# frame after that one shows it. It lives in each page from its beginning.
WATCH = """(() => {
  let began, found
  addEventListener("keydown", (event) => (began ??= event.timeStamp), true)
  window.benchWant = (test, now) => {
    began = now ? performance.now() : undefined
    found = new Promise((resolve) => {
      const done = () => resolve(performance.now() - began)
      const look = () => requestAnimationFrame(
        began !== undefined && test() ? () => requestAnimationFrame(done) : look)
      look()
    })
  }
  window.benchTook = () => found
})()"""
SHOWS = """(number) => benchWant(() => document.querySelector(
  `live-ticket[data-number="${number}"] #ticket-title`))"""
SHOWS_OTHER = """(number) => benchWant(() => document.querySelector(
  `live-ticket:not([data-number="${number}"]) #ticket-title`))"""
GOES_BACK = """(number) => { benchWant(() => document.querySelector(
  `live-ticket[data-number="${number}"] #ticket-title`), true); history.back() }"""
MOVES = """() => { const here = document.activeElement
  const moved = () => document.activeElement !== here
  benchWant(() => moved() && document.activeElement.matches("a.queue-row")) }"""
SENDS = (
    """(mark) => benchWant(() => document.querySelector("#feed").textContent.includes(mark))"""
)
FINDS = """() => { const old = document.querySelector("#found")
  benchWant(() => document.querySelector("#found") !== old) }"""
NUMBERS = """(rows) => rows.map((row) => row.dataset.number)"""
PAINTED = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime"""


@dataclass(slots=True)
class Act:
    """How long an act took each time, and the longest answer of the server within it."""

    name: str
    took: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Desk:
    """An agent's window, and what was measured in it."""

    page: Page
    answered: list[float] = field(default_factory=list)
    acts: dict[str, Act] = field(default_factory=dict)

    def hear(self, response: Response) -> None:
        """Note what the server says that an answer took it."""
        if took := response.headers.get("x-milliseconds"):
            self.answered.append(float(took))

    def note(self, name: str, took: float | None = None) -> None:
        """Wait until what is wanted is shown, and keep how long that took."""
        took = self.page.evaluate("() => benchTook()") if took is None else took
        act = self.acts.setdefault(name, Act(name))
        act.took.append(float(took))
        act.server += [max(self.answered)] if self.answered else []

    def want(self, script: str, about: Any = None) -> None:
        """Say what the next act is to show."""
        self.answered.clear()
        self.page.evaluate(script, about)

    def press(self, name: str, key: str, script: str, about: Any = None) -> None:
        """Press a key, and time what it shows."""
        self.want(script, about)
        self.page.keyboard.press(key)
        self.note(name)

    def shown(self) -> str:
        """Return the number of the ticket that is open."""
        return self.page.locator("live-ticket").get_attribute("data-number") or ""


@contextmanager
def desk(port: int, cookies: dict[str, str], *, slower: bool) -> Iterator[Desk]:
    """Open a window of an agent while the block runs; `slower`: as ux.md 3.8 has it."""
    address = f"http://127.0.0.1:{port}"
    with chromium() as browser:
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800})
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies(
            [{"name": k, "value": v, "url": address} for k, v in cookies.items()]
        )
        context.add_init_script(WATCH)
        window = Desk(context.new_page())
        window.page.on("response", partial(Desk.hear, window))
        if slower:
            slow_down(context.new_cdp_session(window.page))
        yield window
        context.close()


def work(window: Desk, times: int, words: list[str]) -> list[Act]:
    """Do what an agent does in a shift so many times, and return what each act took."""
    for _ in range(times):
        _arrive(window)
    numbers = _rows(window)
    _walk(window, times)
    for turn in range(times):
        _open(window, "Ticket opened, cold", numbers[(turn * 7) % len(numbers)], looked=False)
        _open(window, "Ticket opened, looked at", numbers[(turn * 7 + 3) % len(numbers)])
        _next_and_back(window)
        _send(window, f"Said {turn} times, {token_hex(4)}.")
    for turn in range(times):
        _search(window, words[turn % len(words)])
    return list(window.acts.values())


def _arrive(window: Desk) -> None:
    window.answered.clear()
    window.page.goto("/desk/")
    window.page.locator("#queue-rows [data-number]").first.wait_for()
    window.note("Queue, first paint", window.page.evaluate(PAINTED))


def _rows(window: Desk) -> list[str]:
    rows = window.page.locator("#queue-rows [data-number] a.queue-row")
    found: list[str] = window.page.locator("#queue-rows [data-number]").evaluate_all(NUMBERS)
    if rows.count() < 2:
        raise NotReady("The queue is empty.")
    return found[:MOST_ROWS]


def _walk(window: Desk, times: int) -> None:
    window.page.keyboard.press("j")
    for turn in range(times):
        window.press("Row to row", "k" if turn % 8 > 3 else "j", MOVES)


def _open(window: Desk, name: str, number: str, *, looked: bool = True) -> None:
    """Open a ticket of the queue that is not open by its row; at once, or after a while."""
    if window.page.locator(f'live-ticket[data-number="{number}"]').count():
        return
    window.page.locator(f"#row-{number} a.queue-row").focus()
    if looked:
        window.page.wait_for_timeout(LOOKED_MS)
    window.press(name, "Enter", SHOWS, number)


def _next_and_back(window: Desk) -> None:
    before = window.shown()
    window.press("Next ticket, by Q", "q", SHOWS_OTHER, before)
    window.want(GOES_BACK, before)
    window.note("The ticket before, by the browser's way back")


def _send(window: Desk, mark: str) -> None:
    window.page.keyboard.press("r")
    window.page.keyboard.type(f"We look into it. {mark}")
    window.press(
        "Reply pressed, until it stands in the conversation", "Control+Enter", SENDS, mark
    )


def _search(window: Desk, word: str) -> None:
    window.page.goto("/desk/search/")
    window.want(FINDS)
    window.page.keyboard.insert_text(word[:-1])
    window.page.keyboard.type(word[-1:])
    window.note("Search, from the last key")
