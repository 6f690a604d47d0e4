"""DKIM signatures (RFC 6376, RFC 8463): what is signed, and the header that says so. Pure.

Both header and body are “relaxed”: servers on the way fold lines and trim spaces.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from answerable.channels.email.core.canonical import body_hash
from answerable.channels.email.core.mapped import Buffer
from answerable.channels.email.core.sent import Sent

# Those that a reader sees or that say where an answer goes, and what unsubscribes (RFC 8058).
SIGNED = (
    "from", "to", "subject", "date", "reply-to", "message-id", "in-reply-to", "references",
    "mime-version", "content-type", "content-transfer-encoding", "auto-submitted",
    "list-unsubscribe", "list-unsubscribe-post",
)  # fmt: skip
# Named once more than they are there: nobody can add a second one above (RFC 6376, 8.15).
SEALED = ("from", "to", "subject", "date", "reply-to")
FOLD = re.compile(rb"\r\n(?=[ \t])")
SPACES = re.compile(rb"[ \t]+")
LINE = 70

Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, by which key, and how: `sign` takes what is signed, returns the signature."""

    domain: str
    selector: str
    algorithm: str
    sign: Callable[[bytes], bytes]


def signature_header(raw: Buffer, signer: Signer) -> bytes:
    """Return the DKIM-Signature header of a mail, which is written before the others.

    `raw` has CRLF as line ends, and is what goes out, byte for byte.
    """
    sent = Sent(raw)
    headers = list(headers_in(sent.head))
    names = _names(headers)
    tags = [
        f"v=1; a={signer.algorithm}; c=relaxed/relaxed;",
        f"d={signer.domain}; s={signer.selector};",
        *_folded("h=" + ":".join(names) + ";", ":"),
        f"bh={body_hash(sent.body())};",
        "b=",
    ]
    unsigned = ("DKIM-Signature: " + "\r\n ".join(tags)).encode()
    signature = base64.b64encode(signer.sign(signed_text(headers, names, unsigned))).decode()
    lines = [signature[at : at + LINE] for at in range(0, len(signature), LINE)]
    return unsigned + "\r\n ".join(lines).encode() + b"\r\n"


def signed_text(headers: Sequence[Header], names: Sequence[str], unsigned: bytes) -> bytes:
    """Return what is signed: the named headers, the lowest of each name first, and our own."""
    left = list(headers)
    out = []
    for name in names:
        at = _last(left, name)
        if at is not None:
            out.append(relaxed_header(*left.pop(at)) + b"\r\n")
    own, _, value = unsigned.partition(b":")
    return b"".join(out) + relaxed_header(own, value)


def headers_in(head: bytes) -> Iterator[Header]:
    """Return the names and values of headers as they are written, in order."""
    for line in re.split(rb"\r\n(?![ \t])", head):
        name, colon, value = line.partition(b":")
        if colon:
            yield name, value


def relaxed_header(name: bytes, value: bytes) -> bytes:
    """Return a header as it is signed (RFC 6376, 3.4.2)."""
    unfolded = SPACES.sub(b" ", FOLD.sub(b"", value)).strip(b" \t\r\n")
    return name.strip().lower() + b":" + unfolded


def record(algorithm: str, public: bytes) -> str:
    """Return the text of the DNS record by which others check our signatures."""
    kind = algorithm.partition("-")[0]
    return f"v=DKIM1; k={kind}; p={base64.b64encode(public).decode()}"


def _names(headers: Sequence[Header]) -> list[str]:
    there = [name.strip().lower().decode("ascii", "replace") for name, _ in headers]
    named = [name for name in SIGNED for _ in range(there.count(name))]
    return [*named, *SEALED]


def _last(headers: Sequence[Header], name: str) -> int | None:
    wanted = name.encode()
    for at in range(len(headers) - 1, -1, -1):
        if headers[at][0].strip().lower() == wanted:
            return at
    return None


def _folded(tag: str, at: str) -> list[str]:
    """Break a tag into lines after its separators."""
    lines, line = [], ""
    for piece in re.split(f"(?<={at})", tag):
        if line and len(line) + len(piece) > LINE:
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line]
