"""What is new in a reply, apart from the quotation and the signature. Pure.

Nothing is lost: what is not new is returned beside it. When a mail would say nothing without
its quotation, all of it is new. No line is looked at more than a fixed number of times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answerable.channels.email.core.attribution import shared
from answerable.channels.email.core.dividing import Marks, divide
from answerable.channels.email.core.mail_lines import Line, Mark, line_of, lines_of
from answerable.channels.email.core.signature import LONGEST_FOOTER, mark_signatures

MOST_LINES = 20_000
FOLDED = {Mark.INTRO, Mark.QUOTE, Mark.SIGNATURE}


@dataclass(frozen=True, slots=True)
class Split:
    """A mail's text: what is new, and what is folded below it, each as it stood.

    `forwards` says that what is quoted is a mail that was passed on.
    """

    new: str
    quoted: str = ""
    signature: str = ""
    folded: str = ""  # quotation and signature in their order
    forwards: bool = False


def split_reply(text: str) -> Split:
    """Return the new text of a mail apart from its quotation and its signature."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = lines_of(text)
    if " wrote:" in text or "schr" in text or " escri" in text or " skrev" in text:
        lines = [part for line in lines for part in _parted(line)]
    known = Marks([_first_mark(line) for line in lines])
    mark(lines, known)
    marks = known.marks
    new = joined(lines, marks, {Mark.NEW, Mark.EMPTY})
    if not new:
        return Split(text.strip("\n"), forwards=known.forwards)
    return Split(
        new=new,
        quoted=joined(lines, marks, {Mark.INTRO, Mark.QUOTE}),
        signature=joined(lines, marks, {Mark.SIGNATURE}),
        folded=joined(lines, marks, FOLDED),
        forwards=known.forwards,
    )


def joined(lines: Sequence[Line], marks: Sequence[Mark], kinds: set[Mark]) -> str:
    """Return the lines of some kinds as a text, without empty ends."""
    kept = [line.raw for line, mark in zip(lines, marks, strict=True) if mark in kinds]
    return "\n".join(kept).strip("\n").rstrip()


def mark(lines: Sequence[Line], known: Marks, *, cited: bool = False) -> None:
    """Find what each line is, from what is known of it.

    `cited`: the depth of a line comes from its HTML, where authors indent their own text, too.
    """
    rest = len(lines) - MOST_LINES
    if rest > 0:
        del known.marks[MOST_LINES:]
        known.cut = min(known.cut, MOST_LINES)
    divide(lines, known)
    mark_signatures(lines, known.marks, known.cut)
    _keep_answered(known)
    _keep_lone(known, lines, cited=cited)
    _close_gaps(known.marks)
    if rest > 0:
        last = known.marks[-1]
        known.marks += [last if last in FOLDED else Mark.NEW] * rest


def _first_mark(line: Line) -> Mark:
    if line.depth:
        return Mark.QUOTE
    return Mark.NEW if line.words else Mark.EMPTY


def _parted(line: Line) -> tuple[Line, ...]:
    """Return a line in two when an attribution follows the last words on it."""
    start = shared(line.words) if not line.depth else None
    if start is None:
        return (line,)
    tail = line.words[start:]
    head = line.raw[: line.raw.rindex(tail)] if tail in line.raw else ""
    return (line_of(head.rstrip()), line_of(tail)) if head else (line,)


def _keep_lone(known: Marks, lines: Sequence[Line], *, cited: bool) -> None:
    """Keep what somebody quotes in their own words: a single line, or an indented paragraph."""
    blocks = list(blocks_of(known.marks[: known.cut]))
    sizes = [sum(1 for line in lines[begin:end] if line.words) for _, begin, end in blocks]
    alone = not any(mark == Mark.INTRO for mark, _, _ in blocks)
    below, last = 0, True  # How many lines are new below a block, and whether it is the last.
    for n in reversed(range(1, len(blocks))):
        kind, begin, end = blocks[n]
        below += sizes[n] * (kind == Mark.NEW)
        if kind != Mark.QUOTE:
            continue
        theirs = (not last or below > LONGEST_FOOTER) if cited else sizes[n] == 1 and alone
        if theirs and blocks[n - 1][0] == Mark.NEW and begin not in known.certain:
            known.marks[begin:end] = _as_new(lines[begin:end])
        last = False


def _as_new(lines: Sequence[Line]) -> list[Mark]:
    return [Mark.NEW if line.raw.strip() else Mark.EMPTY for line in lines]


def _keep_answered(known: Marks) -> None:
    """Keep quotations that are answered one by one: new text stands below two of them."""
    blocks = list(blocks_of(known.marks[: known.cut]))
    answered = [
        n
        for n, (mark, _, _) in enumerate(blocks[:-1])
        if mark == Mark.QUOTE and blocks[n + 1][0] == Mark.NEW
    ]
    if len(answered) < 2:
        return
    for mark, begin, end in blocks[: answered[-1] + 1]:
        if mark == Mark.QUOTE:
            known.marks[begin:end] = [Mark.NEW] * (end - begin)


def blocks_of(marks: Sequence[Mark]) -> Iterator[tuple[Mark, int, int]]:
    """Give the stretches of one mark, over the empty lines in them."""
    begin, current = 0, Mark.EMPTY
    for row, mark in enumerate(marks):
        if mark in {Mark.EMPTY, current}:
            continue
        if current != Mark.EMPTY:
            yield current, begin, row
        begin, current = row, mark
    if current != Mark.EMPTY:
        yield current, begin, len(marks)


def _close_gaps(marks: list[Mark]) -> None:
    """Let empty lines inside or below what is folded belong to it."""
    for mark, begin, end in list(blocks_of(marks)):
        if mark in FOLDED:
            marks[begin:end] = [mark] * (end - begin)
