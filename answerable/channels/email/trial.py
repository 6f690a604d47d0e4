"""Sends one mail and says what happened at each step, in words and with the server's own."""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from answerable.channels.email import ours, signing
from answerable.channels.email.compose import Letter, compose
from answerable.channels.email.core.page import Page
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.send import Refused, TryLater, Unreachable, hand_over
from answerable.channels.email.texts import current
from answerable.channels.email.transport import PORTS, TIMEOUT_SECONDS, ways
from answerable.channels.email.words import support_name, written

Step = tuple[bool, str]
REFUSED = "The mail server refused the sign-in. Check user name and password."


class Stopped(Exception):
    """A step failed, and no other can follow; the words say why."""


def trial_letter(address: str, at: datetime) -> Letter:
    """Return the mail of a test. Raises ValueError when the address cannot be one."""
    words = _("This is a test. If you read it, mail from {vendor} reaches you.")
    page = Page(words.format(vendor=settings.ANSWERABLE_VENDOR), signature=support_name())
    letter = written(page, _("A test of our mail"), current())
    mail = OutgoingMail(
        kind=OutgoingMail.Kind.TEST,
        to=address,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        mail_id=ours.new_message_id(None),
        created_at=at,
    )
    return compose(mail, [])


def steps(address: str, at: datetime) -> Iterator[Step]:
    """Send a mail to an address by its way; yield each step, up to the first that fails.

    Raises BadMailUrl.
    """
    try:
        letter = trial_letter(address, at)
    except ValueError as error:
        yield False, f"{address!r} cannot be an address: {error}"
        return
    yield _signed()
    domain = address.rpartition("@")[2].lower()
    found = ways(settings.ANSWERABLE_MAIL_URL, settings.ANSWERABLE_MAIL_ROUTES)
    way = next(one for one in found if domain in one.domains or not one.domains)
    url = urlsplit(_url_of(domain))
    if url.scheme in PORTS:
        yield True, f"Mail to {domain} goes out by {way.name} ({url.scheme})."
        yield from _by_smtp(url, letter, address)
        return
    yield from _by_backend(letter, way.backend, way.name, is_ours=way.is_ours)


def _url_of(domain: str) -> str:
    for route in settings.ANSWERABLE_MAIL_ROUTES.split():
        name, _equals, url = route.partition("=")
        if name.lower() == domain:
            return str(url)
    return str(settings.ANSWERABLE_MAIL_URL)


def _signed() -> Step:
    try:
        keys = signing.current()
    except signing.BadKey as error:
        return False, f"{error} The mail is not signed."
    if not keys:
        return True, "The mail is not signed: no DKIM key is set."
    names = " and ".join(key.signer.algorithm for key in keys)
    return True, f"The mail is signed by {names}."


def _by_backend(letter: Letter, backend: Any, name: str, *, is_ours: bool) -> Iterator[Step]:
    if is_ours:
        yield True, "Mail is kept in the outbox page of this demonstration; nothing leaves."
    try:
        with transaction.atomic():
            hand_over(letter, backend)
    except (Refused, TryLater, Unreachable) as error:
        yield False, f"{name} did not take it: {error}"
        return
    yield True, "It is in the outbox." if is_ours else f"{name} has accepted it."


def _by_smtp(url: SplitResult, letter: Letter, address: str) -> Iterator[Step]:
    host, port = url.hostname or "", url.port or PORTS[url.scheme]
    began = time.monotonic()
    client: smtplib.SMTP | None = None
    try:
        client = _connected(url.scheme, host, port)
        yield True, f"Connected to {host}:{port} in {time.monotonic() - began:.1f} s."
        yield from _secured(client, url.scheme)
        yield from _signed_in(client, url)
        yield _handed_over(client, letter, address)
    except (smtplib.SMTPException, OSError, Stopped) as error:
        yield False, _words_of(error)
    finally:
        if client:
            client.close()


def _connected(scheme: str, host: str, port: int) -> smtplib.SMTP:
    if scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
    return smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)


def _secured(client: smtplib.SMTP, scheme: str) -> Iterator[Step]:
    client.ehlo()
    if scheme == "smtp+starttls":
        client.starttls(context=ssl.create_default_context())
        client.ehlo()
    if isinstance(client.sock, ssl.SSLSocket):
        yield True, f"TLS: {client.sock.version()}, and the certificate is good."
    else:
        yield True, "The line is not encrypted: use smtp+starttls:// or smtps://."


def _signed_in(client: smtplib.SMTP, url: SplitResult) -> Iterator[Step]:
    if not url.username:
        yield True, "No sign-in: the address names no user."
        return
    code, words = client.login(unquote(url.username), unquote(url.password or ""))
    yield True, f"Signed in: {_said(code, words)}"


def _handed_over(client: smtplib.SMTP, letter: Letter, address: str) -> Step:
    answer = (0, b"")
    for words, tell in (
        ("our address", partial(client.mail, ours.mailbox())),
        ("the recipient", partial(client.rcpt, address)),
        ("the mail", partial(client.data, letter.wire.as_bytes())),
    ):
        answer = tell()
        if not 200 <= answer[0] < 300:
            raise Stopped(f"The server does not take {words}: {_said(*answer)}")
    return True, f"Accepted: {_said(*answer)}"


def _words_of(error: Exception) -> str:
    """Return what an error means, with the server's own words where it has said some."""
    if isinstance(error, smtplib.SMTPResponseException):
        refused = isinstance(error, smtplib.SMTPAuthenticationError)
        says = REFUSED if refused else "The server does not go on."
        return f"{says} It says: {_said(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"The server does not offer that: {error}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate is not good: {error.verify_message}"
    if isinstance(error, socket.gaierror):
        return f"No server has that name: {error.strerror}"
    return str(error) if isinstance(error, Stopped) else f"The line broke: {_named(error)}"


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"
