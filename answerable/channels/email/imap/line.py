"""A line to an IMAP server: what it is asked in the words of our follower.

imapclient speaks the protocol; its errors and the system's become Trouble.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import (
    IMAPClientAbortError,
    IMAPClientError,
    LoginError,
)

from answerable.channels.email.imap.oauth import access_token
from answerable.channels.email.imap.trouble import Trouble
from answerable.channels.email.mailboxes import Mailbox
from answerable.channels.email.spool import MOST_IN_MEMORY, Spool
from answerable.lib.env import BadSetting
from answerable.lib.sealing import Sealed

CONNECT_SECONDS = 20
ANSWER_SECONDS = 60
# A server may end what idles for half an hour (RFC 2177), and lines may forget it sooner.
IDLE_SECONDS = 540
LOOK_SECONDS = 1
POLL_SECONDS = 30
HERE = {"127.0.0.1", "::1", "localhost"}
FACTS = ["RFC822.SIZE", "INTERNALDATE"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A mail on the server: how long it says it is, and when it came there."""

    uid: int
    size: int
    came_at: datetime | None


class Line:
    """An open folder. Opening it and any of its methods raise Trouble when the line breaks."""

    def __init__(self, client: IMAPClient, mailbox: Mailbox, told: dict[bytes, Any]) -> None:
        self._client = client
        self._mailbox = mailbox
        self.validity = int(told.get(b"UIDVALIDITY", 0))
        self._next_uid = int(told.get(b"UIDNEXT", 0))
        with _spoken():
            self._can = set(client.capabilities())

    @property
    def next_uid(self) -> int:
        """The UID that the next mail will have; above the last one's where nobody says it."""
        if self._next_uid:
            return self._next_uid
        return max(self.uids_after(0), default=0) + 1

    def uids_after(self, last: int) -> list[int]:
        """Return the UIDs above one, in order."""
        with _spoken():
            found = self._client.search(["UID", f"{last + 1}:*"])
        # The star is the newest mail, also where that is below (RFC 3501, 6.4.8).
        return sorted(uid for uid in found if uid > last)

    def listed(self, uids: Sequence[int]) -> list[Listed]:
        """Return what the server says of mails; those that are gone are left out."""
        with _spoken():
            told = self._client.fetch(uids, FACTS)
        return [
            Listed(uid, int(told[uid][b"RFC822.SIZE"]), told[uid].get(b"INTERNALDATE"))
            for uid in uids
            if uid in told and b"RFC822.SIZE" in told[uid]
        ]

    def fetched(self, mail: Listed) -> Spool | None:
        """Return a mail's bytes, or None when it is gone.

        A large one comes in pieces. What a server says of its size may be wrong, so the last
        piece is the one that is short.
        """
        if mail.size <= MOST_IN_MEMORY:
            raw = self._part(mail.uid, "BODY.PEEK[]", b"BODY[]")
            return None if raw is None else Spool.of(raw)
        spool, piece = Spool(), b""
        while spool.size == 0 or len(piece) == MOST_IN_MEMORY:
            asked = f"BODY.PEEK[]<{spool.size}.{MOST_IN_MEMORY}>"
            found = self._part(mail.uid, asked, b"BODY[]<%d>" % spool.size)
            if found is None:
                spool.close()
                return None
            piece = found
            spool.add(piece)
            if not piece:
                break
        return spool

    def headers(self, mail: Listed) -> bytes:
        """Return a mail's headers alone."""
        return self._part(mail.uid, "BODY.PEEK[HEADER]", b"BODY[HEADER]") or b""

    def care_for(self, uids: Sequence[int]) -> None:
        """Mark or move mails that are stored, as the mailbox has it."""
        after = Mailbox.After
        if not uids or self._mailbox.after == after.LEAVE:
            return
        with _spoken():
            if self._mailbox.after == after.FLAG:
                self._client.add_flags(uids, [b"\\Seen"], silent=True)
            elif b"MOVE" in self._can:
                self._client.move(uids, self._mailbox.move_to)
            else:
                self._client.copy(uids, self._mailbox.move_to)
                self._client.delete_messages(uids, silent=True)
                self._client.expunge(uids if b"UIDPLUS" in self._can else None)

    def wait(self, stop: threading.Event) -> None:
        """Return when something may have come, or when told to stop."""
        with _spoken():
            if b"IDLE" not in self._can:
                stop.wait(POLL_SECONDS)
                self._client.noop()
                return
            self._client.idle()
            for _ in range(IDLE_SECONDS // LOOK_SECONDS):
                if self._client.idle_check(timeout=LOOK_SECONDS) or stop.is_set():
                    break
            self._client.idle_done()

    def _part(self, uid: int, asked: str, answered: bytes) -> bytes | None:
        with _spoken():
            told = self._client.fetch([uid], [asked])
        part = told[uid].get(answered, b"") if uid in told else None
        return part if part is None or isinstance(part, bytes) else b""


@contextmanager
def line_to(mailbox: Mailbox) -> Iterator[Line]:
    """Sign in to a mailbox and open its folder while the block runs. Raises Trouble."""
    client = _connected(mailbox)
    try:
        _sign_in(client, mailbox)
        yield Line(client, mailbox, _opened(client, mailbox))
    finally:
        with suppress(OSError, IMAPClientError):
            client.shutdown()


def _connected(mailbox: Mailbox) -> IMAPClient:
    security = Mailbox.Security
    if mailbox.security == security.PLAIN and mailbox.host not in HERE:
        raise Trouble("plain")
    trust = ssl.create_default_context()
    try:
        client = IMAPClient(
            mailbox.host,
            mailbox.port,
            ssl=mailbox.security == security.TLS,
            ssl_context=trust,
            timeout=SocketTimeout(CONNECT_SECONDS, ANSWER_SECONDS),
        )
        client.normalise_times = False  # instants keep their zone
        client.socket().setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if mailbox.security == security.STARTTLS:
            client.starttls(trust)
    except ssl.SSLCertVerificationError as error:
        raise Trouble("certificate", error.verify_message) from error
    except (OSError, IMAPClientError) as error:
        raise Trouble("unreached", error) from error
    return client


def _sign_in(client: IMAPClient, mailbox: Mailbox) -> None:
    try:
        _entrance(client, mailbox)()
    except (Sealed, BadSetting) as error:
        raise Trouble("secret") from error
    except LoginError as error:
        raise Trouble("signin", error) from error
    except (OSError, IMAPClientError) as error:
        raise Trouble("broken", error) from error


def _entrance(client: IMAPClient, mailbox: Mailbox) -> Callable[[], object]:
    """Return how to sign in; OAUTHBEARER is the standard, XOAUTH2 what there was before."""
    if mailbox.sign_in == Mailbox.SignIn.PASSWORD:
        password = mailbox.opened_secret()
        return lambda: client.login(mailbox.user, password)
    token = access_token(mailbox)
    if client.has_capability("AUTH=OAUTHBEARER"):
        return lambda: client.oauthbearer_login(mailbox.user, token)
    return lambda: client.oauth2_login(mailbox.user, token)


def _opened(client: IMAPClient, mailbox: Mailbox) -> dict[bytes, Any]:
    try:
        if mailbox.after == Mailbox.After.MOVE and not client.folder_exists(mailbox.move_to):
            client.create_folder(mailbox.move_to)
        is_left = mailbox.after == Mailbox.After.LEAVE
        told: dict[bytes, Any] = client.select_folder(mailbox.folder, readonly=is_left)
    except IMAPClientAbortError as error:
        raise Trouble("broken", error) from error
    except IMAPClientError as error:
        raise Trouble("folder", error) from error
    except OSError as error:
        raise Trouble("broken", error) from error
    return told


@contextmanager
def _spoken() -> Iterator[None]:
    try:
        yield
    except (OSError, IMAPClientError) as error:
        raise Trouble("broken", error) from error
