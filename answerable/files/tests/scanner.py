"""A scanner that speaks as ClamAV's daemon does (clamd(8)), and finds the EICAR test file."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from answerable.files.tests.samples import EICAR

MOST = 1024 * 1024  # StreamMaxLength


class Session(socketserver.StreamRequestHandler):
    """One connection: a command that begins with z and ends with NUL, and its answer."""

    server: Scanner

    def handle(self) -> None:
        command = self._command()
        self.server.asked.append(command)
        if command == b"zVERSION":
            self._say(b"ClamAV 1.4.3/27500/Mon Oct 20 08:00:00 2025")
        elif command == b"zINSTREAM":
            self._say(self._scanned())
        else:
            self._say(b"UNKNOWN COMMAND")

    def _command(self) -> bytes:
        heard = b""
        while not heard.endswith(b"\0"):
            byte = self.rfile.read(1)
            if not byte:
                return heard
            heard += byte
        return heard[:-1]

    def _scanned(self) -> bytes:
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > MOST:
                return b"INSTREAM size limit exceeded. ERROR"
        if self.server.broken:
            return b"stream: Can't allocate memory ERROR"
        return b"stream: Eicar-Signature FOUND" if EICAR in content else b"stream: OK"

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\0")


class Scanner(socketserver.ThreadingUnixStreamServer):
    """What was asked of the scanner, and whether it works."""

    daemon_threads = True
    broken = False

    def __init__(self, path: str) -> None:
        super().__init__(path, Session)
        self.asked: list[bytes] = []

    def handle_error(self, *_args: object) -> None:
        """Who asks may hang up when it has heard enough."""


@contextmanager
def scanning(folder: Path) -> Iterator[Scanner]:
    """Run a scanner, at the socket `clamd` in a folder."""
    scanner = Scanner(str(folder / "clamd"))
    running = threading.Thread(target=scanner.serve_forever, args=[0.01], daemon=True)
    running.start()
    try:
        yield scanner
    finally:
        scanner.shutdown()
        scanner.server_close()
        running.join()
