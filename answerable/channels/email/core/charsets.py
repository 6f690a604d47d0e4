"""Bytes to text, whatever the mail says its charset is. Pure; never raises."""

from __future__ import annotations

import codecs
import re
from functools import cache

from answerable.channels.email.core.guess import guessed

# What senders write, and what they mean. Old charsets are read as the superset that Windows
# programs send under their names, as browsers do (encoding.spec.whatwg.org).
MEANT = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "iso8859-1": "cp1252",
    "iso88591": "cp1252", "iso_8859-1": "cp1252", "ansi": "cp1252", "iso-8859": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "iso-8859-8-i": "cp1255",
    "us-ascii": "utf-8", "ascii": "utf-8", "ansi_x3.4-1968": "utf-8", "unknown-8bit": "utf-8",
    "unicode": "utf-8", "uft-8": "utf-8", "utf-8mb4": "utf-8", "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8", "unicode-1-1-utf-7": "utf-7", "x-unicode-1-1-utf-7": "utf-7",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949",
    "x-windows-949": "cp949",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "chinesebig5": "big5hkscs", "big5": "big5hkscs", "x-x-big5": "big5hkscs", "cn-big5": "big5",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932",
    "windows-31j": "cp932", "x-euc-jp": "euc_jis_2004", "euc-jp": "euc_jis_2004",
    "iso-2022-jp": "iso2022_jp_ext", "csiso2022jp": "iso2022_jp_ext",
    "x-mac-roman": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "macintosh": "mac_roman",
}  # fmt: skip
WINDOWS = re.compile(r"^(?:cp|win|windows|x-cp)[-_ ]?(\d+)$")
TRAPS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_8_sig"}
# In these a byte below 128 may be a part of another letter.
SHIFTED = ("iso2022", "hz", "utf-7", "utf-16", "utf-32")
WIDE = ("gb", "big5", "cp949", "cp932", "euc", "johab", "shift", *SHIFTED)
MARKED = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")
)  # fmt: skip
JIS_SHIFT = re.compile(rb"\x1b\$(?:[@B]|\([@BD])")
JIS = re.compile(rb"\x1b\$\(?[@B]([!-~]*)(?:\x1b\([BJ]|(?=[\r\n])|\Z)")
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def decoded(raw: bytes, charset: str | None = None) -> str:
    """Return bytes as text: by the named charset if it fits, else by what they look like."""
    for mark, name in MARKED:
        if raw.startswith(mark):
            return storable(raw.decode(name, "western")).lstrip("\ufeff")
    return storable(_decoded(raw, meant(charset)))


def storable(text: str) -> str:
    """Return a text without what no database and no JSON can hold: NULs, half letters."""
    if text.isascii():
        return text.replace("\0", "")
    return UNSTORABLE.sub("", text)


def mended(header: str, charset: str | None = None) -> str:
    """Return a header whose raw eight-bit bytes were kept as surrogates as readable text.

    The charset is that of the mail's text: headers that name none are often in the same.
    """
    if header.isascii():
        return header
    try:
        raw = header.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return header.encode("utf-8", "replace").decode()
    # A program that cannot encode a header hardly knows which charset its text is in.
    name = meant(charset)
    return decoded(raw, "" if name == "cp1252" and guessed(raw) != name else name)


@cache
def meant(charset: str | None) -> str:
    """Return the codec's name for a charset; an empty one when nobody knows it."""
    name = (charset or "").strip("\"'\\ ;,=").lower()[:40]
    name = MEANT.get(name, WINDOWS.sub(r"cp\1", name))
    try:
        b"xx".decode(name, "replace")  # Not every codec makes text.
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return "utf-8" if name.replace("-", "_") in TRAPS else name


def _decoded(raw: bytes, name: str) -> str:
    shifts = name.startswith(SHIFTED)
    if not shifts and JIS_SHIFT.search(raw):
        name, shifts = "iso2022_jp_ext", True  # Programs forget to name it.
    if raw.isascii() and (not shifts or (name.startswith("utf-16") and b"\0" not in raw)):
        return raw.decode("ascii")
    if name.startswith(WIDE):
        return _wide(raw, name)
    text = _try(raw, "utf-8")  # Other bytes hardly ever look like UTF-8 by chance.
    if text is None and name in {"", "utf-8"}:
        name = guessed(raw)
        # A few wrong bytes among UTF-8 are read as Western ones.
        name = "utf-8" if name == "cp1252" else name
    return raw.decode(name, "western") if text is None else text


def _wide(raw: bytes, name: str) -> str:
    text = _try(raw, name)
    if text is None and name.startswith("iso2022_jp"):
        text = _try(JIS.sub(_as_shift_jis, raw), "cp932")
    if text is None:
        text = _try(raw, "utf-8")
    if text is None and (likely := guessed(raw)) not in {"cp1252", name}:
        text = _try(raw, likely)
    return raw.decode(name, "replace") if text is None else text


def _try(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeError, ValueError):
        return None


def _as_shift_jis(found: re.Match[bytes]) -> bytes:
    """Return letters of ISO-2022-JP as Shift JIS, whose codec knows those that Windows adds."""
    pairs = found.group(1)
    out = bytearray()
    for high, low in zip(pairs[::2], pairs[1::2], strict=False):
        lead = ((high + 1) >> 1) + (0x70 if high < 0x5F else 0xB0)
        odd = low + (0x1F if low < 0x60 else 0x20)
        out += bytes((lead, odd if high & 1 else low + 0x7E))
    return bytes(out)


def _western(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that a codec cannot read as Windows-1252: most that are wrong are that."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    letters = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in bad]
    return "".join(letters), error.end


codecs.register_error("western", _western)
