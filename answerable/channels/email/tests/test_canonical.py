"""A body is hashed as its signer did, however it is cut into pieces."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.canonical import body_hash, relaxed

PIECES = st.lists(st.sampled_from([b"a", b" ", b"\t", b"\r\n", b"\r", b"b c", b"\r\n" * 101]))


def by_lines(body: bytes) -> bytes:
    """Return a body as RFC 6376, 3.4.4 describes it."""
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


@given(PIECES)
def test_it_hashes_a_body_as_a_signer_does(pieces: list[bytes]) -> None:
    assert b"".join(relaxed(pieces)) == by_lines(b"".join(pieces))


@given(PIECES)
def test_it_does_not_matter_how_a_body_is_cut(pieces: list[bytes]) -> None:
    assert body_hash(pieces, simple=True) == body_hash([b"".join(pieces)], simple=True)


def test_the_examples_of_the_rfcs_come_out() -> None:
    # RFC 6376, 3.4.5, and the body hash of RFC 8463, A.3.
    assert b"".join(relaxed([b" C \r\nD \t E\r\n\r\n\r\n"])) == b" C\r\nD E\r\n"
    assert b"".join(relaxed([])) == b"".join(relaxed([b"\r\n\r\n"])) == b""
    body = b"Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n"
    assert body_hash([body]) == "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8="


@pytest.mark.parametrize("simple", [True, False])
def test_a_body_of_empty_lines_costs_little(simple: bool) -> None:
    assert body_hash([b"\r\n" * 1000] * 2000, simple=simple) == body_hash([], simple=simple)
