"""The SMTP door: stores each mail exactly as it is, and only then says 250.

Mails that arrive at the same time are stored in one transaction, so that many connections cost
little more than one. When they cannot be stored the sender is told 451 and tries again: no mail
is acknowledged that is not on disk, and none is refused because our database is away.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import threading
from collections.abc import Callable
from functools import partial
from typing import Any
from weakref import WeakSet

import uvloop
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.utils.timezone import now

from answerable.channels.email import ours
from answerable.channels.email.actions import Arrival
from answerable.channels.email.store import Store

log = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
# RFC 5321 allows 998 letters a line; programs send lines of any length, and want them kept.
LONGEST_LINE = 8 * MEGABYTE
# A command may be waited for so long, and a large mail on a slow line takes minutes.
PATIENCE_SECONDS = 900
LOOK_SECONDS = 0.1
MOST_RECIPIENTS = 100

PATH = re.compile(
    r"\s*(?:<(?P<in_brackets>[^<>]*)>|(?P<plain>[^<>\s]+))(?P<rest>.*)", re.DOTALL
)
LATER = "451 4.3.0 The mail cannot be stored now. Try again in a few minutes."
UNKNOWN = "550 5.1.1 There is no such mailbox here."


class DoorError(Exception):
    """The door cannot be opened; the words are the line to print."""


def run(
    stop: threading.Event,
    host: str | None = None,
    port: int | None = None,
    *,
    opened: Callable[[int], None] | None = None,
) -> None:
    """Take mail until told to stop; `opened` is told the port. Raises DoorError."""
    # aiosmtpd's own lines name addresses and peers.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    where = (
        settings.ANSWERABLE_MAIL_HOST if host is None else host,
        settings.ANSWERABLE_MAIL_PORT if port is None else port,
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(stop, where, opened))


async def _serve(
    stop: threading.Event, where: tuple[str, int], opened: Callable[[int], None] | None
) -> None:
    loop = asyncio.get_running_loop()
    async with Store() as store:
        handler = Handler(store)
        make = partial(_conversation, handler, loop)
        try:
            server = await loop.create_server(make, *where, backlog=512)
        except OSError as error:
            raise DoorError(_why_closed(where, error)) from error
        if opened:
            opened(server.sockets[0].getsockname()[1])
        log.info("The mail door is open.")
        while not stop.is_set():
            await asyncio.sleep(LOOK_SECONDS)
        server.close()
        await store.finish()
        for line in list(handler.lines):
            line.close()


def _conversation(handler: Handler, loop: asyncio.AbstractEventLoop) -> SMTP:
    return Conversation(
        handler,
        loop=loop,
        hostname=ours.domain(),
        ident="Answerable",
        data_size_limit=settings.ANSWERABLE_MAIL_MAX_MB * MEGABYTE,
        enable_SMTPUTF8=True,
        timeout=PATIENCE_SECONDS,
    )


def _why_closed(where: tuple[str, int], error: OSError) -> str:
    host, port = where
    return (
        f"Mail cannot come in at {host}:{port}: {_reason(error)}. "
        "Free the port, or choose another with ANSWERABLE_MAIL_PORT or --mail-port."
    )


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else str(error)


class Conversation(SMTP):
    """A sender's connection, with lines as long as programs write them."""

    line_length_limit = LONGEST_LINE

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """Take an address as it stands: real senders break the grammar, and cost less so."""
        found = PATH.match(arg)
        if found is None:
            return "", ""
        address = found["in_brackets"] if found["plain"] is None else found["plain"]
        return (address.rpartition(":")[2] or "<>"), found["rest"]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the line, so that it can be closed when the door closes."""
        super().connection_made(transport)
        self.event_handler.lines.add(transport)


class Handler:
    """Answers a sender: who is known here, and whether the mail is stored."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.lines: WeakSet[asyncio.BaseTransport] = WeakSet()

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name.
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        """Take mail for the support address alone."""
        if not ours.is_known(address):
            return UNKNOWN
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients at once."
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name.
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Say 250 once the mail is on disk."""
        arrival = Arrival(
            raw=bytes(envelope.original_content or b""),
            envelope_from=(envelope.mail_from or "").strip("<>"),
            envelope_to=tuple(envelope.rcpt_tos),
            peer=str(session.peer[0]) if session.peer else "",
            at=now(),
        )
        stored = await self.store.keep(arrival)
        return "250 2.6.0 Stored." if stored else LATER

    async def handle_exception(self, error: Exception) -> str:
        """Have the sender try again, whatever went wrong here."""
        log.error("A conversation broke: %s", type(error).__name__)
        return LATER
