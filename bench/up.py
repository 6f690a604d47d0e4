"""`bin/up` as its user runs it: on a data folder, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

from bench.installation import ROOT, NotReady, free_port
from bench.processes import children

READY = "Mail comes in at"
PATIENCE = 180.0
END_SECONDS = 30.0


class Up:
    """One run of `bin/up`, what it said so far, and how long it took to be ready."""

    def __init__(self, data: Path, *options: str, web: int = 0, mail: int = 0) -> None:
        self.web, self.mail = web or free_port(), mail or free_port()
        ports = ["--port", str(self.web), "--mail-port", str(self.mail)]
        kept = {k: v for k, v in os.environ.items() if not k.startswith("ANSWERABLE_")}
        self.said: list[str] = []
        self.seconds = 0.0
        self.begun = time.monotonic()
        self.running = subprocess.Popen(
            [str(ROOT / "bin" / "up"), *ports, "--data", str(data), *options],
            env=kept | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def ready(self) -> Up:
        """Return it once it takes mail. Raises NotReady with its last words."""
        while not self.seconds:
            late = time.monotonic() - self.begun > PATIENCE
            if late or self.running.poll() is not None:
                self.end()
                raise NotReady("".join(self.said[-5:]))
            time.sleep(0.01)
        return self

    def ended(self) -> int:
        """Wait until it ends by itself and return its exit code."""
        code = self.running.wait(PATIENCE)
        self.reader.join(END_SECONDS)
        return code

    def end(self) -> None:
        """End it as Ctrl-C does."""
        self.running.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            self.running.wait(END_SECONDS)
        self.running.kill()
        self.running.wait()

    def family(self) -> dict[int, str]:
        """Return the processes of it by number, each with its name."""
        return {pid: _name(pid) for pid in _family(self.running.pid)}

    def _read(self) -> None:
        for line in self.running.stdout or ():
            self.said.append(line)
            if line.startswith(READY):
                self.seconds = time.monotonic() - self.begun


def _family(pid: int) -> list[int]:
    return [pid, *(below for child in children(pid) for below in _family(child))]


def _name(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return ""
    if "postgres" in words[0]:
        return "PostgreSQL"
    names = ("web", "work", "watch", "mail", "up")
    return next((name for name in names if name in words), words[0])
