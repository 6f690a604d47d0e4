"""Two copies of one mail have one digest; two mails never do."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core import digest
from answerable.channels.email.core.digest import content_digest, digest_of
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


@given(
    st.lists(st.sampled_from([b"\r", b"\n", b" ", b"\r\n\r\n", b"To: a", b"x", b"\n\n"])),
    st.lists(st.integers(0, 40)),
)
def test_it_is_the_same_in_whichever_pieces_a_mail_comes(
    parts: list[bytes], cuts: list[int]
) -> None:
    raw = b"".join(parts)
    ends = [0, *sorted(cuts), len(raw)]
    pieces = [raw[begin:end] for begin, end in pairwise(ends)]
    assert digest_of(pieces) == content_digest(raw)


def test_it_keeps_only_so_much_of_a_head_that_never_ends() -> None:
    raw = b"x" * (digest.LONGEST_HEAD + 10) + b"\n\nText."
    pieces = [raw[at : at + 70_000] for at in range(0, len(raw), 70_000)]
    assert digest_of(pieces) == content_digest(raw)
    assert content_digest(raw) != content_digest(raw.replace(b"Text", b"Next"))
