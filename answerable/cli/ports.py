"""Ports: is one free, and does somebody answer there?"""

from __future__ import annotations

import errno
import os
import socket

from answerable.cli.wrong import Wrong

ANSWER_SECONDS = 5.0


def need_free(host: str, port: int, option: str) -> None:
    """Raise Wrong, with a port to try instead, when a port cannot be listened on."""
    fault = _fault(host, port)
    if fault == errno.EADDRINUSE:
        other = next(
            (p for p in range(port + 1, port + 100) if p < 65536 and not _fault(host, p)), 0
        )
        raise Wrong(f"Port {port} is in use. Try: answerable up {option} {other}")
    if fault == errno.EACCES:
        raise Wrong(f"Port {port} is for root alone. Try: answerable up {option} {port + 8000}")
    if fault:
        raise Wrong(f"Cannot listen on {host}:{port}: {errno.errorcode.get(fault, fault)}.")


def web_is_ready(host: str, port: int) -> bool:
    """Say whether our pages are served there."""
    named = os.environ.get("ANSWERABLE_HOSTS", "").split(",")[0].strip().lstrip(".*")
    request = f"GET /health/ready HTTP/1.0\r\nHost: {named or 'localhost'}\r\n\r\n"
    return _answer(host, port, request.encode()).split(b" ")[1:2] == [b"200"]


def mail_is_ready(host: str, port: int) -> bool:
    """Say whether an SMTP server greets there."""
    return _answer(host, port, b"").startswith(b"220")


def _answer(host: str, port: int, request: bytes) -> bytes:
    try:
        with socket.create_connection((_reachable(host), port), timeout=ANSWER_SECONDS) as wire:
            wire.sendall(request)
            return wire.recv(1024)
    except OSError:
        return b""


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104


def _fault(host: str, port: int) -> int:
    """Return why a port cannot be listened on, as the system's error number; 0 when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except (OSError, OverflowError) as error:
            return error.errno or errno.EINVAL if isinstance(error, OSError) else errno.EINVAL
    return 0
