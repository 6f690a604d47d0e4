"""Bytes become the text that was meant, whatever charset they claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.charsets import decoded, meant

RUSSIAN = "Добрый день, выгрузка отчётов больше не работает"
CHINESE = "您好我们的报表无法导出请帮助检查一下系统"
JAPANESE = "いつもお世話になっております。エクスポートが失敗します"


@pytest.mark.parametrize(
    ("it", "raw", "charset", "text"),
    [
        ("UTF-8 that is called Latin 1", "Grüße".encode(), "iso-8859-1", "Grüße"),
        ("Windows that is called Latin 1", b"\x80 \x93a", "latin1", "\u20ac \u201ca"),
        ("Windows that is called UTF-8", "Grüße".encode("cp1252"), "utf-8", "Grüße"),
        ("a wrong byte among UTF-8", "Grüße ".encode() + b"\xfc", "utf-8", "Grüße ü"),
        ("a typing error", "Grüße".encode(), "uft-8", "Grüße"),
        ("GBK that is called GB2312", "镕".encode("gbk"), "gb2312", "镕"),
        ("JIS without a name", JAPANESE.encode("iso2022_jp"), None, JAPANESE),
        ("JIS with letters of Windows", b"\x1b$B-!\x1b(B", "iso-2022-jp", "\u2460"),
        ("Shift JIS that is called JIS", JAPANESE.encode("cp932"), "iso-2022-jp", JAPANESE),
        ("Russian without a name", RUSSIAN.encode("cp1251"), None, RUSSIAN),
        ("Russian of Unix", RUSSIAN.encode("koi8-r"), None, RUSSIAN),
        ("Chinese without a name", CHINESE.encode("gb18030"), None, CHINESE),
        ("Shift JIS without a name", JAPANESE.encode("cp932"), None, JAPANESE),
        ("UTF-7", b"Gr+APwA3w-e", "unicode-1-1-utf-7", "Grüße"),
        ("UTF-16 by its mark", "Grüße".encode("utf-16"), None, "Grüße"),
        ("no UTF-16 at all", b"plain", "utf-16", "plain"),
        ("a NUL", b"a\0b", "utf-8", "ab"),
    ],
)  # fmt: skip
def test_it_reads(it: str, raw: bytes, charset: str | None, text: str) -> None:
    assert decoded(raw, charset) == text, it


@pytest.mark.parametrize("trap", ["idna", "punycode", "unicode_escape", "undefined", "base64"])
def test_it_falls_into_no_trap(trap: str) -> None:
    assert meant(trap) in {"", "utf-8"}
    assert decoded(b"\\u00fc plain", trap) == "\\u00fc plain"


@given(
    st.binary(max_size=300),
    st.sampled_from(
        ["", "utf-8", "utf-7", "utf-16", "iso-2022-jp", "hz", "gb2312", "big5", "koi8-r", "x"]
    ),
)
def test_it_reads_any_bytes_as_text_that_can_be_stored(raw: bytes, charset: str) -> None:
    text = decoded(raw, charset)
    assert text.encode().decode() == text
    assert "\0" not in text
