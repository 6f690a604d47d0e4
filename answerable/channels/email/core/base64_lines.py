"""Bytes as lines of base64 (RFC 2045, 6.8), by pieces. Pure."""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Iterator

# So many bytes make a line of 76 letters, the longest there may be.
IN_A_LINE = 57
AT_ONCE = 500 * IN_A_LINE


def base64_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give bytes as lines with CRLF at their ends, whole lines at a time."""
    rest = b""
    for piece in pieces:
        rest += piece
        full = len(rest) - len(rest) % IN_A_LINE
        for at in range(0, full, AT_ONCE):
            yield _lines(rest[at : min(at + AT_ONCE, full)])
        rest = rest[full:]
    yield _lines(rest)


def _lines(raw: bytes) -> bytes:
    cuts = range(0, len(raw), IN_A_LINE)
    lines = (binascii.b2a_base64(raw[at : at + IN_A_LINE], newline=False) for at in cuts)
    return b"".join(line + b"\r\n" for line in lines)
