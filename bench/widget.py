"""What the widget costs a page: bytes as they are sent, and time until it is open."""

from __future__ import annotations

import os
import shutil
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bench.measure import Figure, arguments, report, single, spread
from bench.up import Up
from bench.widget_task import launching

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page, Request

VISITS = 15
PAGE = "/demo/product/?as=dana"
# As ux.md 3.8 has it: a processor four times as slow, and 4G with 50 ms to and fro.
SLOWER = 4
LINE = {"offline": False, "latency": 50, "downloadThroughput": 1.1e6, "uploadThroughput": 4e5}
OPENED = """() => new Promise((resolve) => {
  const desk = document.querySelector("support-desk")
  const began = performance.now()
  const opened = () => resolve(performance.now() - began)
  desk.addEventListener("support:open", opened, { once: true })
  desk.shadowRoot.querySelector(".launcher").click()
})"""
NAMES = {
    "launcher": ("Sent to a page until it is opened", "bytes"),
    "answers": ("Sent in all until the first answers", "bytes"),
    "script": ("Main thread's processor time for the launcher", "ms"),
    "cold": ("Opened for the first time, on 4G", "ms"),
    "warm": ("Opened again", "ms"),
}


def main(argv: Sequence[str]) -> None:
    """Visit the demonstration's product again and again, as somebody new each time."""
    options = arguments(__doc__ or "").parse_args(argv)
    data = Path(tempfile.mkdtemp(prefix="answerable-"))
    data.chmod(0o755)
    try:
        up = Up(data).ready()
        try:
            figures = [*_files(f"http://127.0.0.1:{up.web}"), *_visited(up.web)]
        finally:
            up.end()
    finally:
        shutil.rmtree(data, ignore_errors=True)
    report("widget", figures, options.json)


def _files(address: str) -> Iterator[Figure]:
    """Yield the size of each script as it is served, and unpacked."""
    loader = _fetched(f"{address}/widget/1.js", {})
    panel = loader.decode().split('const PANEL = "', 1)[1].split('"', 1)[0]
    for name in ("1.js", panel):
        where = f"{address}/widget/{name}"
        for form in ({}, {"Accept-Encoding": "gzip"}):
            words = f"{name.split('-')[0]}, {'gzip' if form else 'raw'}"
            yield single(words, len(_fetched(where, form)), "bytes")


def _fetched(address: str, headers: dict[str, str]) -> bytes:
    asked = urllib.request.Request(address, headers=headers)  # noqa: S310  # Of ours.
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310  # As above.
        body: bytes = answer.read()
    return body


def _visited(port: int) -> Iterator[Figure]:
    with chromium() as browser:
        visits = [_visit(browser, f"http://127.0.0.1:{port}{PAGE}") for _ in range(VISITS)]
    for key, (name, unit) in NAMES.items():
        yield spread(name, [visit[key] for visit in visits], unit)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser, and end it after the block."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # Heavy to load.

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=_chromium_path(), args=["--no-sandbox"]
        )


def _chromium_path() -> str | None:
    """Return the browser that is named, else an installed one."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return os.environ.get("ANSWERABLE_CHROMIUM") or next(filter(None, found), None)


def _visit(browser: Browser, address: str) -> dict[str, float]:
    """Return what one visit costs, by a browser that has nothing of ours yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: _count(sizes, request))
    session = context.new_cdp_session(page)
    slow_down(session)
    with launching(session) as took:
        page.goto(address)
        page.locator("support-desk .launcher").wait_for()
    seen = {"launcher": float(sum(sizes)), "script": took[0]}
    seen["cold"] = _opening(page)
    page.locator("#q").fill("business critical")
    page.locator(".hit").first.wait_for()
    seen["answers"] = float(sum(sizes))
    page.locator("support-desk .launcher").click()
    seen["warm"] = _opening(page)
    context.close()
    return seen


def slow_down(session: CDPSession) -> None:
    """Let a window be as slow as ux.md 3.8 has it."""
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _opening(page: Page) -> float:
    return float(page.evaluate(OPENED))


def _count(sizes: list[int], request: Request) -> None:
    path = urlsplit(request.url).path
    if path.startswith("/widget/") and path != "/widget/stream/":
        sizes.append(request.sizes()["responseBodySize"])
