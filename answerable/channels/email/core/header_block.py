"""The headers of another mail inside a text, as programs write them above it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answerable.channels.email.core.header_words import FIELDS
from answerable.channels.email.core.mail_lines import Line, next_said, plain, rules_above

LONGEST_LABEL = 28
MOST_LINES = 60  # A list of recipients may be long.
GAP = 3  # So many lines without words may stand between two headers.
LISTS = ("to", "cc")
TIMED = re.compile(r"\d{1,2}[:.h]\d\d|\d{4}|\u5e74")
LONGEST_ROW = 6000
SHORTEST_GLUED = 4
# A header that is glued to the one before and has lost its colon, as in some translations.
UNMARKED = re.compile(r"(?<=[>A-Z\d])[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]{1,9}(?= \S)")


@dataclass(frozen=True, slots=True)
class Block:
    """Headers that stand in a text: the first value of each field, and where they end."""

    fields: dict[str, str]
    end: int


def label_of(line: Line) -> tuple[str, str] | None:
    """Return the field and the value of a line like “From: Ana”; None if it is none."""
    head, colon, _ = line.words[:400].partition(":")
    if not colon or len(head) > LONGEST_LABEL:
        return None
    name = plain(head.replace("*", ""))
    field = FIELDS.get(name) or FIELDS.get(name.partition(" (")[0])  # “Kopie (CC)”
    if field is None:
        return None
    return field, line.words[len(head) + 1 :].strip(" *\t")


def block_at(lines: Sequence[Line], row: int) -> Block:
    """Return the headers that begin at a row; without any fields when none do."""
    depth, fields, last = lines[row].depth, dict[str, str](), ""
    at = row
    while at < min(row + MOST_LINES, len(lines)):
        line = lines[at]
        found = label_of(line) if line.depth == depth else None
        if found and found[0] not in fields:
            last, fields[found[0]] = found[0], found[1]
            at += 1
        elif found or not last:
            break
        elif line.words and _continues(lines, at, fields, last):
            fields[last] = f"{fields[last]} {line.words}".strip()
            at += 1
        elif not line.words and (after := _label_after(lines, at, fields)):
            at = after
        else:
            break
    return Block(fields, at)


def _continues(lines: Sequence[Line], at: int, fields: dict[str, str], last: str) -> bool:
    """Say whether a line goes on with the header above: another one follows, or a comma led."""
    if lines[at].depth != lines[at - 1].depth or not lines[at - 1].words:
        return False
    if last in LISTS and fields[last].rstrip()[-1:] in {",", ";"}:
        return True
    for row in range(at + 1, min(at + GAP, len(lines))):
        if not lines[row].words:
            return False
        if (found := label_of(lines[row])) and found[0] not in fields:
            return True
    return not fields[last]


def _label_after(lines: Sequence[Line], at: int, fields: dict[str, str]) -> int | None:
    """Return the row of a header that we lack, below a few empty lines."""
    after = next_said(lines, at, GAP)
    if after is None or lines[after].depth != lines[at - 1].depth:
        return None
    found = label_of(lines[after])
    return after if found and found[0] != "other" and found[0] not in fields else None


def is_block(lines: Sequence[Line], row: int) -> bool:
    """Say whether the headers of another mail begin at a row, and no form or list of points."""
    if ":" not in lines[row].words or label_of(lines[row]) is None:
        return False
    fields = block_at(lines, row).fields
    ruled = rules_above(lines, row) < row
    said = {field for field, value in fields.items() if value} - {"other"}
    addressed = any("@" in fields.get(field, "") for field in ("from", "to", "cc", "reply_to"))
    if ruled and len(said) == 1 and len(inline_fields(lines[row].words)) > 1:
        return True
    if not said & {"from", "date"} or len(said) < 2:
        return False
    if len(said) > 2:
        return "subject" in said or addressed
    timed = bool(TIMED.search(fields.get("date", "")))
    return (timed and (addressed or ruled)) or (ruled and "from" in said)


def inline_fields(words: str) -> dict[str, str]:
    """Return the headers that stand behind each other on one line, as web mailers do."""
    words = words[:LONGEST_ROW]
    found: dict[str, tuple[int, int]] = {}
    colon = words.find(":")
    while colon >= 0:
        field, start = _label_before(words, colon)
        if field:
            found.setdefault(field, (start, colon + 1))
        colon = words.find(":", colon + 1)
    for match in UNMARKED.finditer(words):
        if field := FIELDS.get(plain(match.group()), ""):
            found.setdefault(field, match.span())
    inner = sorted((*span, field) for field, span in found.items())
    ends = [start for start, _, _ in inner[1:]] + [len(words)]
    return {
        field: words[begin:end].strip(" *\t")
        for (_, begin, field), end in zip(inner, ends, strict=False)
    }


def _label_before(words: str, colon: int) -> tuple[str, int]:
    """Return the field of the longest label that ends at a colon, and where it starts."""
    for start in range(max(colon - LONGEST_LABEL, 0), colon):
        before = words[start - 1 : start]
        label = words[start:colon].rstrip()
        field = FIELDS.get(plain(label))
        # “… 09:26 MEZBetreff: …”: they are glued to what stands before.
        glued = before.isalpha() and (len(label) < SHORTEST_GLUED or label[0].islower())
        if field and not glued:
            return field, start
    return "", colon
