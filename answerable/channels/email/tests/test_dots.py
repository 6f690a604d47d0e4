"""A mail ends where its sender ended it, in whichever pieces it comes, and nowhere else."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.dots import Dots, dotted

LETTERS = st.sampled_from([b"\r", b"\n", b".", b"\r\n", b"\r\n.", b"x", b"\n.\n", b"\n.\r\n"])


def taken(sent: bytes, cuts: list[int]) -> tuple[bytes, bytes, bool]:
    dots, text = Dots(), b""
    for begin, end in pairwise([0, *sorted(cuts), len(sent)]):
        if dots.is_over:
            return text, dots.rest + sent[begin:], True
        text += dots.feed(sent[begin:end])
    return text, dots.rest, dots.is_over


def as_sent(lines: list[bytes]) -> bytes:
    """What a sender makes of lines (RFC 5321, 4.5.2)."""
    dotted = [b"." + line if line.startswith(b".") else line for line in lines]
    return b"".join(line + b"\r\n" for line in [*dotted, b"."])


LINES = st.lists(LETTERS).map(lambda letters: b"".join(letters).split(b"\r\n"))
OURS = st.sampled_from([b"\r", b".", b"\r\n", b"\r\n.", b"x"])  # never a bare line feed
OUR_LINES = st.lists(OURS).map(lambda letters: b"".join(letters).split(b"\r\n"))


@given(LINES, st.lists(st.integers(0, 60)))
def test_it_gives_back_the_lines_that_were_sent(lines: list[bytes], cuts: list[int]) -> None:
    text, rest, is_over = taken(as_sent(lines) + b"QUIT\r\n", cuts)
    assert is_over
    assert text == b"".join(line + b"\r\n" for line in lines)
    assert rest == b"QUIT\r\n"


@given(st.lists(LETTERS).map(b"".join), st.lists(st.integers(0, 60)))
def test_it_does_not_matter_in_which_pieces_a_mail_comes(sent: bytes, cuts: list[int]) -> None:
    whole, cut = taken(sent, []), taken(sent, cuts)
    if whole[2]:
        assert cut == whole
    else:
        assert not cut[2]


def test_no_bare_line_feed_ends_a_mail() -> None:
    for end in (b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\n", b"\r\n.\r", b"\n\n.\r\n\x00"):
        text, _, is_over = taken(b"One" + end + b"MAIL FROM:<a@b.example>\r\n.\r\n", [])
        assert is_over
        assert text.endswith(b"MAIL FROM:<a@b.example>\r\n")


@given(OUR_LINES, st.lists(st.integers(0, 60)))
def test_what_is_sent_by_pieces_is_what_a_sender_makes_of_it(
    lines: list[bytes], cuts: list[int]
) -> None:
    text = b"".join(line + b"\r\n" for line in lines)
    pieces = [text[begin:end] for begin, end in pairwise([0, *sorted(cuts), len(text)])]
    taken_back, rest, is_over = taken(b"".join(dotted(pieces)) + b"QUIT\r\n", [])
    assert (taken_back, rest, is_over) == (text, b"QUIT\r\n", True)


def test_a_text_without_a_last_line_end_is_given_one() -> None:
    assert b"".join(dotted([b".a\r\n", b".", b".b"])) == b"..a\r\n...b\r\n.\r\n"
