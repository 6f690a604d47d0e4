"""Connections to addresses that were judged, which end when their time is up.

A name is resolved once, before it is judged. Who resolved it again on connecting might be told
another address: so connections are made here to the very addresses that were judged, while SNI
and certificate stay those of the host's name.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from time import monotonic
from types import TracebackType
from typing import Self

from urllib3.connection import HTTPConnection, HTTPSConnection

from answerable.lib.outbound.deciding import Place
from answerable.lib.outbound.words import Unfetched

CONNECT_WITHIN = 5.0  # seconds for each address of a host


class Deadline:
    """An end of time for all that is done in it.

    A socket's timeout begins anew with each byte, so whoever sends a byte now and then would
    never end. Here the socket is cut off beneath whatever waits for it.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends = monotonic() + seconds
        self._ending: list[tuple[threading.Timer, socket.socket]] = []

    @property
    def left(self) -> float:
        """The seconds that are left; never below zero."""
        return max(self._ends - monotonic(), 0.0)

    def watch(self, sock: socket.socket) -> None:
        """Cut a socket off when the time is up, also once TLS has taken it over."""
        twin = sock.dup()
        timer = threading.Timer(self.left, _cut, [twin])
        timer.daemon = True
        timer.start()
        self._ending.append((timer, twin))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for timer, twin in self._ending:
            timer.cancel()
            timer.join()
            twin.close()


class Line:
    """The way to a host: its addresses, as they were judged."""

    def __init__(self, place: Place, addresses: Sequence[str], deadline: Deadline) -> None:
        self.place, self._addresses, self._deadline = place, addresses, deadline

    def connected(self) -> socket.socket:
        """Return a connection to the first of the addresses that answers. Raises OSError."""
        failed: OSError = TimeoutError("timed out")
        for address in self._addresses:
            seconds = min(CONNECT_WITHIN, self._deadline.left)
            if not seconds:
                break
            try:
                sock = socket.create_connection((address, self.place.port), seconds)
            except OSError as error:
                failed = error
                continue
            sock.settimeout(self._deadline.left or CONNECT_WITHIN)
            self._deadline.watch(sock)
            return sock
        raise failed


class PlainConnection(HTTPConnection):
    """A connection without TLS, for hosts that an operator allows."""

    def __init__(self, line: Line) -> None:
        super().__init__(line.place.host, line.place.port)
        self._line = line

    def _new_conn(self) -> socket.socket:
        return self._line.connected()


class SecureConnection(HTTPSConnection):
    """A connection with TLS: the certificate must be one for the host's name."""

    def __init__(self, line: Line, trust: ssl.SSLContext) -> None:
        super().__init__(line.place.host, line.place.port, ssl_context=trust)
        self._line = line

    def _new_conn(self) -> socket.socket:
        return self._line.connected()


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """Return all IP addresses of a host, by the system's resolver. Raises Unfetched.

    The resolver knows no end of time, so it is asked in a thread that may be left behind.
    """
    found: list[list[str]] = []
    asking = threading.Thread(target=lambda: found.append(_resolved(host, port)), daemon=True)
    asking.start()
    asking.join(seconds)
    if not found:
        raise Unfetched("slow", host=host, seconds=f"{seconds:.3g}")
    if not found[0]:
        raise Unfetched("unknown", host=host)
    return found[0]


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(sockaddr[0]) for *_family, sockaddr in found))


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
