"""What a file is, by its first bytes: what its name and its sender say does not count."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.files.core.dimensions import dimensions_of
from answerable.files.core.sniff import type_of
from answerable.files.tests.samples import GIF, JPEG, PDF, PNG, WEBP


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (GIF, "image/gif"),
        (WEBP, "image/webp"),
        (PDF, "application/pdf"),
        (b"PK\x03\x04..word/document.xml", "application/vnd.openxmlformats-officedocument."
         "wordprocessingml.document"),
        (b"PK\x03\x04..readme", "application/zip"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"MZ\x90\0", "application/x-msdownload"),
        (b"BEGIN:VCALENDAR\r\n", "text/calendar"),
        ("Grüße".encode(), "text/plain"),
        ("Grüße".encode("latin-1"), "text/plain"),
        (b"", "application/octet-stream"),
        (b"\x00\x01\x02", "application/octet-stream"),
    ],
)  # fmt: skip
def test_it_is_told_apart_by_content(head: bytes, kind: str) -> None:
    assert type_of(head) == kind


@pytest.mark.parametrize(
    "head",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><!-- a picture -->\n<SVG onload=alert(1)>",
        "\ufeff<svg/onload=alert(1)>".encode(),
        "<svg onload=alert(1)>".encode("utf-16"),
    ],
)
def test_it_calls_svg_what_it_is_and_no_picture(head: bytes) -> None:
    assert type_of(head) == "image/svg+xml"


@pytest.mark.parametrize("head", [b"  <!DOCTYPE html>", b"GIF is the best <script src=x>"])
def test_it_calls_a_page_a_page(head: bytes) -> None:
    assert type_of(head) == "text/html"


@pytest.mark.parametrize(
    ("head", "size"), [(PNG, (3, 2)), (JPEG, (3, 2)), (GIF, (3, 2)), (WEBP, (3, 2))]
)
def test_it_knows_how_large_a_picture_is(head: bytes, size: tuple[int, int]) -> None:
    assert dimensions_of(head, type_of(head)) == size


def test_it_knows_the_size_behind_a_long_thumbnail() -> None:
    thumbnail = b"\xff\xe1" + struct.pack(">H", 60_002) + b"\xff\xd8\xff\xc0" * 15_000
    assert dimensions_of(JPEG[:2] + thumbnail + JPEG[2:], "image/jpeg") == (3, 2)


@given(st.binary(max_size=300), st.sampled_from([PNG, JPEG, GIF, WEBP, PDF, b"RIFF", b"PK"]))
def test_it_never_raises(rest: bytes, start: bytes) -> None:
    for cut in (0, 2, 8, 13, len(start)):
        head = start[:cut] + rest
        size = dimensions_of(head, type_of(head))
        assert size is None or min(size) > 0
        assert zlib.crc32(head) >= 0
