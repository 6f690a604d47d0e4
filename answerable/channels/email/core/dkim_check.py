"""Whether a DKIM signature is that of its domain (RFC 6376, RFC 8463). Pure.

Names are asked, and the arithmetic is done, by functions that are handed in.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from answerable.channels.email.core.canonical import body_hash
from answerable.channels.email.core.dkim import Header, headers_in, relaxed_header
from answerable.channels.email.core.mapped import Buffer
from answerable.channels.email.core.proof import Result, Unsure, same_or_below
from answerable.channels.email.core.sent import Sent

MOST_SIGNATURES = 5
LONGEST_SIGNATURE = 8000
FEWEST_BITS = 1024
CLOCK_SKEW_SECONDS = 3600
ALGORITHMS = {"rsa-sha256": "rsa", "ed25519-sha256": "ed25519"}
OWN_SIGNATURE = re.compile(rb"([;\s]b[ \t\r\n]*=)[^;]*")
NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?", re.IGNORECASE)
SPACES = re.compile(r"\s+")

Tags = Mapping[str, str]
# Returns the texts under a name; raises Unsure.
AskText = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Signed:
    """A text, the signature under it, and by which key: what `Verify` is asked about."""

    kind: str  # rsa or ed25519
    key: bytes
    text: bytes
    signature: bytes


# Says whether a signature is that of a key; raises ValueError for what is no key.
Verify = Callable[[Signed], bool]


@dataclass(frozen=True, slots=True)
class Checked:
    """A signature's domain, and whether it is good."""

    domain: str
    result: Result


class Body:
    """A body, each of whose two forms is hashed once, however many signatures there are."""

    def __init__(self, pieces: Callable[[], Iterable[bytes]]) -> None:
        self._pieces = pieces
        self._known: dict[bool, str] = {}

    def digest(self, *, simple: bool) -> str:
        """Return its hash as it stands, or relaxed, as bh= has it."""
        if simple not in self._known:
            self._known[simple] = body_hash(self._pieces(), simple=simple)
        return self._known[simple]


def check_signatures(raw: Buffer, ask: AskText, verify: Verify, at: datetime) -> list[Checked]:
    """Return what becomes of a mail's first signatures, at the instant at which it came."""
    sent = Sent(raw)
    headers = list(headers_in(sent.head))
    found = [header for header in headers if _is(header, "dkim-signature")]
    signatures = found[:MOST_SIGNATURES]
    hashed = Body(sent.body)
    return [_check(header, headers, hashed, (ask, verify, at)) for header in signatures]


def tags_of(text: str) -> dict[str, str]:
    """Return the tags of a signature or a record, without spaces; empty when one is double."""
    tags: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        name = name.strip()
        if equals and name:
            if name in tags:
                return {}
            tags[name] = value.strip()
    return tags


def _check(
    header: Header,
    headers: Sequence[Header],
    body: Body,
    how: tuple[AskText, Verify, datetime],
) -> Checked:
    ask, verify, at = how
    tags = tags_of(header[1][:LONGEST_SIGNATURE].decode("utf-8", "replace"))
    domain = tags.get("d", "").lower()
    if not _is_well_made(tags, domain):
        return Checked(domain, Result.PERMERROR)
    if _is_over(tags, at) or not _has_hash(tags, body):
        return Checked(domain, Result.FAIL)
    try:
        key = _key(tags, domain, ask)
        if key is None:
            return Checked(domain, Result.PERMERROR)
        text = _signed_text(header, headers, tags)
        signature = _bytes_of(tags["b"])
        good = verify(Signed(ALGORITHMS[tags["a"].lower()], key, text, signature))
    except Unsure:
        return Checked(domain, Result.TEMPERROR)
    except ValueError:
        return Checked(domain, Result.PERMERROR)
    return Checked(domain, Result.PASS if good else Result.FAIL)


def _is_well_made(tags: Tags, domain: str) -> bool:
    """Say whether a signature can be checked at all: all it needs, and it signs From.

    One that signs a part of the body only proves nothing of the rest (RFC 6376, 8.2).
    """
    signer = tags.get("i", f"@{domain}").lower().rpartition("@")[2]
    return (
        tags.get("v") == "1"
        and tags.get("a", "").lower() in ALGORITHMS
        and {"b", "bh", "h", "s"} <= tags.keys()
        and "l" not in tags
        and bool(NAME.fullmatch(domain))
        and bool(NAME.fullmatch(tags["s"]))
        and same_or_below(signer, domain)
        and "from" in _names(tags)
    )


def _is_over(tags: Tags, at: datetime) -> bool:
    signed, ends = tags.get("t", "0"), tags.get("x", "")
    now = at.timestamp()
    if signed.isdecimal() and int(signed[:15]) > now + CLOCK_SKEW_SECONDS:
        return True
    return ends.isdecimal() and int(ends[:15]) < now


def _has_hash(tags: Tags, body: Body) -> bool:
    _, simple = _canonical(tags)
    return body.digest(simple=simple) == SPACES.sub("", tags["bh"])


def _canonical(tags: Tags) -> tuple[bool, bool]:
    """Return whether headers, and whether the body, are signed as they stand ("simple")."""
    head, _, body = tags.get("c", "simple/simple").lower().partition("/")
    return head.strip() != "relaxed", body.strip() != "relaxed"


def _key(tags: Tags, domain: str, ask: AskText) -> bytes | None:
    """Return the key of a signature, or None when there is none for it. Raises Unsure."""
    for text in ask(f"{tags['s']}._domainkey.{domain}"):
        record = tags_of(text)
        if _is_for(record, tags, domain):
            return _bytes_of(record["p"])
    return None


def _is_for(record: Tags, tags: Tags, domain: str) -> bool:
    """Say whether a record's key may sign so; one that is only tried proves nothing."""
    flags = record.get("t", "").replace(" ", "").split(":")
    signer = tags.get("i", f"@{domain}").lower().rpartition("@")[2]
    hashes = record.get("h", "sha256").replace(" ", "").split(":")
    return (
        record.get("v", "DKIM1") == "DKIM1"
        and record.get("k", "rsa").lower() == ALGORITHMS[tags["a"].lower()]
        and bool(record.get("p"))
        and "sha256" in hashes
        and "y" not in flags
        and ("s" not in flags or signer == domain)
    )


def _names(tags: Tags) -> list[str]:
    return [name.strip().lower() for name in tags.get("h", "").split(":")]


def _signed_text(header: Header, headers: Sequence[Header], tags: Tags) -> bytes:
    """Return what is signed: the named headers, the lowest of each name first, then itself."""
    simple, _ = _canonical(tags)
    left: dict[str, list[Header]] = {}
    for one in headers:
        left.setdefault(one[0].strip().lower().decode("ascii", "replace"), []).append(one)
    named = [left[name].pop() for name in _names(tags) if left.get(name)]
    unsigned = (header[0], OWN_SIGNATURE.sub(rb"\1", b";" + header[1], count=1)[1:])
    written = _as_it_stands if simple else _relaxed
    return b"".join(written(one) + b"\r\n" for one in named) + written(unsigned)


def _as_it_stands(header: Header) -> bytes:
    return header[0] + b":" + header[1]


def _relaxed(header: Header) -> bytes:
    return relaxed_header(*header)


def _is(header: Header, name: str) -> bool:
    return header[0].strip().lower() == name.encode()


def _bytes_of(text: str) -> bytes:
    try:
        return base64.b64decode(SPACES.sub("", text), validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
