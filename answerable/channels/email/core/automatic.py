"""Did a machine write this? One function says why, in the order in which signs are sure. Pure.

After RFC 3834 and RFC 3464, and what programs do that follow neither. A mail that is certainly
automatic is refused; one that only looks so is parked for a person (lessons.md 2.4, loops).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of machine."""

    OWN = "own"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Machine:
    """Why a mail counts as written by a machine, and whether that is certain."""

    kind: Kind
    why: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Signs:
    """What is looked at. Header names are in lower case, each with its first value."""

    headers: Mapping[str, str]
    content_type: str
    envelope_from: str
    sender: str
    subject: str
    is_own: bool  # whether the sender's address is ours


AUTO_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from")
DAEMON = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|mdaemon)@", re.IGNORECASE)
UNDELIVERED = re.compile(
    r"^\s*(undeliver(ed|able)|delivery (status notification|failure|has failed)"
    r"|mail delivery (failed|failure|subsystem)|returned mail|failure notice"
    r"|unzustellbar|nicht zustellbar|message not delivered)",
    re.IGNORECASE,
)
AWAY = re.compile(
    r"^\s*(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office( reply)?"
    r"|automatische antwort|abwesenheits(notiz|meldung|agent)|r[\u00e9e]ponse automatique"
    r"|respuesta autom[\u00e1a]tica|risposta automatica|automatisch antwoord)\s*[:\uff1a-]",
    re.IGNORECASE,
)


def why_automatic(signs: Signs) -> Machine | None:
    """Return why a mail is automatic, or None when nothing says so."""
    return next(_machines(signs), None)


def _machines(signs: Signs) -> Iterator[Machine]:
    if signs.is_own:
        yield Machine(Kind.OWN, "It comes from our own address.")
    yield from _bounces(signs)
    yield from _replies(signs)
    yield from _lists(signs.headers)
    if signs.envelope_from in {"", "<>"}:
        words = "Its return path is empty, so its sender wants no answer."
        yield Machine(Kind.AUTO_REPLY, words, certain=False)


def _bounces(signs: Signs) -> Iterator[Machine]:
    if signs.content_type == "multipart/report":
        yield Machine(Kind.BOUNCE, "It is a report of a mail server (multipart/report).")
    if "x-failed-recipients" in signs.headers:
        yield Machine(Kind.BOUNCE, "It names failed recipients (X-Failed-Recipients).")
    nobody = signs.envelope_from in {"", "<>"} or "@" not in signs.sender
    returned = nobody or DAEMON.match(signs.sender)
    if returned and UNDELIVERED.match(signs.subject):
        yield Machine(Kind.BOUNCE, "A mail server says that a mail was not delivered.")
    if DAEMON.match(signs.sender):
        yield Machine(Kind.BOUNCE, "A mail server sent it.", certain=False)


def _replies(signs: Signs) -> Iterator[Machine]:
    submitted = signs.headers.get("auto-submitted", "").split(";")[0].strip().lower()
    if submitted and submitted != "no":
        yield Machine(Kind.AUTO_REPLY, f"It says so itself (Auto-Submitted: {submitted[:40]}).")
    for name in AUTO_HEADERS:
        if signs.headers.get(name, "no").strip().lower() not in {"no", "false"}:
            yield Machine(Kind.AUTO_REPLY, f"It says so itself ({name}).")
    if signs.headers.get("precedence", "").strip().lower() in {"auto_reply", "auto-reply"}:
        yield Machine(Kind.AUTO_REPLY, "It says so itself (Precedence: auto_reply).")
    if AWAY.match(signs.subject):
        words = "Its subject is that of an automatic reply."
        yield Machine(Kind.AUTO_REPLY, words, certain=False)


def _lists(headers: Mapping[str, str]) -> Iterator[Machine]:
    if "list-id" in headers:
        yield Machine(Kind.LIST, "It came by a mailing list (List-Id).", certain=False)
    precedence = headers.get("precedence", "").strip().lower()
    if precedence in {"bulk", "junk", "list"}:
        words = f"It was sent in bulk (Precedence: {precedence})."
        yield Machine(Kind.LIST, words, certain=False)
