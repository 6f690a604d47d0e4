"""A network that can be cut: a relay between a browser and the server."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

PIECE = 65_536


class Wire:
    """Carries connections to a server; cut, it drops them, and takes no new ones."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._to = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._is_cut = False
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._take, daemon=True).start()

    def cut(self) -> None:
        """Drop everything that goes on, wherever it is, and take nothing new."""
        with self._lock:
            self._is_cut = True
            dropped, self._open = self._open, set()
        for one in dropped:
            _end(one)

    def mend(self) -> None:
        """Carry again what begins from now on."""
        self._is_cut = False

    def close(self) -> None:
        """Drop everything for good."""
        self.cut()
        self._door.close()

    def _take(self) -> None:
        while True:
            try:
                caller, _ = self._door.accept()
            except OSError:
                return
            if self._is_cut:
                _end(caller)
                continue
            with suppress(OSError):
                self._join(caller, socket.create_connection(self._to))

    def _join(self, caller: socket.socket, server: socket.socket) -> None:
        with self._lock:
            self._open |= {caller, server}
        for pair in ((caller, server), (server, caller)):
            threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(PIECE):
                other.sendall(piece)
        with self._lock:
            self._open -= {one, other}
        _end(one)
        _end(other)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
