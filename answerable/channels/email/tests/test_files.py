"""Files keep their names, unless the name could do harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.files import Attachment, safe_name
from answerable.channels.email.core.parse import read_mail


def file_with(*lines: str | bytes) -> Attachment:
    head = [line.encode() if isinstance(line, str) else line for line in lines]
    return read_mail(
        b"\r\n".join([b"From: dana@nordwind.example", *head, b"", b"x"])
    ).attachments[0]


@pytest.mark.parametrize(
    ("it", "header", "name"),
    [
        ("in quotes", 'attachment; filename="a b.pdf"', "a b.pdf"),
        ("without quotes", "attachment; filename=a b.pdf", "a b.pdf"),
        ("without its last quote", 'attachment; filename="a b.pdf', "a b.pdf"),
        ("with quotes inside", 'attachment; filename="a "b" c.pdf"; size=5', 'a "b" c.pdf'),
        ("encoded as the rules say", "attachment; filename*=utf-8''%C3%9C%20b.pdf", "Ü b.pdf"),
        ("in pieces", 'attachment; filename*0="a b"; filename*1=" c.pdf"', "a b c.pdf"),
        ("in encoded pieces", "inline; filename*0*=utf-8''%C3; filename*1*=%9C.pdf", "Ü.pdf"),
        ("encoded as headers are", 'attachment; filename="=?utf-8?q?=C3=9C.pdf?="', "Ü.pdf"),
        ("in raw bytes", b'attachment; filename="\xdc.pdf"', "Ü.pdf"),
        ("with a path of Windows", r'attachment; filename="C:\My Files\a.pdf"', "a.pdf"),
        ("with a path that climbs", 'attachment; filename="../../etc/passwd"', "passwd"),
        ("that is a path", 'attachment; filename=".."', "file"),
        ("turned around", "attachment; filename*=utf-8''a%E2%80%AEfdp.exe", "afdp.exe"),
        ("empty", 'attachment; filename=""', "file"),
    ],
)  # fmt: skip
def test_it_reads_a_name(it: str, header: str | bytes, name: str) -> None:
    header = header.encode() if isinstance(header, str) else header
    found = file_with("Content-Type: application/x-thing", b"Content-Disposition: " + header)
    assert found.name == name, it


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Content-Type: image/png", "image.png"),
        ("Content-Type: application/x-thing\r\nContent-ID: <logo.png@nordwind>", "logo.png"),
        ("Content-Type: text/calendar\r\nContent-Disposition: attachment", "calendar.ics"),
        ("Content-Type: application/x-thing", "file"),
    ],
)
def test_it_names_what_has_no_name(header: str, name: str) -> None:
    assert file_with(header).name == name


def test_it_cuts_a_long_name_and_keeps_what_kind_it_is() -> None:
    name = safe_name("a" * 500 + ".pdf")
    assert (len(name), name[-5:]) == (200, "a.pdf")


@given(st.text(max_size=300))
def test_it_makes_any_name_harmless(name: str) -> None:
    safe = safe_name(name)
    assert len(safe) <= 200
    assert not set(safe) & set("/\\\0\r\n\u202e")
    assert not safe.startswith("..")
