"""A notice in free text: which recipients it names, and what it says of each. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from answerable.channels.email.core.bounce_marks import ASIDE, FAILING, LABEL
from answerable.channels.email.core.bounce_report import ADDRESS, tidy

MOST_ENTRIES = 200
MOST_WORDS = 40
LONGEST_WORDS = 3000

# An address at the start of a line, alone or before what is said of it.
STARTS = re.compile(
    rf"^[\s>*\-\u2022\u2192\"']*<?\s?((?>{ADDRESS.pattern}))>?[\"']?"
    r"(?=\s*(?:$|[:;,.(\[<]|-\s|\s(?:invalid|is|was|on|at|\d)\b))",
    re.IGNORECASE,
)
# What sendmail and its kin write before an address: "550 5.1.1 <name@host>... User unknown".
CODED = re.compile(
    rf"^[45]\d\d[ -](?:[45]\.\d{{1,3}}\.\d{{1,3}} )?<?({ADDRESS.pattern})>?\.\.\.",
    re.IGNORECASE,
)
ASKED = re.compile(rf"\bRCPT TO: ?<?({ADDRESS.pattern})>?", re.IGNORECASE)
HAS_CODE = re.compile(r"(?<![\d.])[45]\d\d(?![\d.])|\b[45]\.\d{1,3}\.\d{1,3}\b")


@dataclass(slots=True)
class Entry:
    """A recipient that a notice names, and the lines about it."""

    recipient: str
    words: list[str] = field(default_factory=list)

    def text(self) -> str:
        return " ".join(" ".join(self.words).split())[:LONGEST_WORDS]


def entries_in(lines: Sequence[str], subject: str = "") -> list[Entry]:
    """Return the recipients that a notice lists, in order, each once."""
    found: dict[str, Entry] = {}
    before: list[str] = []
    now: Entry | None = None
    is_listing = bool(FAILING.search(subject))
    for line in lines:
        is_listing = is_listing or bool(FAILING.search(line))
        named = "" if ASIDE.search(line) else _named(line, is_listing)
        if named and len(found) < MOST_ENTRIES:
            fresh = named.lower() not in found
            now = found.setdefault(named.lower(), Entry(named))
            if fresh:
                now.words += before[-MOST_WORDS:]
            before = []
        if now is None or (not named and line.startswith(("While talking", "... while"))):
            before, now = [*before, line] if _is_talk(line) else before, None
        elif len(now.words) < MOST_WORDS:
            now.words.append(line)
    return list(found.values())


def named_in_sentences(lines: Sequence[str]) -> list[Entry]:
    """Return the recipients that a notice names in a sentence about its failure."""
    found: dict[str, Entry] = {}
    text = " ".join(" ".join(lines[:60]).split())
    for sentence in re.split(r"(?<=[.!?]) ", text[:20_000]):
        if not FAILING.search(sentence) or ASIDE.search(sentence):
            continue
        for address in ADDRESS.findall(sentence):
            named = tidy(address)
            found.setdefault(named.lower(), Entry(named, [sentence]))
    return list(found.values())[:MOST_ENTRIES]


def _named(line: str, is_listing: bool) -> str:
    sure = CODED.match(line) or ASKED.search(line) or LABEL.match(line)
    if sure:
        return tidy(sure.group(1))
    starts = STARTS.match(line)
    if starts and (is_listing or HAS_CODE.search(line, starts.end())):
        return tidy(starts.group(1))
    return ""


def _is_talk(line: str) -> bool:
    return bool(HAS_CODE.search(line)) or line.startswith((">>>", "<<<"))
