"""Hands one mail to the way out, and says in our words what came of it."""

from __future__ import annotations

import smtplib
from typing import cast

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import Error

FORBIDDEN_TO_US = range(530, 540)  # The server wants a sign-in: our fault, not the mail's.
CLOSING = 421
PROVIDER_BUSY = {401, 402, 403, 408, 429}


class Refused(Exception):
    """The server will never take this mail; the words are the server's."""


class TryLater(Exception):
    """The server does not take this mail now."""


class Unreachable(Exception):
    """There is no server to talk to, or it stopped listening."""


def hand_over(letter: EmailMessage, way: BaseEmailBackend) -> None:
    """Return once the next server has accepted a mail. Raises Refused, TryLater, Unreachable.

    When the line breaks after the last byte, nobody knows whether it was accepted: that is
    Unreachable, and the mail is sent again with the same Message-ID.
    """
    try:
        way.open()
        if not way.send_messages([letter]):
            raise Refused("It has no recipient.")
    except (Error, Refused):
        raise
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise _by_code(code, words) from error
    except smtplib.SMTPResponseException as error:
        raise _by_response(error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(str(error)) from error
    except Exception as error:  # What a provider's module raises is its own.
        raise _by_status(error) from error


def _by_response(error: smtplib.SMTPResponseException) -> Exception:
    of_the_mail = isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError)
    if not of_the_mail:
        return Unreachable(_words(error.smtp_code, error.smtp_error))
    return _by_code(error.smtp_code, error.smtp_error)


def _by_code(code: int, words: bytes | str) -> Exception:
    if code == CLOSING:
        return Unreachable(_words(code, words))
    if 500 <= code < 600 and code not in FORBIDDEN_TO_US:
        return Refused(_words(code, words))
    return TryLater(_words(code, words))


def _by_status(error: Exception) -> Exception:
    """Return what a provider's answer means; without an answer nobody was there."""
    words = _kept(_what(error))
    status = cast("int | None", getattr(error, "status_code", None))
    if status is not None and 400 <= status < 500 and status not in PROVIDER_BUSY:
        return Refused(words)
    if type(error).__name__ in {"AnymailRecipientsRefused", "AnymailInvalidAddress"}:
        return Refused(words)
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return Refused(words)  # A certificate that does not fit is both.
    return Unreachable(words)


def _what(error: Exception) -> str:
    """Return what went wrong: the system's words for a line, the provider's for the rest."""
    if isinstance(error, OSError) and (error.strerror or str(error)):
        return error.strerror or str(error)
    return f"{type(error).__name__}: {error}"


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return _kept(f"{code} {' '.join(text.split())}")


def _kept(words: str) -> str:
    """Return a server's words as the database can keep them."""
    return words.encode("utf-8", "replace").decode().replace("\0", "")[:400]
