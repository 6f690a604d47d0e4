"""Where the quotation begins in the lines of a mail. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from answerable.channels.email.core.attribution import attribution, quote_follows
from answerable.channels.email.core.header_block import is_block
from answerable.channels.email.core.mail_lines import LONGEST, Line, Mark, plain, rules_above
from answerable.channels.email.core.quote_words import (
    ABOVE,
    FORWARDED,
    FORWARDED_BY,
    ORIGINAL,
    PREVIOUS,
)

LONGEST_MARKER = 120
RULE = "-_=*~# :"
ORIGINALS = frozenset(map(plain, ORIGINAL.split("|")))
FORWARDS = frozenset(map(plain, FORWARDED.split("|")))
BY = tuple(FORWARDED_BY.split("|"))
BEFORE = frozenset(map(plain, PREVIOUS.split("|")))
REPLY_ABOVE = re.compile(ABOVE, re.IGNORECASE)
# A link that a program broke at its “>”, so that it looks like an answer between quotations.
BROKEN_LINK = re.compile(r"[(<]?https?://\S{1,500}\s?>?$")


@dataclass(slots=True)
class Marks:
    """What each line is; from `cut` on all is quoted."""

    marks: list[Mark]
    cut: int = -1
    forwards: bool = False
    certain: set[int] = field(default_factory=set)  # rows where a quotation surely begins

    def __post_init__(self) -> None:
        if self.cut < 0:
            self.cut = len(self.marks)


def divide(lines: Sequence[Line], known: Marks) -> None:
    """Mark quotations and what leads to them."""
    marks, first = known.marks, True
    for row in range(known.cut):
        if marks[row] == Mark.EMPTY:
            continue
        if marks[row] == Mark.QUOTE:
            known.forwards = known.forwards or (first and is_forward(lines[row]))
            first = False
        elif marks[row] == Mark.NEW and _is_between(lines, marks, row):
            marks[row] = Mark.QUOTE
        elif (start := _divides(lines, row, known)) is not None:
            if start < 0:
                first = False
                continue
            known.cut = rules_above(lines, start)
            marks[known.cut :] = [Mark.QUOTE] * (len(marks) - known.cut)
            return


def _divides(lines: Sequence[Line], row: int, known: Marks) -> int | None:
    """Return where all below is quoted; -1 when “>” says what is; None when nothing is."""
    line = lines[row]
    if is_forward(line):
        known.forwards = Mark.INTRO not in known.marks[:row]
        return row
    if is_original(line) or _is_above(lines, row) or is_block(lines, row):
        return row
    start = attribution(lines, row)
    if start is None:
        return None
    if not quote_follows(lines, row + 1):
        return start
    known.marks[start : row + 1] = [Mark.INTRO] * (row + 1 - start)
    return -1


def is_original(line: Line) -> bool:
    """Say whether a line is “-----Original Message-----” in some language."""
    core = _core(line)
    return core in ORIGINALS and core != plain(line.words[:LONGEST_MARKER])


def is_forward(line: Line) -> bool:
    """Say whether a line is “---- Forwarded message ----” or “Begin forwarded message:”."""
    core = _core(line)
    if not core:
        return False
    if core in FORWARDS:
        return core != plain(line.words[:LONGEST_MARKER])
    return line.words[:2] == "--" and core.startswith(BY)


def _core(line: Line) -> str:
    """Return the words between the rules of a line, as they are compared."""
    words = line.words
    if not words or (words[0] not in RULE and words[-1] not in RULE):
        return ""
    core = words.lstrip(RULE)
    end = core.find("---")
    core = core[:end] if end > 0 else core
    return plain(core[:LONGEST_MARKER].rstrip(RULE))


def _is_above(lines: Sequence[Line], row: int) -> bool:
    """Say whether a help desk's line stands here, above which an answer is to be written."""
    words = lines[row].words
    if len(words) > LONGEST_MARKER:
        return False
    if plain(words).strip(":") in BEFORE:
        return rules_above(lines, row) < row
    return not words[0].isalnum() and bool(REPLY_ABOVE.search(words))


def _is_between(lines: Sequence[Line], marks: Sequence[Mark], row: int) -> bool:
    """Say whether a line is the end of a link that broke in a quotation."""
    if not 0 < row < len(marks) - 1 or len(lines[row].words) >= LONGEST:
        return False
    around = marks[row - 1] == Mark.QUOTE and marks[row + 1] == Mark.QUOTE
    return around and bool(BROKEN_LINK.match(lines[row].words))
