"""A sender's connection: SMTP or LMTP as aiosmtpd speaks them, where it matters in our way.

What it is sent goes to a spool, piece by piece; the end of a mail is at CR LF . CR LF alone; it
turns to TLS with the certificate of this very minute; it waits for nobody for ever.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax
from django.conf import settings

from answerable.channels.email import ours
from answerable.channels.email.core.dots import Dots
from answerable.channels.email.core.pace import sender_of
from answerable.channels.email.models import InboundMail
from answerable.channels.email.spool import Spool

if TYPE_CHECKING:
    from answerable.channels.email.door import Handler

log = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LONGEST_COMMAND = 64 * 1024
EVERYTHING = 1 << 30
# RFC 5321, 4.5.3.2: a command may be waited for five minutes, a part of a mail three. All of a
# mail may take half an hour.
COMMAND_SECONDS = 300.0
PART_SECONDS = 180.0
MAIL_SECONDS = 1800.0
HANDSHAKE_SECONDS = 30.0
# Of one connection. A server that has more to say connects anew.
CALLS = {"*": 50, "MAIL": 2000, "RCPT": 20_000, "DATA": 2000, "RSET": 2000, "NOOP": 500}

PATH = re.compile(
    r"\s*(?:<(?P<in_brackets>[^<>]*)>|(?P<plain>[^<>\s]+))(?P<rest>.*)", re.DOTALL
)
UNSEEN = re.compile(r"[\x00-\x20\x7f]")
PLAIN_STATUS = re.compile(r"([245])\d\d (?!\d\.\d)")

TOO_MANY = "421 4.7.0 Too many connections from your address. Try again in a minute."
SLOW = "421 4.4.2 Nothing came for too long. Good bye."
TOO_LARGE = "552 5.3.4 The mail is longer than {limit} MB, and is not taken."
FULL = "452 4.3.1 There is no room for the mail now. Try again later."


class Conversation(SMTP):
    """A sender's connection by SMTP."""

    line_length_limit = LONGEST_COMMAND
    door = InboundMail.Door.SMTP

    # None of these is missing while anybody speaks.
    session: Session
    envelope: Envelope
    transport: asyncio.Transport
    data_size_limit: int

    def __init__(self, handler: Handler, loop: asyncio.AbstractEventLoop) -> None:
        """Prepare for a connection that the loop has accepted."""
        self.handler = handler
        self.strangers = 0  # recipients whom nobody knows here
        self._sender: str | None = None
        certificate = handler.certificate
        super().__init__(
            handler,
            loop=loop,
            hostname=ours.domain(),
            ident="Answerable",
            data_size_limit=settings.ANSWERABLE_MAIL_MAX_MB * MEGABYTE,
            enable_SMTPUTF8=True,
            tls_context=certificate.context() if certificate else None,
            timeout=COMMAND_SECONDS,
            command_call_limit=CALLS,
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a connection, unless its sender has too many."""
        peer = transport.get_extra_info("peername")
        sender = sender_of(str(peer[0]) if peer else "")
        if not self.handler.pace.enter(sender):
            line = cast("asyncio.Transport", transport)
            line.write(f"{TOO_MANY}\r\n".encode())
            line.close()
            return
        self._sender = sender
        self.handler.lines.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Forget a connection."""
        if self._sender is None:
            return
        self.handler.pace.leave(self._sender)
        self._sender = None
        super().connection_lost(error)

    def eof_received(self) -> bool | None:
        """End with whoever sends no more."""
        return None if self._sender is None else super().eof_received()

    def _timeout_cb(self) -> None:
        """Say good bye to whoever is too slow."""
        if self.transport:
            self.transport.write(f"{SLOW}\r\n".encode())
            self.transport.close()

    async def push(self, status: str | bytes) -> None:
        """Answer; with a code for programs, as we promise (RFC 2034)."""
        said = status if isinstance(status, str) else status.decode()
        if plain := PLAIN_STATUS.match(said):
            said = f"{said[:4]}{plain[1]}.0.0 {said[4:]}"
        await super().push(said)

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """Take an address as it stands: real senders break the grammar, and cost less so.

        What no address has, and what would begin a line of its own elsewhere, is refused.
        """
        found = PATH.match(arg)
        if found is None:
            return "", ""
        address = found["in_brackets"] if found["plain"] is None else found["plain"]
        address = address.strip(" ").rpartition(":")[2]
        return (None if UNSEEN.search(address) else address or "<>"), found["rest"]

    @syntax("EHLO hostname")
    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802  # aiosmtpd's name.
        """Greet, and say what we can."""
        if not hostname:
            await self.push("501 Syntax: EHLO hostname")
            return
        self._set_rset_state()  # type: ignore[no-untyped-call]
        self.session.extended_smtp, self.session.host_name = True, hostname
        lines = [self.hostname, f"SIZE {self.data_size_limit}", "8BITMIME", "SMTPUTF8"]
        lines += ["PIPELINING", "ENHANCEDSTATUSCODES"]
        if self.tls_context and not self.session.ssl:
            lines.append("STARTTLS")
        self.command_size_limits["MAIL"] = self.command_size_limit + 100
        said = [*(f"250-{line}" for line in lines[:-1]), f"250 {lines[-1]}"]
        await super().push("\r\n".join(said))

    @syntax("STARTTLS", when="tls_context")
    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802  # aiosmtpd's name.
        """Turn to TLS, and forget all that was said in the clear (RFC 3207, 4.2)."""
        if arg or not self.tls_context or self.session.ssl:
            await self.push("501 Syntax: STARTTLS" if arg else "454 4.7.0 There is no TLS now.")
            return
        await self.push("220 2.0.0 Ready to start TLS")
        vars(self._reader)["_buffer"].clear()
        try:
            secure = await self.loop.start_tls(
                self.transport,
                self,
                self.tls_context,
                server_side=True,
                ssl_handshake_timeout=HANDSHAKE_SECONDS,
            )
        except (OSError, asyncio.IncompleteReadError) as error:
            log.info("No TLS came about: %s", type(error).__name__)
            self.connection_lost(None)
            return
        self._turn_to(secure)

    def _turn_to(self, secure: Any) -> None:
        peer = self.session.peer
        self._set_rset_state()  # type: ignore[no-untyped-call]
        self.session = self._create_session()
        self.session.peer, self.session.ssl = peer, secure.get_extra_info("cipher")
        for part in (self._writer, self._reader):
            vars(part)["_transport"] = secure
        self.transport = secure
        self._reset_timeout()

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802  # aiosmtpd's name.
        """Nobody signs in here: mail is taken for us alone, from anybody."""
        await self.push("502 5.5.1 There is nothing to sign in to.")

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  # aiosmtpd's name.
        """Take a mail in, and answer when it is stored."""
        if await self.check_helo_needed():
            return
        if not self.envelope.rcpt_tos or arg:
            await self.push("501 Syntax: DATA" if arg else "503 5.5.1 Send RCPT first.")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        spool = Spool()
        try:
            answer = await self._take_in(spool)
        except BaseException:
            spool.close()
            raise
        # Whoever stores it closes it, also when the sender is gone meanwhile.
        if answer:
            spool.close()
        answer = answer or await self.handler.store_mail(self, spool)
        recipients = list(self.envelope.rcpt_tos)
        self._set_post_data_state()  # type: ignore[no-untyped-call]
        for line in self._answers(answer, recipients):
            await self.push(line)

    def _answers(self, answer: str, recipients: Sequence[str]) -> list[str]:
        return [answer]

    async def _take_in(self, spool: Spool) -> str:
        """Put a mail in the spool; return what to answer when it cannot be taken.

        One that is too long is not kept from there on. Whoever goes on as long again is not
        waited for.
        """
        dots, limit, size, answer = Dots(), self.data_size_limit, 0, ""
        end = self.loop.time() + MAIL_SECONDS
        while not dots.is_over:
            self._reset_timeout(max(min(PART_SECONDS, end - self.loop.time()), 0.001))
            piece = await self._reader.read(EVERYTHING)
            if not piece:
                raise ConnectionResetError
            text = dots.feed(piece)
            size += len(text)
            if size > limit:
                answer = TOO_LARGE.format(limit=settings.ANSWERABLE_MAIL_MAX_MB)
            if size > 2 * limit:
                await self._hang_up(answer)
            answer = answer or _kept(spool, text)
        self._reset_timeout()
        if dots.rest:
            self._reader.feed_data(dots.rest)
        return answer

    async def _hang_up(self, answer: str) -> None:
        await self.push(answer)
        self.transport.close()
        raise asyncio.CancelledError


class LocalConversation(Conversation):
    """A connection of our own mail server, by LMTP (RFC 2033): an answer for each recipient."""

    door = InboundMail.Door.LMTP

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, hostname: str) -> None:  # noqa: N802  # aiosmtpd's name.
        """Greet, and say what we can."""
        await super().smtp_EHLO(hostname)

    async def smtp_HELO(self, hostname: str) -> None:  # noqa: N802  # aiosmtpd's name.
        """Refuse the greeting of SMTP."""
        await self.push("500 5.5.1 This is LMTP: say LHLO.")

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802  # aiosmtpd's name.
        """Refuse the greeting of SMTP."""
        await self.push("500 5.5.1 This is LMTP: say LHLO.")

    def _answers(self, answer: str, recipients: Sequence[str]) -> list[str]:
        return [answer] * len(recipients)


def _kept(spool: Spool, text: bytes) -> str:
    try:
        spool.add(text)
    except OSError as error:
        log.error("A mail could not be kept while it came: %s", error.strerror)
        return FULL
    return ""
