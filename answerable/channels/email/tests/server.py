"""A mail server of the world outside: it takes mail, or does not, as a test tells it."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """Takes what comes; `rcpt` and `data` change what it says, `hang_up` whether it does.

    `before_it_says` is called when it has a mail, before it says so.
    """

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.rcpt = "250 OK"
        self.data = "250 OK"
        self.hang_up = False
        self.before_it_says: Callable[[], None] | None = None
        self.port = free_port()
        self.controller = Controller(
            self, hostname="127.0.0.1", port=self.port, server_hostname="mx"
        )

    @property
    def url(self) -> str:
        """Where our mail goes out to it."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        """Take a recipient, or not."""
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a mail, or not; or take it and hang up before saying so."""
        if self.before_it_says:
            await asyncio.to_thread(self.before_it_says)
        if not self.data.startswith("250"):
            return self.data
        raw = bytes(envelope.original_content or b"")
        self.received.append(email.message_from_bytes(raw, policy=email.policy.default))
        self.envelopes.append((envelope.mail_from or "", list(envelope.rcpt_tos)))
        if self.hang_up:
            self.hang_up = False
            assert server.transport
            server.transport.close()
        return self.data
