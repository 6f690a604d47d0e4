"""A mail's body as DKIM signs it (RFC 6376, 3.4), by pieces. Pure.

What is blank at the end of a body does not count, so blanks are held until something follows.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator

LINE_ENDS = b"\r\n"
SPACES = b" \t\r\n"
BLANKS = re.compile(rb"[ \t]+")


def body_hash(pieces: Iterable[bytes], *, simple: bool = False) -> str:
    """Return the hash of a body, relaxed or as it stands ("simple"), as bh= has it."""
    digest = hashlib.sha256()
    for piece in _simple(pieces) if simple else relaxed(pieces):
        digest.update(piece)
    return base64.b64encode(digest.digest()).decode()


def relaxed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give a body as it is signed (3.4.4): an empty one stays empty."""
    blanks: list[bytes] = []
    is_empty = True
    for said in _without_end(pieces, SPACES, blanks):
        is_empty = False
        yield _spaced(said)
    rest = _without_empty_lines(_spaced(b"".join(blanks)).removesuffix(b" "))
    if rest or not is_empty:
        yield rest + b"\r\n"


def _simple(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give a body as it is signed (3.4.3): empty lines at its end do not count."""
    blanks: list[bytes] = []
    yield from _without_end(pieces, LINE_ENDS, blanks)
    yield _without_empty_lines(b"".join(blanks)) + b"\r\n"


def _without_end(pieces: Iterable[bytes], blank: bytes, blanks: list[bytes]) -> Iterator[bytes]:
    """Give a body by pieces up to what is blank at its end, which then is in `blanks`."""
    for piece in pieces:
        said = piece.rstrip(blank)
        if said:
            yield b"".join((*blanks, said))
            blanks.clear()
        blanks.append(piece[len(said) :])


def _spaced(body: bytes) -> bytes:
    return BLANKS.sub(b" ", body).replace(b" \r\n", b"\r\n")


def _without_empty_lines(body: bytes) -> bytes:
    told = body.rstrip(b"\r\n")
    rest = body[len(told) :]
    if rest == b"\r\n" * (len(rest) // 2):
        return told
    end = len(rest)
    while rest.endswith(b"\r\n", 0, end):
        end -= 2
    return told + rest[:end]
