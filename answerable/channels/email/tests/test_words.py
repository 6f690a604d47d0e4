"""Encoded words in headers are read, however wrong programs get them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.words import words_of


@pytest.mark.parametrize(
    ("it", "header", "words"),
    [
        ("reads quoted words", "=?iso-8859-1?Q?G=FCnther_M=FCller?=", "Günther Müller"),
        ("reads base64", "=?utf-8?B?w5xiZXJzaWNodA==?=", "Übersicht"),
        ("reads words between others", "Re: =?utf-8?q?Gr=C3=BC=C3=9Fe?= an", "Re: Grüße an"),
        ("joins neighbours", "=?utf-8?q?Gr=C3=BC?=\t =?utf-8?q?=C3=9Fe?=", "Grüße"),
        ("joins a split letter", "=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=", "Grüße"),
        ("joins a split letter of base64", "=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=", "Grüße"),
        ("keeps apart what two charsets say", "=?utf-8?q?=C3=BC?= =?iso-8859-1?q?=DF?=", "üß"),
        ("needs no blank between words", "=?utf-8?q?a?==?utf-8?q?b?=", "ab"),
        ("takes blanks inside a word", "=?utf-8?Q?Gr=C3=BC=C3=9Fe an alle?=", "Grüße an alle"),
        ("takes question marks inside", "=?utf-8?Q?Wer=3F Was??=", "Wer? Was?"),
        ("takes a word without an end", "=?utf-8?Q?Gr=C3=BC=C3=9Fe", "Grüße"),
        ("takes base64 without padding", "=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
        ("takes base64 that is called quoted", "=?utf-8?Q?R3LDvMOfZQ==?=", "Grüße"),
        ("takes quoted text that is called base64", "=?utf-8?B?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("takes a language", "=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("takes a charset that lies", "=?iso-8859-1?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("takes a charset that nobody knows", "=?x-mine?Q?Gr=FC=DFe?=", "Grüße"),
        ("reads Japanese", "=?ISO-2022-JP?B?GyRCRnxLXDhsGyhC?=", "日本語"),
        ("leaves what only looks like it", "a =? b ?= c", "a =? b ?= c"),
        ("stays on one line", "=?utf-8?q?a=0D=0ABcc:_b?=", "a Bcc: b"),
    ],
)  # fmt: skip
def test_it(it: str, header: str, words: str) -> None:
    assert words_of(header) == words, it


def test_it_reads_raw_bytes_in_the_charset_of_the_text() -> None:
    raw = "机房环境法规".encode("gb18030").decode("ascii", "surrogateescape")
    assert words_of(raw, "gb2312") == "机房环境法规"
    raw = "Übersicht".encode("cp1252").decode("ascii", "surrogateescape")
    assert words_of(raw) == "Übersicht"


@given(st.text(alphabet="=?utf-8QBqb_ \t0aGZé\udcff\x00", max_size=200))
def test_it_reads_anything(header: str) -> None:
    words = words_of(header)
    assert words.encode().decode() == words
    assert not any(ord(letter) < 32 for letter in words)
