"""From `bin/up` to ready, the first time and the second; and what everything then holds."""

from __future__ import annotations

import os
import shutil
import signal
import smtplib
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bench.browser import Browser
from bench.installation import ROOT, NotReady, free_port
from bench.letters import letter
from bench.measure import Figure, arguments, report, single
from bench.processes import children, memory

READY = "Mail comes in at"
PATIENCE = 180.0
STARTS = 5
SUPPORT = "support@answerable.example"
SENDER = "sam@nordwind.example"
SETTLED = 5.0
AS_AGENT = ("/", "/desk/", "/desk/next/", "/patterns/", "/static/design/css/tokens.css")
AS_CONTACT = ("/contact/", "/requests/", "/outbox/")
NAMES = ("web", "work", "watch", "mail", "up")


class Up:
    """One run of `bin/up` on a data folder."""

    def __init__(self, data: Path) -> None:
        self.port, self.mail = free_port(), free_port()
        ports = ["--port", str(self.port), "--mail-port", str(self.mail)]
        kept = {k: v for k, v in os.environ.items() if not k.startswith("ANSWERABLE_")}
        begun = time.monotonic()
        self.running = subprocess.Popen(
            [str(ROOT / "bin" / "up"), *ports, "--data", str(data)],
            env=kept | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._wait(begun)
        self.seconds = time.monotonic() - begun

    def _wait(self, begun: float) -> None:
        said: list[str] = []
        for line in self.running.stdout or ():
            said.append(line)
            if line.startswith(READY):
                return
            if time.monotonic() - begun > PATIENCE:
                break
        self.end()
        raise NotReady("".join(said[-5:]))

    def end(self) -> None:
        """End it as Ctrl-C does."""
        self.running.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            self.running.wait(30)
        self.running.kill()


def main(argv: Sequence[str]) -> None:
    """Start on a new folder, then again, use it a little, and weigh every process."""
    options = arguments(__doc__ or "").parse_args(argv)
    data = Path(tempfile.mkdtemp(prefix="answerable-"))
    data.chmod(0o755)
    try:
        figures = _starts(data)
        up = Up(data)
        try:
            figures += _weighed(up)
        finally:
            up.end()
    finally:
        shutil.rmtree(data, ignore_errors=True)
    report("start", figures, options.json)


def _starts(data: Path) -> list[Figure]:
    first = Up(data)
    first.end()
    again = []
    for _ in range(STARTS):
        up = Up(data)
        up.end()
        again.append(up.seconds)
    return [
        single("First start to ready, demo included", first.seconds, "s"),
        single("Second start to ready, median of five", sorted(again)[STARTS // 2], "s"),
    ]


def _weighed(up: Up) -> list[Figure]:
    """Warm everything up, then read what each process holds."""
    _use(up)
    time.sleep(SETTLED)
    found: dict[str, tuple[float, float]] = {}
    for pid in _family(up.running.pid):
        name, (rss, pss) = _name(pid), memory(pid)
        before = found.get(name, (0.0, 0.0))
        found[name] = (before[0] + rss, before[1] + pss)
    figures = [
        Figure(f"Memory of {name}", "MB", {"resident": rss, "its share": pss})
        for name, (rss, pss) in sorted(found.items())
    ]
    return [*figures, single("Memory of all, shared parts counted once", _sum(found), "MB")]


def _sum(found: dict[str, tuple[float, float]]) -> float:
    return sum(pss for _, pss in found.values())


def _use(up: Up) -> None:
    for name, pages in (("agent-1", AS_AGENT), ("contact-1", AS_CONTACT)):
        browser = Browser(up.port)
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


def _family(pid: int) -> list[int]:
    """Return a process and all that it started, and what those started."""
    return [pid, *(below for child in children(pid) for below in _family(child))]


def _name(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    if "postgres" in words[0]:
        return "PostgreSQL"
    return next((name for name in NAMES if name in words), words[0])
