"""The doors for SMTP and LMTP: each mail is stored exactly as it is, and then acknowledged.

Mails that arrive at the same time are stored in one transaction, so that many connections cost
little more than one. When they cannot be stored the sender is told 451 and tries again: no mail
is acknowledged that is not on disk, and none is refused because our database is away.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from weakref import WeakSet

import uvloop
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.utils.timezone import now

from answerable.channels.email import ours
from answerable.channels.email.actions import Arrival
from answerable.channels.email.certificate import BadCertificate, Certificate
from answerable.channels.email.conversation import Conversation, LocalConversation
from answerable.channels.email.core.pace import Limits, Pace, sender_of
from answerable.channels.email.spool import Spool
from answerable.channels.email.store import Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.1
MOST_RECIPIENTS = 100
MOST_STRANGERS = 20

LATER = "451 4.3.0 The mail cannot be stored now. Try again in a few minutes."
TOO_FAST = "451 4.7.1 Too many mails from your address. Try again in a minute."
UNKNOWN = "550 5.1.1 There is no such mailbox here."
GUESSING = "421 4.7.0 Too many mailboxes that are not here. Good bye."


class DoorError(Exception):
    """The door cannot be opened; the words are the line to print."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a door is: an address and a port, or a socket's file; and what is spoken there."""

    host: str
    port: int
    speaks: type[Conversation]
    setting: str

    @property
    def is_file(self) -> bool:
        """Whether it is a socket's file."""
        return self.host.startswith("/")

    def __str__(self) -> str:
        return self.host if self.is_file else f"{self.host}:{self.port}"


def run(
    stop: threading.Event,
    host: str | None = None,
    port: int | None = None,
    *,
    opened: Callable[[int], None] | None = None,
    limits: Limits | None = None,
) -> None:
    """Take mail until told to stop; `opened` is told the port of SMTP. Raises DoorError."""
    # aiosmtpd's own lines name addresses and peers.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    smtp = Place(
        settings.ANSWERABLE_MAIL_HOST if host is None else host,
        settings.ANSWERABLE_MAIL_PORT if port is None else port,
        Conversation,
        "ANSWERABLE_MAIL_PORT or --mail-port",
    )
    places = [smtp, *local_places(settings.ANSWERABLE_MAIL_LMTP)]
    pace = Pace(limits or configured_limits())
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(stop, places, pace, opened))


def configured_limits() -> Limits:
    """Return the limits of this installation."""
    return Limits(settings.ANSWERABLE_MAIL_CONNECTIONS, settings.ANSWERABLE_MAIL_RATE)


def local_places(setting: str) -> list[Place]:
    """Return where LMTP is spoken: nowhere, at host:port or at /a/socket. Raises DoorError."""
    if not setting:
        return []
    if setting.startswith("/"):
        return [Place(setting, 0, LocalConversation, "ANSWERABLE_MAIL_LMTP")]
    host, _, port = setting.rpartition(":")
    if not host or not port.isdigit():
        raise DoorError("ANSWERABLE_MAIL_LMTP must be host:port or the path of a socket.")
    return [Place(host.strip("[]"), int(port), LocalConversation, "ANSWERABLE_MAIL_LMTP")]


async def _serve(
    stop: threading.Event,
    places: list[Place],
    pace: Pace,
    opened: Callable[[int], None] | None,
) -> None:
    async with Store() as store:
        handler = Handler(store, pace, _certificate())
        servers = [await _open(place, handler) for place in places]
        if opened:
            opened(servers[0].sockets[0].getsockname()[1])
        log.info("The mail door is open.")
        while not stop.is_set():
            await asyncio.sleep(LOOK_SECONDS)
        for server in servers:
            server.close()
        await store.finish()
        for line in list(handler.lines):
            line.close()


async def _open(place: Place, handler: Handler) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    make = partial(place.speaks, handler, loop)
    try:
        if place.is_file:
            with suppress(FileNotFoundError):
                os.unlink(place.host)
            return await loop.create_unix_server(make, place.host, backlog=512)
        return await loop.create_server(make, place.host, place.port, backlog=512)
    except OSError as error:
        raise DoorError(_why_closed(place, error)) from error


def _certificate() -> Certificate | None:
    if not settings.ANSWERABLE_MAIL_CERTIFICATE:
        return None
    try:
        return Certificate(
            settings.ANSWERABLE_MAIL_CERTIFICATE, settings.ANSWERABLE_MAIL_CERTIFICATE_KEY
        )
    except BadCertificate as bad:
        raise DoorError(f"ANSWERABLE_MAIL_CERTIFICATE: {bad}") from bad


def _why_closed(place: Place, error: OSError) -> str:
    return (
        f"Mail cannot come in at {place}: {_reason(error)}. "
        f"Free the port, or choose another with {place.setting}."
    )


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else str(error)


class Handler:
    """Answers a sender: who is known here, and whether the mail is stored."""

    def __init__(self, store: Store, pace: Pace, certificate: Certificate | None) -> None:
        self.store = store
        self.pace = pace
        self.certificate = certificate
        self.lines: WeakSet[asyncio.BaseTransport] = WeakSet()

    async def handle_MAIL(  # noqa: N802  # aiosmtpd's name.
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        """Begin a mail, unless its sender has sent too many."""
        if not self.pace.may_send(sender_of(_peer(session)), time.monotonic()):
            return TOO_FAST
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name.
        self,
        server: Conversation,
        session: Session,
        envelope: Envelope,
        address: str,
        options: Any,
    ) -> str:
        """Take mail for our own addresses alone; whoever tries many others is not heard."""
        if not ours.is_known(address):
            server.strangers += 1
            if server.strangers <= MOST_STRANGERS:
                return UNKNOWN
            server.loop.call_soon(server.transport.close)
            return GUESSING
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients at once."
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def store_mail(self, conversation: Conversation, spool: Spool) -> str:
        """Say 250 once the mail is on disk."""
        envelope = conversation.envelope
        arrival = Arrival(
            raw=spool,
            door=conversation.door,
            envelope_from=(envelope.mail_from or "").strip("<>"),
            envelope_to=tuple(envelope.rcpt_tos),
            peer=_peer(conversation.session),
            at=now(),
        )
        stored = await self.store.keep(arrival)
        return "250 2.6.0 Stored." if stored else LATER

    async def handle_exception(self, error: Exception) -> str:
        """Have the sender try again, whatever went wrong here."""
        log.error("A conversation broke: %s", type(error).__name__)
        return LATER


def _peer(session: Session) -> str:
    """Return the sender's IP address; nothing for a socket's file."""
    return str(session.peer[0]) if session.peer else ""
