"""The mail inside an S/MIME part that is signed and not encrypted (RFC 5652, 5). Pure.

The signature is not checked here. But without this the text of such a mail could not be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from answerable.channels.email.core.mapped import Buffer, gathered, pieces_of

KINDS = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
OID, OCTETS, MANY_OCTETS = 0x06, 0x04, 0x24
ENDS = b"\0\0"
MOST_DEPTH = 16
MOST_ELEMENTS = 200_000


class _Broken(Exception):
    """The bytes are not what they claim to be."""


@dataclass(frozen=True, slots=True)
class _Element:
    """A value of BER: its tag, where what it holds begins and ends, where the next begins."""

    tag: int
    begin: int
    end: int
    next: int


def signed_content(raw: Buffer) -> Buffer:
    """Return the mail that was signed; nothing when it is encrypted, or broken."""
    try:
        return _content(raw)
    except (_Broken, IndexError):
        return b""


def _content(raw: Buffer) -> Buffer:
    kind, explicit = _first(raw, _element(raw, 0, len(raw), 0), 2)
    if kind.tag != OID or raw[kind.begin : kind.end] != SIGNED_DATA:
        return b""
    (signed,) = _first(raw, explicit, 1)
    _, _, content = _first(raw, signed, 3)  # its version, the digests, the content
    _, explicit = _first(raw, content, 2)
    (octets,) = _first(raw, explicit, 1)
    return gathered(_pieces(raw, octets))


def _pieces(raw: Buffer, octets: _Element) -> Iterator[bytes]:
    """Give what was signed: it stands in one element, or in those inside it."""
    inside = _inside(raw, octets, 0) if octets.tag == MANY_OCTETS else [octets]
    for each in inside:
        if each.tag == OCTETS:
            yield from pieces_of(memoryview(raw)[each.begin : each.end])


def _first(raw: Buffer, element: _Element, count: int) -> list[_Element]:
    """Return the first few elements inside one; raises when there are fewer."""
    found: list[_Element] = []
    for each in _inside(raw, element, 0):
        found.append(each)
        if len(found) == count:
            return found
    raise _Broken


def _inside(raw: Buffer, element: _Element, depth: int) -> Iterator[_Element]:
    at = element.begin
    for _ in range(MOST_ELEMENTS):
        if at >= element.end:
            return
        each = _element(raw, at, element.end, depth)
        yield each
        at = each.next
    raise _Broken


def _element(raw: Buffer, at: int, end: int, depth: int) -> _Element:
    if depth > MOST_DEPTH or at + 2 > end:
        raise _Broken
    tag, length, begin = raw[at], raw[at + 1], at + 2
    if length == 0x80:
        return _unbounded(raw, tag, begin, end, depth)
    if length > 0x80:
        size = length & 0x7F
        length = int.from_bytes(raw[begin : begin + size], "big")
        begin += size
    if begin + length > end:
        raise _Broken
    return _Element(tag, begin, begin + length, begin + length)


def _unbounded(raw: Buffer, tag: int, begin: int, end: int, depth: int) -> _Element:
    """Return an element whose length is not given: it ends where two empty bytes stand."""
    at = begin
    while raw[at : at + 2] != ENDS:
        at = _element(raw, at, end, depth + 1).next
    return _Element(tag, begin, at, at + 2)
