"""The team's tool that is told by webhooks in a fault run: it writes down each that it takes.

As real ones do, it puts one in twenty off.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bench.installation import free_port

PUT_OFF = 0.05


class Hook:
    """Listens on a port of the loopback; `taken` counts what it took, by idempotency key."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def allowed(self) -> str:
        """What ANSWERABLE_OUTBOUND_ALLOW has to say, so that it is told."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """Where it is told."""
        return f"{self.allowed}/hook"

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()

    def take(self, key: str) -> int:
        """Take a call, or put it off; return the status that it is answered with."""
        if random.random() < PUT_OFF:  # noqa: S311  # Faults, not secrets.
            return 503
        with self._lock:
            self.taken[key] += 1
        return 200

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(hook.take(self.headers.get("Idempotency-Key", "")))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler
