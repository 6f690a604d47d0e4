"""Transfer encodings are undone however broken they are, and by pieces of any length."""

from __future__ import annotations

import base64
import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core import mapped
from answerable.channels.email.core.transfer import from_base64, plain_pieces, uu_files

UU = b"begin 644 a.txt\n%s`\nend\n" % binascii.b2a_uu(b"Exports fail.")
LETTERS = [
    b"=", b"==", b"\r\n", b"\n", b"\r", b" ", b"QUJD", b"QQ==", b"A", b"!", b"=41", b"=\r\n",
    b"begin 644 b.txt\n", b"end\n", binascii.b2a_uu(b"x" * 45), b"#0V%Txx\n", b"\xff", UU,
]  # fmt: skip


def plain(raw: bytes, encoding: str) -> bytes:
    return b"".join(plain_pieces(raw, encoding))


def by_pieces(raw: bytes, encoding: str, size: int) -> bytes:
    with pytest.MonkeyPatch.context() as small:
        small.setattr(mapped, "PIECE", size)
        return plain(raw, encoding)


@given(
    st.lists(st.sampled_from(LETTERS)).map(b"".join),
    st.sampled_from(["base64", "quoted-printable", "uuencode", "7bit"]),
    st.integers(1, 9),
)
def test_it_does_not_matter_how_long_the_pieces_are(
    raw: bytes, encoding: str, size: int
) -> None:
    assert by_pieces(raw, encoding, size) == plain(raw, encoding)


@given(st.binary(max_size=200), st.integers(1, 9))
def test_what_was_encoded_comes_back(content: bytes, size: int) -> None:
    assert by_pieces(base64.encodebytes(content), "base64", size) == content
    coded = binascii.b2a_qp(content, istext=False)
    assert by_pieces(coded, "quoted-printable", size) == content
    lines = [content[at : at + 45] for at in range(0, len(content), 45)]
    coded = b"begin 644 a\n" + b"".join(map(binascii.b2a_uu, lines)) + b"end\n"
    assert by_pieces(coded, "x-uuencode", size) == (content or coded)


def test_base64_ends_where_other_text_begins() -> None:
    assert from_base64(b"QUJD\r\n-- \r\nA list for all.\r\n") == b"ABC"
    assert from_base64(b"QQ==\r\n= More\r\n") == b"A"
    assert from_base64(b"QQ==QUI=") == b"AAB", "padding in between"
    assert from_base64(b"QUJDR") == b"ABC", "a letter too many"
    assert from_base64(b"This is none.") == b"This is none."


def test_uuencode_is_read_though_lines_are_too_long() -> None:
    (file,) = uu_files(b"Above\nbegin 644 a b.txt\n#0V%Txx\n`\nend\nBelow")
    assert (file.name, b"".join(file.pieces())) == (b"a b.txt", b"Cat")
    assert list(uu_files(b"begin 644 empty\nend\n")) == []
