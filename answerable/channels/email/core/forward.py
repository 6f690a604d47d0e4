"""A mail inside a mail: who wrote what was passed on, and what its forwarder says. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import dedent

from answerable.channels.email.core.attribution import attribution
from answerable.channels.email.core.dividing import is_forward, is_original
from answerable.channels.email.core.forward_intro import introduced
from answerable.channels.email.core.header_block import (
    Block,
    block_at,
    inline_fields,
    is_block,
    label_of,
)
from answerable.channels.email.core.header_words import FORWARDS
from answerable.channels.email.core.mail_lines import (
    HIDDEN,
    Line,
    lines_of,
    next_said,
    rules_above,
    unquoted,
)
from answerable.channels.email.core.named_people import Named, named_in, one_named

MOST_LINES = 20_000
LONGEST_SUBJECT = 1000
HEADERS_WITHIN = 5  # They begin within so many lines below “Forwarded message”.
_PREFIX = "|".join(sorted(map(re.escape, FORWARDS.split("|")), key=len, reverse=True))
PASSED_ON = re.compile(
    rf"\s*(?:\[[^\[\]]{{0,60}}\]\s*)?\[?(?:{_PREFIX})\s?(?:\[\d+\]|\(\d+\))?\s?[:\uff1a]\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The mail that was passed on, as it names itself; `note` is what was written above it.

    The date is as the mail writes it, in its language.
    """

    sender: Named
    to: tuple[Named, ...]
    cc: tuple[Named, ...]
    subject: str
    date: str
    body: str
    note: str


def forwarded_in(subject: str | None, text: str) -> Forwarded | None:
    """Return the mail that a text passes on; None when it passes none on.

    A text is one where a program says so, or where the subject does and the headers of another
    mail follow. Without a subject those headers are enough: whoever answers names one.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = lines_of(text)[:MOST_LINES]
    passed = bool(subject and is_passed_on(subject))
    unknown = not (subject and subject.strip())
    for row, line in enumerate(lines):
        if not line.words:
            continue
        if is_forward(line):
            return _below_marker(lines, row, subject or "")
        if is_original(line) or is_block(lines, row):
            return _below_marker(lines, row, subject or "") if passed or unknown else None
        if (start := attribution(lines, row)) is not None:
            return _introduced(lines, start, row, subject or "") if passed else None
    return None


def is_passed_on(subject: str) -> bool:
    """Say whether a subject is that of a mail that was forwarded, in any language."""
    return bool(PASSED_ON.match(subject[:LONGEST_SUBJECT])) or subject.rstrip().endswith(
        "(fwd)"
    )


def _below_marker(lines: Sequence[Line], row: int, subject: str) -> Forwarded:
    note = _note(lines, row)
    if inline := _inline(lines[row]):
        return _mail(Block(inline, row + 1), lines, row, note, subject)
    start: int | None = row
    if label_of(lines[row]) is None:
        start = next_said(lines, row + 1, HEADERS_WITHIN)
    if start is None:
        return _mail(Block({}, row + 1), lines, row, note, subject)
    if len(inline := _inline(lines[start])) > 1 and len(block_at(lines, start).fields) == 1:
        return _mail(Block(inline, start + 1), lines, start, note, subject)
    block = block_at(lines, start)
    return _mail(block, lines, start, note, subject)


def _inline(line: Line) -> dict[str, str]:
    """Return the headers that stand behind “----- Forwarded Message -----” on its line."""
    words = line.raw.strip(f" \t>{HIDDEN}")
    found = inline_fields(words)
    return found if "from" in found and len(found) > 2 else {}


def _mail(block: Block, lines: Sequence[Line], row: int, note: str, subject: str) -> Forwarded:
    fields = block.fields
    return Forwarded(
        sender=one_named(fields.get("from", "")),
        to=named_in(fields.get("to", "")),
        cc=named_in(fields.get("cc", "")),
        subject=fields.get("subject", "") or bare(subject),
        date=fields.get("date", ""),
        body=_body(lines, block.end, lines[row].depth),
        note=note,
    )


def _introduced(lines: Sequence[Line], start: int, end: int, subject: str) -> Forwarded:
    said = " ".join(line.words for line in lines[start : end + 1] if line.words)
    sender, date = introduced(said)
    return Forwarded(
        sender=sender,
        to=(),
        cc=(),
        subject=bare(subject),
        date=date,
        body=_body(lines, end + 1, lines[start].depth),
        note=_note(lines, start),
    )


def bare(subject: str) -> str:
    """Return a subject without what says that it was forwarded."""
    subject = subject[:LONGEST_SUBJECT].strip()
    found = PASSED_ON.match(subject)
    subject = subject[found.end() :] if found else subject.removesuffix("(fwd)")
    return subject.strip()


def _note(lines: Sequence[Line], row: int) -> str:
    above = lines[: rules_above(lines, row)]
    return "\n".join(line.raw for line in above).strip(f"\n {HIDDEN}")


def _body(lines: Sequence[Line], start: int, depth: int) -> str:
    """Return the text of the inner mail, without the “>” before it."""
    below = lines[start:]
    first = next((line for line in below if line.words), None)
    depth = depth or (first.depth if first else 0)
    if depth:
        last = max((n for n, line in enumerate(below) if line.depth >= depth), default=-1)
        below = below[: last + 1]
    # Only one level was put before the inner mail: deeper ones are its own quotations.
    kept = [unquoted(line, min(depth, line.depth)) if line.words else "" for line in below]
    return dedent("\n".join(kept)).strip(f"\n{HIDDEN} ")
