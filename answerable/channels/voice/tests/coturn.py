"""A real relay: coturn from Debian, with its own ports, on this machine alone."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from answerable.channels.email.tests.server import free_port

SECRET = "shared-with-the-relay"


class Coturn:
    """The relay. It can be ended as a machine that loses its power, and started again."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="answerable-coturn-"))
        self.port = free_port()
        self.address = f"turn:127.0.0.1:{self.port}?transport=udp"

    def start(self) -> None:
        """Start it, and return when it says that it listens."""
        log = self.folder / "log"
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [program(), "-n", *self._options()], stdout=out, stderr=subprocess.STDOUT
            )
        for _ in range(400):
            if "Total General servers" in log.read_text():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(log.read_text())

    def stop(self) -> None:
        """End it at once."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def _options(self) -> list[str]:
        return [
            "--listening-ip=127.0.0.1",
            "--relay-ip=127.0.0.1",
            f"--listening-port={self.port}",
            "--allow-loopback-peers",
            "--use-auth-secret",
            f"--static-auth-secret={SECRET}",
            "--realm=answerable.example",
            "--no-cli",
            "--no-tls",
            "--no-dtls",
            "--log-file=stdout",
            f"--pidfile={self.folder / 'pid'}",
            f"--db={self.folder / 'db'}",
        ]


@contextmanager
def coturn() -> Iterator[Coturn]:
    """Run a relay while the block runs; skip the test where there is none to run."""
    if not program():
        pytest.skip("coturn is not installed (Debian: coturn).")
    relay = Coturn()
    try:
        relay.start()
        yield relay
    finally:
        if relay.process.poll() is None:
            relay.stop()
        shutil.rmtree(relay.folder, ignore_errors=True)


def program() -> str:
    """Return where coturn's server is on this machine, or nothing."""
    return shutil.which("turnserver") or ""
