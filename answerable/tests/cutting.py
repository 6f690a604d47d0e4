"""A line between a browser and our server that a test cuts in the middle of a word."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

PIECE = 512


class Wire:
    """Passes on what is said to a server and by it, until it is cut: then all that is open
    ends, whatever was half said. Who comes after that is passed on again."""

    def __init__(self, port: int) -> None:
        self.to = port
        self.cuts = 0
        self.was_cut = threading.Event()
        self._left = 0  # bytes until the cut; none is set at 0
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def cut_after(self, count: int) -> None:
        """Cut the line when so many more bytes have passed, in either direction."""
        self.was_cut.clear()
        with self._lock:
            self._left = count

    def close(self) -> None:
        """Cut the line for good."""
        self._door.close()
        self._cut()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection(("127.0.0.1", self.to))
                with self._lock:
                    self._open |= {near, far}
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                if self._is_due(len(piece)):
                    self._cut()
                    self.cuts += 1
                    self.was_cut.set()
                    return
                target.sendall(piece)
        self._end({source, target})

    def _is_due(self, count: int) -> bool:
        with self._lock:
            was, self._left = self._left, max(self._left - count, 0)
            return was > 0 and self._left == 0

    def _cut(self) -> None:
        with self._lock:
            ends, self._open = self._open, set()
        self._end(ends)

    def _end(self, ends: set[socket.socket]) -> None:
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
