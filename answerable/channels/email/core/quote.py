"""What is new in a reply, apart from the quotation and the signature. Pure.

Nothing is lost: what is not new is returned as folded. When a mail would say nothing without
its quotation, all of it is new. Patterns for English and German first, the larger European
languages beside them, and “>” for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from answerable.channels.email.core.quote_words import (
    ATTRIBUTION,
    BEGINS,
    BLOCK_FIRST,
    BLOCK_MORE,
    DATED,
    ENDS,
    FORWARD,
    HINT,
    MOBILE,
    QUOTED,
    RULER,
    SEPARATOR,
    SHARED,
    SIGNATURE,
)

MOST_LINES = 4000
ENDINGS = (":", "\uff1a", "*", "-")
MOBILE_BEGINS = (
    "sent ", "get o", "gesen", "von m", "von u", "diese", "envoy", "envia", "invia", "verzo",
    "skick",
)  # fmt: skip
WRAPPED = 5  # an attribution takes at most this many lines
LONGEST_SIGNATURE = 15
LONGEST_FOOTER = 5  # what mailing lists put below a line


class Mark(Enum):
    """What a line is."""

    NEW = "new"
    EMPTY = "empty"
    QUOTE = "quote"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Split:
    """A mail's text in two: what is new, and the rest as it stood."""

    new: str
    folded: str


def split_reply(text: str) -> Split:
    """Return the new text of a mail, and what is folded below it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if " wrote:" in text:
        text = SHARED.sub(r"\1\n\2", text)
    lines = text.split("\n")
    marks = _marked(lines[:MOST_LINES]) + [Mark.NEW] * (len(lines) - MOST_LINES)
    new = _joined(lines, marks, new=True)
    if not new:
        return Split(text.strip("\n"), "")
    return Split(new, _joined(lines, marks, new=False))


def _joined(lines: Sequence[str], marks: Sequence[Mark], *, new: bool) -> str:
    ours = {Mark.NEW, Mark.EMPTY} if new else {Mark.QUOTE, Mark.SIGNATURE}
    kept = [line for line, mark in zip(lines, marks, strict=False) if mark in ours]
    return "\n".join(kept).strip("\n").rstrip()


def _marked(lines: Sequence[str]) -> list[Mark]:
    marks = [Mark.EMPTY if not line.strip() else Mark.NEW for line in lines]
    cut = _mark_quotes(lines, marks)
    _mark_signatures(lines, marks, cut)
    _keep_inline(marks, cut)
    _close_gaps(marks)
    return marks


def _mark_quotes(lines: Sequence[str], marks: list[Mark]) -> int:
    """Mark quotations; return where everything below is one, else the number of lines."""
    # Most texts have none of the words, and then no line needs to be looked at for them.
    attributed = any(HINT.search(line) for line in lines if line.rstrip()[-1:] in ENDINGS)
    row = 0
    while row < len(lines):
        if marks[row] == Mark.EMPTY:
            row += 1
            continue
        if _may_divide(lines[row]) and FORWARD.match(lines[row]):
            return len(lines)
        length = _attribution(lines, row) if attributed else 0
        if length and not _quote_follows(lines, row + length):
            return _cut(marks, row)
        if not length and (_separates(lines[row]) or _is_block(lines, row)):
            return _cut(marks, row)
        if length or QUOTED.match(lines[row]):
            stop = row + max(length, 1)
            marks[row:stop] = [Mark.QUOTE] * (stop - row)
        row += max(length, 1)
    return len(lines)


def _may_divide(line: str) -> bool:
    """Say quickly that a line is an ordinary one: most are, and patterns cost time."""
    return line.lstrip()[:5].lower().startswith((*">-_=*#~", "begin", "anfan"))


def _separates(line: str) -> bool:
    return _may_divide(line) and bool(SEPARATOR.match(line))


def _cut(marks: list[Mark], row: int) -> int:
    marks[row:] = [Mark.QUOTE] * (len(marks) - row)
    return row


def _attribution(lines: Sequence[str], row: int) -> int:
    """Return how many lines an attribution takes that begins here; 0 when none does."""
    first = lines[row].strip()
    if DATED.match(first):
        return 1
    if not BEGINS.match(first):
        ends = first[-1:] in ENDINGS and ENDS.search(first)
        return 1 if ends and _quote_follows(lines, row + 1) else 0
    joined = ""
    for length, line in enumerate(lines[row : row + WRAPPED], start=1):
        if not line.strip():
            return 0
        joined += " " + line.strip()
        if ATTRIBUTION.match(joined.strip()) or DATED.match(joined.strip()):
            return length
    return 0


def _quote_follows(lines: Sequence[str], row: int) -> bool:
    for line in lines[row : row + 3]:
        if line.strip():
            return bool(QUOTED.match(line))
    return False


def _is_block(lines: Sequence[str], row: int) -> bool:
    """Say whether the headers of an older mail stand here: From and two more, or a ruler."""
    if ":" not in lines[row] or not BLOCK_FIRST.match(lines[row]):
        return False
    above = next((line for line in reversed(lines[max(row - 3, 0) : row]) if line.strip()), "")
    below = [line for line in lines[row + 1 : row + 8] if line.strip()][:4]
    more = sum(bool(BLOCK_MORE.match(line)) for line in below)
    return more >= (1 if RULER.match(above) else 2)


def _mark_signatures(lines: Sequence[str], marks: list[Mark], cut: int) -> None:
    """Mark signatures, from below: how much new text stands under a line decides."""
    stop, below = cut, 0
    for row in reversed(range(cut)):
        if marks[row] == Mark.QUOTE:
            stop, below = row, 0
        if marks[row] != Mark.NEW:
            continue
        line = lines[row].strip()
        if line[:5].lower().startswith(MOBILE_BEGINS) and MOBILE.match(line):
            marks[row] = Mark.SIGNATURE
        elif below <= _longest_below(line):
            marks[row:stop] = [Mark.SIGNATURE] * (stop - row)
            below = 0
        else:
            below += 1


def _longest_below(line: str) -> int:
    """Return how many lines of a signature may stand below this line; -1 if none begins."""
    if SIGNATURE.match(line):
        return LONGEST_SIGNATURE
    return LONGEST_FOOTER if RULER.match(line) else -1


def _keep_inline(marks: list[Mark], cut: int) -> None:
    """Keep quotations that are answered line by line: new text stands between two of them."""
    blocks = list(_blocks(marks[:cut]))
    quotes = [n for n, (mark, _, _) in enumerate(blocks) if mark == Mark.QUOTE]
    if len(quotes) < 2:
        return
    said = [n for n, (mark, _, _) in enumerate(blocks) if mark == Mark.NEW]
    if not said or not any(quotes[0] < n < quotes[-1] for n in said):
        return
    for mark, begin, end in blocks[: said[-1]]:
        if mark == Mark.QUOTE:
            marks[begin:end] = [Mark.NEW] * (end - begin)


def _blocks(marks: Sequence[Mark]) -> Iterator[tuple[Mark, int, int]]:
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
    """Let empty lines inside a quotation or signature belong to it."""
    for mark, begin, end in list(_blocks(marks)):
        if mark in {Mark.QUOTE, Mark.SIGNATURE}:
            marks[begin:end] = [mark] * (end - begin)
