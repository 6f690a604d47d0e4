"""Django's way to an SMTP server, on which a mail goes by pieces: it is never whole here."""

from __future__ import annotations

import smtplib
from typing import Any, cast

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.core.mail.message import sanitize_address

from answerable.channels.email.core.dots import dotted
from answerable.channels.email.wire import WireMessage

GO_ON = 354


class ByPieces:
    """A mail that `sendmail` takes: it asks how long it is, and hands it to `data`."""

    def __init__(self, wire: WireMessage) -> None:
        self.wire = wire

    def __len__(self) -> int:
        return self.wire.size


class _Line(smtplib.SMTP):
    """A line to a server, by which a mail may go by pieces."""

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Send a mail, and return what the server says. Raises SMTPDataError."""
        if not isinstance(msg, ByPieces):
            return super().data(msg)
        self.putcmd("data")
        code, words = self.getreply()
        if code != GO_ON:
            raise smtplib.SMTPDataError(code, words)
        for piece in dotted(msg.wire.pieces()):
            self.send(piece)
        return self.getreply()


class _SecureLine(_Line, smtplib.SMTP_SSL):
    """The same over TLS."""


class EmailBackend(smtp.EmailBackend):
    """Hands mails over as they lie in their files."""

    takes_wire = True

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What speaks to the server."""
        return _SecureLine if self.use_ssl else _Line

    def _send(self, email_message: EmailMessage) -> bool:
        encoding = email_message.encoding or settings.DEFAULT_CHARSET
        to = [sanitize_address(address, encoding) for address in email_message.recipients()]
        if not to:
            return False
        sender = sanitize_address(email_message.from_email, encoding)
        mail = cast("Any", ByPieces(cast("Any", email_message.message())))
        cast("smtplib.SMTP", self.connection).sendmail(sender, to, mail)
        return True
