"""“On … wrote:” above a quotation, on one line or wrapped over several. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from answerable.channels.email.core.mail_lines import LONGEST, Line, next_said
from answerable.channels.email.core.quote_words import (
    BEGINNINGS,
    QUOTING,
    SELF,
    WROTE,
    WROTE_UNSPACED,
)

ENDINGS = (":", "-", ">")
WRAPPED = 5  # It takes at most so many lines more than one.
FOLLOWS = 12  # The quotation begins within so many lines.
SHORTEST_WRAPPED = 28  # A program breaks no shorter line than this.


def _words(words: str) -> str:
    return "|".join(sorted(map(re.escape, words.split("|")), key=len, reverse=True))


BEGINS = re.compile(rf"(?:{_words(BEGINNINGS)})[\s\d]|\d", re.IGNORECASE)
VERB = re.compile(
    rf"(?<!\w)(?:{_words(WROTE)})(?:\s?\([\w/-]{{1,4}}\)|/\w{{1,3}})?(?!\w)|{_words(WROTE_UNSPACED)}",
    re.IGNORECASE,
)
QUOTES = re.compile(rf"(?:{_words(QUOTING)})\s", re.IGNORECASE)
MYSELF = re.compile(rf"(?<!\w)(?:{_words(SELF)})(?!\w)", re.IGNORECASE)
DASHED = re.compile(r"-{2,}\s?\S.{0,400}-{2,}$")
DATE = re.compile(
    r"\d{1,2}[:h]\d\d|(?<!\d)\d{1,2}\.\d\d(?![\d.])|(?<!\d)(?:19|20)\d\d(?!\d)|"
    r"(?<![\d.])\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?!\.?\d)|\d\u5e74"
)
# The attribution that follows the last words on their own line.
SHARED = re.compile(
    r"(?<=\S)\s+(?=(?:On|Am|Le|El|Il|Op|Em|Den|Dne|Dnia) (?:\w{2,10}[.,]{1,2} )?"
    r"(?:\w{3,10}[.,]? )?\d)"
)


def attribution(lines: Sequence[Line], end: int) -> int | None:
    """Return the row where an attribution begins that ends at this row; None if none does."""
    words = lines[end].words
    if words[-1:] not in ENDINGS or len(words) >= LONGEST:
        return None
    follows = quote_follows(lines, end + 1)
    alone = None
    for start, text in _spans(lines, end):
        if len(text) >= LONGEST or not _attributes(text, follows=follows):
            continue
        if BEGINS.match(text) or _is_whole(text):
            return _earlier(lines, start, text)
        alone = start if alone is None else alone
    return alone


def quote_follows(lines: Sequence[Line], row: int) -> bool:
    """Say whether the next line with words is a quoted one."""
    at = next_said(lines, row, FOLLOWS)
    return at is not None and lines[at].depth > 0


def shared(words: str) -> int | None:
    """Return where an attribution begins that shares its line with the words before it."""
    if len(words) >= LONGEST or not words.endswith(":") or not VERB.search(words):
        return None
    if BEGINS.match(words) or words[0] == ">":
        return None
    for found in SHARED.finditer(words):
        if _attributes(words[found.end() :], follows=False):
            return found.end()
    return None


def _spans(lines: Sequence[Line], end: int) -> Iterator[tuple[int, str]]:
    """Give the text of the line, then of it and the ones above that it may continue."""
    text, row = lines[end].words, end
    yield row, text
    for _ in range(WRAPPED):
        row -= 1
        if row > 0 and not lines[row].words and text.startswith("<"):
            row -= 1  # Some put the address into a paragraph of its own.
        if row < 0 or not _goes_on(lines[row]):
            return
        text = f"{lines[row].words} {text}"
        yield row, text


def _goes_on(line: Line) -> bool:
    """Say whether a line may be the upper part of one that a program broke."""
    words = line.words
    if not words or line.depth or line.is_rule:
        return False
    if words[-1] in ":;!?" and words.count("(") <= words.count(")"):
        return False
    if "@" in words or QUOTES.match(words + " "):
        return True
    if BEGINS.match(words) and DATE.search(words):
        return True
    return words[-1] != "." and (len(words) >= SHORTEST_WRAPPED or words[-1] in "<,(")


def _earlier(lines: Sequence[Line], start: int, text: str) -> int:
    """Return where it begins when a later line looks like a beginning: “at 3:03 PM, Ana …”."""
    above = lines[start - 1] if start else None
    if above is None or not _goes_on(above):
        return start
    begins = QUOTES.match(above.words + " ") or (
        BEGINS.match(above.words) and DATE.search(above.words)
    )
    named = "@" in above.words and "@" not in text
    return start - 1 if begins or named else start


def _attributes(text: str, *, follows: bool) -> bool:
    if MYSELF.search(text):
        return False
    quotes = QUOTES.match(text)
    verb = quotes or VERB.search(text)
    if text.endswith("-"):
        return bool(verb and DASHED.match(text))
    dated = bool(DATE.search(text))
    addressed = "@" in text
    if text.endswith(">"):
        return follows and dated and addressed and text[0].isdigit()
    if verb:
        if (dated and (addressed or BEGINS.match(text))) or (quotes and addressed):
            return True
        return follows and (dated or addressed or len(text) < LONGEST // 4)
    return dated and addressed and (follows or (text[0].isdigit() and text.endswith(">:")))


def _is_whole(text: str) -> bool:
    """Say whether a text has all that an attribution has: a date and a whole address."""
    return "@" in text and text.count("<") >= text.count(">") and bool(DATE.search(text))
