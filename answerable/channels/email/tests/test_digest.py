"""Two copies of one mail have one digest; two mails never do."""

from __future__ import annotations

from answerable.channels.email.core.digest import content_digest
from answerable.channels.email.tests.post import mail_of

RAW = mail_of("dana@nordwind.example", Message_ID="<1@nordwind.example>")


def test_it_passes_over_what_servers_add_on_the_way() -> None:
    travelled = (
        b"Return-Path: <dana@nordwind.example>\r\nReceived: from a by b;\r\n Mon\r\n" + RAW
    )
    assert content_digest(travelled) == content_digest(RAW)


def test_it_passes_over_line_ends() -> None:
    assert content_digest(RAW.replace(b"\n", b"\r\n")) == content_digest(RAW)


def test_it_tells_mails_apart_that_say_something_else() -> None:
    other = RAW.replace(b"Exports fail.", b"Exports work.")
    late = b"Date: Tue, 21 Oct 2025 10:00:00 +0200\n" + RAW
    assert len({content_digest(RAW), content_digest(other), content_digest(late)}) == 3


def test_it_takes_any_bytes() -> None:
    assert content_digest(b"") != content_digest(b"\x00")
