"""Which lines of a mail's text are its signature. Pure.

Only what is certain is folded: what stands below a delimiter, the line of a telephone, the
footer of a list, a notice of confidence. A greeting and a name stay with the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from answerable.channels.email.core.mail_lines import Line, Mark
from answerable.channels.email.core.signature_words import (
    ADDRESSED,
    CONFIDENT,
    DEVICES,
    DEVICES_UNSPACED,
    FOOTERS,
    NOTICES,
    OFFERS,
    SENT,
    SENT_UNSPACED,
)

LONGEST_SIGNATURE = 20  # lines below a delimiter
LONGEST_DELIMITED = 40  # below “-- ” with its space, which nobody types by chance
LONGEST_FOOTER = 5  # what mailing lists put below a line
LONGEST_NOTICE = 40
NOTICE_LINES = 8
SHORTEST_FOOTER_RULE = 8
LONGEST_MOBILE = 110
LONGEST_NAME = 40
NAME_BELOW = 6  # A name stands at most so many lines below the text that it signs.
DELIMITERS = {"--", "__"}
DEVICE = re.compile(rf"(?<!\w)(?:{DEVICES})(?!\w)|{DEVICES_UNSPACED}", re.IGNORECASE)
SENT_FROM = re.compile(rf"(?<!\w)(?:{SENT})|{SENT_UNSPACED}", re.IGNORECASE)
OFFER = re.compile(OFFERS, re.IGNORECASE)
MOBILE = re.compile(
    r"(?:sent|envoyé|enviado|inviato|verzonden|verstuurd|skickat|sendt|gesendet) "
    r"(?:from|de|depuis|desde|do|da|dal|vanaf|van|från|fra|von) "
    r"(?:my|mon|ma|mi|meu|minha|mio|mia|mijn|min|mein(?:em|er)?)\s.{1,60}$",
    re.IGNORECASE,
)
FOOTER = re.compile(rf"(?:{FOOTERS})", re.IGNORECASE)
NOTICE = re.compile(rf"(?:{NOTICES})", re.IGNORECASE)
CONFIDENTIAL = re.compile(CONFIDENT, re.IGNORECASE)
FOR_SOMEBODY = re.compile(ADDRESSED, re.IGNORECASE)
DASHED_NAME = re.compile(r"-{1,2} ?[^\W\d_][\w.'-]{0,20}(?: [^\W\d_][\w.'-]{0,20}){0,2}$")


def mark_signatures(lines: Sequence[Line], marks: list[Mark], cut: int) -> None:
    """Mark signatures above a row, from below: how much new text stands under a line decides.

    What is marked as a signature before stays one where nothing new stands below it.
    """
    stop, below = cut, 0
    for row in reversed(range(cut)):
        if marks[row] in {Mark.QUOTE, Mark.INTRO}:
            stop, below = row, 0
        elif marks[row] == Mark.SIGNATURE and below:
            # A program marks where it ends, so that a delimiter above says nothing of the rest.
            marks[row], below = Mark.NEW, max(below, LONGEST_NOTICE) + 1
        elif marks[row] == Mark.NEW:
            if below <= _most_below(lines, marks, row):
                _sign(marks, row, stop)
                stop, below = row, 0
            else:
                below += 1


def _sign(marks: list[Mark], row: int, stop: int) -> None:
    marks[row:stop] = [
        mark if mark == Mark.EMPTY else Mark.SIGNATURE for mark in marks[row:stop]
    ]


def _most_below(lines: Sequence[Line], marks: Sequence[Mark], row: int) -> int:
    """Return how many new lines may stand below a line that begins a signature; -1 if none."""
    line = lines[row]
    if (most := _delimits(line)) >= 0:
        return most
    if _is_mobile(line.words) or FOOTER.match(line.words):
        return 0
    if row and marks[row - 1] == Mark.NEW and not lines[row - 1].is_rule:
        return -1  # The rest begins a paragraph.
    if _is_notice(lines, row):
        return LONGEST_NOTICE
    return 0 if _is_dashed_name(lines, row) else -1


def _delimits(line: Line) -> int:
    """Return how many new lines may stand below a delimiter; -1 if it is none."""
    if line.raw.startswith("-- ") and line.words == "--":
        return LONGEST_DELIMITED
    if line.words in DELIMITERS or line.raw.strip() == "\u2014":
        return LONGEST_SIGNATURE
    # Lists draw underscores or dashes; other lines divide a text.
    is_footer = len(line.words) >= SHORTEST_FOOTER_RULE and set(line.words) in ({"_"}, {"-"})
    return LONGEST_FOOTER if is_footer else -1


def _is_mobile(words: str) -> bool:
    """Say whether a line is what a telephone or a program puts below a mail."""
    if len(words) > LONGEST_MOBILE:
        return False
    if MOBILE.match(words) or OFFER.match(words):
        return True
    if words.endswith("?") or not DEVICE.search(words):
        return False
    # It is all that the line says: the word for “sent” begins or ends it, or the line is short.
    end = len(words.rstrip(" .!"))
    found = list(SENT_FROM.finditer(words))
    at_end = any(match.start() == 0 or match.end() == end for match in found)
    return at_end or (bool(found) and len(words) < LONGEST_NAME)


def _is_notice(lines: Sequence[Line], row: int) -> bool:
    if not NOTICE.match(lines[row].words):
        return False
    said = " ".join(line.words for line in lines[row : row + NOTICE_LINES])
    return bool(CONFIDENTIAL.search(said) and FOR_SOMEBODY.search(said))


def _is_dashed_name(lines: Sequence[Line], row: int) -> bool:
    """Say whether a line is “-Ana Example”, below some text."""
    words = lines[row].words
    above = lines[max(row - NAME_BELOW, 0) : row]
    if words[:1] != "-" or len(words) > LONGEST_NAME:
        return False
    if not any(line.words for line in above):
        return False
    name = words.lstrip("- ")
    capitals = all(part[0].isupper() for part in name.split())
    return capitals and bool(DASHED_NAME.match(words))
