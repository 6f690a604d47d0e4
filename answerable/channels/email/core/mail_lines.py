"""The lines of a mail's text: how deeply each is quoted, and its bare words. Pure.

All work on a line looks at its first 600 characters at most, so that no mail can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from unicodedata import normalize

LONGEST = 600  # A longer line is no line of a mail program.
PREFIX = re.compile(r"[ \t]{0,3}(?:>[ \t\xa0]{0,2})+")
# What shows nothing: marks of direction and of byte order, joiners, soft hyphens.
HIDDEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u00ad"
HIDDEN += "\u2066\u2067\u2068\u2069"
MEANT = (
    dict.fromkeys(map(ord, HIDDEN), "")
    | dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u3000\t"), " ")
    | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2500\u2501"), "-")
    | {ord("\uff1a"): ":", ord("\u2019"): "'", ord("\uff08"): "(", ord("\uff09"): ")"}
)
RULES = frozenset("-_=*~# ")
SHORTEST_RULE = 3
TITLES = {"---", "___", "***", "==="}
LONGEST_TITLE = 120


class Mark(Enum):
    """What a line is."""

    NEW = "new"
    EMPTY = "empty"
    INTRO = "intro"  # "On … wrote:"
    QUOTE = "quote"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands, how many “>” stand before it, and its words to be compared."""

    raw: str
    depth: int
    words: str

    @property
    def is_rule(self) -> bool:
        """Whether the line is drawn: at least three dashes, underscores or stars."""
        return len(self.words) >= SHORTEST_RULE and RULES.issuperset(self.words)

    @property
    def is_title(self) -> bool:
        """Whether words stand between two rules: “----- Original Message -----”."""
        words = self.words
        return words[:3] in TITLES and words[-3:] == words[:3] and len(words) < LONGEST_TITLE


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text with plain line ends."""
    lines: list[Line] = []
    for raw in text.split("\n"):
        line = line_of(raw)
        if line.depth == 1 and lines and _is_open(lines):
            line = Line(raw, 0, line.raw.strip())
        lines.append(line)
    return lines


def _is_open(lines: Sequence[Line]) -> bool:
    """Say whether the lines above wait for the “>” of an address or a link that was broken."""
    near = [line.words for line in lines[-2:] if not line.depth]
    return bool(near and near[-1]) and sum(w.count("<") - w.count(">") for w in near) > 0


def line_of(raw: str, deeper: int = 0) -> Line:
    """Return one line; `deeper` is how deeply the place where it stands is quoted already."""
    found = PREFIX.match(raw, 0, LONGEST)
    start = found.end() if found else 0
    depth = raw.count(">", 0, start) + deeper
    words = raw[start : start + LONGEST]
    if not words.isascii() or "\t" in words:
        words = normalize("NFC", words.translate(MEANT))
    return Line(raw, depth, _undecorated(words.strip()))


def _undecorated(words: str) -> str:
    """Take the stars off that stand for bold letters, unless nothing else is there."""
    if words[:1] != "*" and words[-1:] != "*":
        return words
    return words.strip("* ") or words


def plain(words: str) -> str:
    """Return words in small letters, as the tables have them."""
    return " ".join(words.casefold().replace("i\u0307", "i").split())


def unquoted(line: Line, levels: int) -> str:
    """Return a line as it stood before it was quoted so many times."""
    raw = line.raw
    for _ in range(min(levels, line.depth)):
        raw = raw.lstrip(" \t").removeprefix(">")
        raw = raw[1:] if raw[:1] in {" ", "\xa0"} else raw
    return raw


def next_said(lines: Sequence[Line], row: int, within: int) -> int | None:
    """Return the row of the first line with words, at or below a row and within so many."""
    for at in range(row, min(row + within, len(lines))):
        if lines[at].words:
            return at
    return None


def rules_above(lines: Sequence[Line], row: int) -> int:
    """Return where the rules and titles begin that stand right above a row, else the row."""
    start = row
    for at in range(row - 1, max(row - 5, -1), -1):
        if lines[at].is_rule or lines[at].is_title:
            start = at
        elif lines[at].words:
            break
    return start
