"""A real `answerable up` in a folder of its own, for the tests of the command line."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[3]
PATIENCE = 300.0  # a limit for what hangs, on a machine that is busy with something else
READY = "Mail comes in at"


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait for something to happen; give up only on what hangs."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > deadline:
            raise AssertionError(f"It did not happen: {what}")
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings() -> dict[str, str]:
    """The environment of a shell in which nothing of ours is set."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ANSWERABLE", "DJANGO"))}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}


def answerable(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "answerable", *arguments],
        env=surroundings() | settings,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


class Up:
    """One `up`: what it says, what it started."""

    def __init__(self, data: Path, *options: str, **settings: str) -> None:
        self.port, self.mail_port = free_port(), free_port()
        ports = ["--port", str(self.port), "--mail-port", str(self.mail_port)]
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "answerable", "up", "--data", str(data), *ports, *options],
            env=surroundings() | settings,
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        self.lines.extend(line.rstrip("\n") for line in iter(self.process.stdout.readline, ""))

    def said(self, words: str) -> bool:
        return any(words in line for line in list(self.lines))

    def ready(self) -> Up:
        until(lambda: self.said(READY) or self.process.poll() is not None, "ready")
        assert self.said(READY), "\n".join(self.lines)
        return self

    def started(self) -> dict[str, int]:
        """The processes that it started, by name; PostgreSQL too, when it is its child."""
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        ours = [pid for pid in pids if _parent(pid) == self.process.pid]
        return {name: pid for pid in ours if (name := _name(pid))}

    def press_ctrl_c(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.ended()

    def kill(self) -> None:
        self.process.kill()
        self.ended()

    def ended(self) -> int:
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def get(self, path: str) -> tuple[int, str]:
        """The status and the text of a page."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as wire:
            wire.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
            answer = b"".join(iter(lambda: wire.recv(65536), b"")).decode()
        return int(answer.split(" ", 2)[1]), answer.split("\r\n\r\n", 1)[1]

    def is_ready(self) -> bool:
        try:
            return self.get("/health/ready")[0] == 200
        except (OSError, IndexError):
            return False


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def _name(pid: int) -> str:
    """Return what a process is; nothing when it has ended."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return ""
    return words[3] if "answerable" in words else Path(words[0]).name
