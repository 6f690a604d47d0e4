"""What a file is, by what is in it. What its sender calls it is never believed. Pure.

Only what browsers could be made to show, or what people should know before they open it, is
told apart; everything else is a file.
"""

from __future__ import annotations

import re

HEAD = 4096
UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
ZIP = "application/zip"
OLE = "application/x-ole-storage"

STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", "application/rtf"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
)
# What stands inside a container that begins alike.
RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic",
          b"avif": "image/avif", b"qt  ": "video/quicktime", b"M4A ": "audio/mp4"}  # fmt: skip
OFFICE: tuple[tuple[bytes, str], ...] = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (
        b"application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
)
# A browser that is let guess takes these for pages, wherever in the beginning they stand.
SVG = re.compile(rb"<svg[\s>/]", re.IGNORECASE)
PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|iframe|style|title|table|img|div|br|p|a|h1)"
    rb"[\s>/]",
    re.IGNORECASE,
)
XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml\s", re.IGNORECASE)
CALENDAR = re.compile(rb"\s*BEGIN:VCALENDAR", re.IGNORECASE)
CARD = re.compile(rb"\s*BEGIN:VCARD", re.IGNORECASE)
MAIL = re.compile(rb"(?:Received|Return-Path|From|Delivered-To|MIME-Version):\s")
# Control characters that no text has.
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def type_of(head: bytes) -> str:
    """Return the media type of a file that begins with these bytes."""
    head = head[:HEAD]
    contained = _contained(head)
    if contained:
        return contained
    for start, kind in STARTS:
        if head.startswith(start):
            return _office(head) if kind == ZIP else kind
    return _text(head) if head and not BINARY.search(head) else _utf16(head)


def _contained(head: bytes) -> str:
    if head.startswith(b"RIFF"):
        return RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], "video/mp4")
    return ""


def _office(head: bytes) -> str:
    return next((kind for name, kind in OFFICE if name in head), ZIP)


def _text(head: bytes) -> str:
    if SVG.search(head):
        return "image/svg+xml"
    if PAGE.search(head):
        return "text/html"
    patterns = (
        (XML, "application/xml"),
        (CALENDAR, "text/calendar"),
        (CARD, "text/vcard"),
        (MAIL, "message/rfc822"),
    )
    return next((kind for pattern, kind in patterns if pattern.match(head)), TEXT)


def _utf16(head: bytes) -> str:
    """Return what a text of two bytes a letter is, which says so at its beginning."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _text(head[2:].replace(b"\x00", b""))
    return UNKNOWN
