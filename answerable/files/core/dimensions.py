"""How wide and high a picture is, from its first bytes. Pure."""

from __future__ import annotations

import struct

Size = tuple[int, int]

# Markers of a JPEG that begin a frame, and so tell its size; the other three have other uses.
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ALONE = {0x01, *range(0xD0, 0xD9)}


def dimensions_of(head: bytes, kind: str) -> Size | None:
    """Return width and height in pixels; None where the beginning does not tell."""
    reader = READERS.get(kind)
    try:
        found = reader(head) if reader else None
    except (struct.error, IndexError):
        return None
    return found if found and all(found) else None


def _png(head: bytes) -> Size | None:
    return struct.unpack(">II", head[16:24]) if head[12:16] == b"IHDR" else None


def _gif(head: bytes) -> Size:
    width, height = struct.unpack("<HH", head[6:10])
    return width, height


def _jpeg(head: bytes) -> Size | None:
    at = 2
    while at + 4 <= len(head):
        if head[at] != 0xFF:
            return None
        marker = head[at + 1]
        if marker == 0xFF or marker in ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in FRAMES:
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        at += 2 + max(struct.unpack(">H", head[at + 2 : at + 4])[0], 2)
    return None


def _webp(head: bytes) -> Size | None:
    form = head[12:16]
    if form == b"VP8X":
        return _three(head[24:27]) + 1, _three(head[27:30]) + 1
    if form == b"VP8L":
        bits = struct.unpack("<I", head[21:25])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _three(octets: bytes) -> int:
    return int.from_bytes(octets, "little")


READERS = {"image/png": _png, "image/gif": _gif, "image/jpeg": _jpeg, "image/webp": _webp}
