"""Headers as they are written: encoded words whole, Message-IDs one to a line. Pure.

The standard library folds headers too, but it writes a Message-ID that fits no line as an
encoded word, which nobody reads, begins a subject of 80 letters with an empty line, and loses
spaces between the encoded words of a long name.
"""

from __future__ import annotations

import base64
import re

LONGEST_LINE = 76
# An encoded word has at most 75 characters (RFC 2047, 2): “=?utf-8?b?” and “?=” take twelve.
BYTES_A_WORD = 45
ATOM_PHRASE = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
)
LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+")
SINGLE_SPACE = re.compile(r"(?<=\S) (?=\S)")
LOOKS_ENCODED = "=?"


def one_line(text: str) -> str:
    """Return a text on one line, without control characters."""
    return LINE_BREAKS.sub(" ", text).strip()


def unstructured(text: str, used: int) -> str:
    """Return a header's text, such as a subject, folded; its name takes `used` characters."""
    if text.isascii() and LOOKS_ENCODED not in text:
        return _wrapped(text, used)
    return "\r\n ".join(encoded_words(text))


def mailbox(name: str, address: str, used: int) -> str:
    """Return a display name and an address as they stand in From or To, folded."""
    if not name:
        return address
    if not name.isascii() or LOOKS_ENCODED in name:
        written = "\r\n ".join(encoded_words(name))
        return f"{written}\r\n <{address}>"
    if not ATOM_PHRASE.fullmatch(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    break_at = "\r\n " if used + len(name) + len(address) + 3 > LONGEST_LINE else " "
    return f"{name}{break_at}<{address}>"


def encoded_words(text: str) -> list[str]:
    """Return a text as encoded words, none of which cuts a character in two."""
    words, piece = [], b""
    for letter in text:
        raw = letter.encode("utf-8", "replace")
        if len(piece) + len(raw) > BYTES_A_WORD:
            words.append(piece)
            piece = b""
        piece += raw
    return [f"=?utf-8?b?{base64.b64encode(word).decode()}?=" for word in [*words, piece]]


def _wrapped(text: str, used: int) -> str:
    """Fold at single spaces, so that who unfolds reads the same; a long word stays whole."""
    line, *rest = SINGLE_SPACE.split(text)
    lines, room = [], LONGEST_LINE - used
    for word in rest:
        if len(line) + 1 + len(word) > room:
            lines.append(line)
            line, room = word, LONGEST_LINE - 1
        else:
            line = f"{line} {word}"
    return "\r\n ".join([*lines, line])
