"""A mail's head and body as they were sent, whatever became of its line ends."""

from __future__ import annotations

import pytest

from answerable.channels.email.core import mapped
from answerable.channels.email.core.sent import Sent

RAW = b"From: dana@nordwind.example\r\nSubject: x\r\n\r\nExports fail.\r\n\r\nDana\r\n"


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, mapped.PIECE])
def test_it_has_the_line_ends_of_the_wire(
    end: bytes, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapped, "PIECE", size)
    sent = Sent(RAW.replace(b"\r\n", end))
    assert sent.head + b"\r\n\r\n" + b"".join(sent.body()) == RAW


def test_a_mail_without_an_empty_line_is_a_head() -> None:
    assert (Sent(b"From: a@b.example").head, [*Sent(b"").body()]) == (b"From: a@b.example", [])
