"""From `bin/up` to ready, the first time and the second; and what everything then holds."""

from __future__ import annotations

import shutil
import smtplib
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.browser import Browser
from bench.installation import NotReady
from bench.letters import letter
from bench.measure import Figure, arguments, report, single
from bench.processes import memory
from bench.up import Up

STARTS = 5
SUPPORT = "support@answerable.example"
SENDER = "sam@nordwind.example"
SETTLED = 5.0
AS_AGENT = ("/", "/desk/", "/desk/next/", "/patterns/", "/static/design/css/tokens.css")
AS_CONTACT = ("/contact/", "/requests/", "/outbox/")


def main(argv: Sequence[str]) -> None:
    """Start on a new folder, then again, use it a little, and weigh every process."""
    options = arguments(__doc__ or "").parse_args(argv)
    data = Path(tempfile.mkdtemp(prefix="answerable-"))
    data.chmod(0o755)
    try:
        figures = _starts(data)
        up = Up(data).ready()
        try:
            figures += _weighed(up)
        finally:
            up.end()
    finally:
        shutil.rmtree(data, ignore_errors=True)
    report("start", figures, options.json)


def _starts(data: Path) -> list[Figure]:
    first, *again = [_seconds(data) for _ in range(STARTS + 1)]
    return [
        single("First start to ready, demo included", first, "s"),
        single("Second start to ready, median of five", sorted(again)[STARTS // 2], "s"),
    ]


def _seconds(data: Path) -> float:
    up = Up(data).ready()
    up.end()
    return up.seconds


def _weighed(up: Up) -> list[Figure]:
    """Warm everything up, then read what each process holds."""
    _use(up)
    time.sleep(SETTLED)
    found: dict[str, tuple[float, float]] = {}
    for pid, name in up.family().items():
        rss, pss = memory(pid)
        before = found.get(name, (0.0, 0.0))
        found[name] = (before[0] + rss, before[1] + pss)
    figures = [
        Figure(f"Memory of {name}", "MB", {"resident": rss, "its share": pss})
        for name, (rss, pss) in sorted(found.items())
    ]
    together = sum(pss for _, pss in found.values())
    return [*figures, single("Memory of all, shared parts counted once", together, "MB")]


def _use(up: Up) -> None:
    for name, pages in (("agent-1", AS_AGENT), ("contact-1", AS_CONTACT)):
        browser = Browser(up.web)
        press = browser.get("/").form(named="csrfmiddlewaretoken", to="/demo/sign-in/")
        if press is None:
            raise NotReady("The demonstration offers nobody to be.")
        browser.send(press, person=name)
        for path in pages * 20:
            if browser.get(path).status != 200:
                raise NotReady(f"{path} did not come.")
    with smtplib.SMTP("127.0.0.1", up.mail, timeout=30) as wire:
        for number in range(50):
            wire.sendmail(SENDER, [SUPPORT], letter(number, SENDER, SUPPORT))
