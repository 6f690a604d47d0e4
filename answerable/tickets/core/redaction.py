"""What is taken out of texts for good: a passage however it is spaced, and numbers of cards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote

# What stands in the place of what was removed. It says in every language that something is
# gone, and not how long it was.
MARK = "█████"
SHORTEST, LONGEST = 4, 2000
# A quotation puts marks between the words that it wraps, and mail programs soft spaces.
GAP = r"[\s\u00a0>|]+"
UNSEEN = "[\u00ad\u200b-\u200d\u2060\ufeff]*"
TAG = r"<[^<>]*>"
BETWEEN_DIGITS = r"[ \t\u00a0.\-\u2010-\u2015]{0,2}"
A_RUN = re.compile(r"(?<!\d)\d(?:[ \t\u00a0.\-\u2010-\u2015]{0,2}\d){11,}(?!\d)")
CARD_LENGTHS = range(19, 12, -1)
# What a value may say that only programs read; a key under which people write is none of it.
CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")
# A text of this length may have been cut off in the middle of the passage.
CUT_FROM = 100
SHORTEST_REST = 3
# What people wrote stands under these names in what is kept as JSON.
WRITTEN = frozenset(
    {"reason", "comment", "words", "why", "subject", "body", "text", "before", "note"}
    | {"summary", "sentence", "says", "name", "title"}
)


def is_luhn(digits: str) -> bool:
    """Say whether digits pass the check that numbers of cards pass (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card(text: str) -> bool:
    """Say whether a text is the number of a card and nothing else."""
    digits = _digits(text)
    spaced = re.sub(r"[ \t\u00a0.\-\u2010-\u2015]", "", text)
    return digits == spaced and _may_be_card(digits)


def cards_in(text: str) -> list[str]:
    """Return the numbers of cards in a text as they stand there, each once, in order.

    They have 13 to 19 digits, begin as cards do, and pass the check of Luhn. Of a longer run of
    digits, as of a number with its expiry, the groups that pass are taken.
    """
    found: dict[str, str] = {}
    for run in A_RUN.finditer(text):
        for card in _cards_of(run.group()):
            found.setdefault(_digits(card), card)
    return list(found.values())


def masked(card: str) -> str:
    """Return what a card's number is called without being said: its last four digits."""
    return f"•••• {_digits(card)[-4:]}"


def holds(text: str, passage: str) -> bool:
    """Say whether a passage stands in a text, however it is spaced, quoted or wrapped."""
    return _in_text(passage).search(text) is not None


def without(text: str, passage: str) -> str:
    """Return a text with a mark wherever the passage stood; also where it was cut off."""
    return _cut_rest(_in_text(passage).sub(MARK, text), passage)


def without_in_html(html: str, passage: str) -> str:
    """Return HTML with a mark wherever the passage stood, whatever tags it went through.

    The tags stay. Where the text that it shows still has the passage, nothing is left of it.
    """
    done = _in_html(passage).sub(lambda hit: MARK + "".join(re.findall(TAG, hit.group())), html)
    shown = unescape(re.sub(TAG, "", done))
    return "" if holds(shown, passage) or holds(unescape(done), passage) else done


def without_in_json(value: object, passage: str, key: str = "") -> object:
    """Return what is kept as JSON without a passage; keys and words of code stay."""
    if isinstance(value, dict):
        return {name: without_in_json(one, passage, name) for name, one in value.items()}
    if isinstance(value, list):
        return [without_in_json(one, passage, key) for one in value]
    if not isinstance(value, str) or (key not in WRITTEN and CODE.fullmatch(value)):
        return value
    return without(value, passage)


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isdigit())


def _may_be_card(digits: str) -> bool:
    return len(digits) in CARD_LENGTHS and digits[0] in "23456" and is_luhn(digits)


def _cards_of(run: str) -> Iterator[str]:
    """Return the cards in a run of digits: each begins and ends where a group of it does."""
    groups = list(re.finditer(r"\d+", run))
    first = 0
    while first < len(groups):
        last = _last_group(run, groups, first)
        if last is not None:
            yield run[groups[first].start() : groups[last].end()]
        first = first + 1 if last is None else last + 1


def _last_group(run: str, groups: Sequence[re.Match[str]], first: int) -> int | None:
    for last in range(len(groups) - 1, first - 1, -1):
        if _may_be_card(_digits(run[groups[first].start() : groups[last].end()])):
            return last
    return None


def _cut_rest(text: str, passage: str) -> str:
    """Return a text that may have been cut off without a passage that begins at its end."""
    if len(text) < CUT_FROM:
        return text
    whole = text.rstrip("….")
    for length in range(min(len(passage), len(whole)), SHORTEST_REST - 1, -1):
        if whole.endswith(passage[:length]):
            return whole[:-length] + MARK
    return text


@lru_cache(maxsize=64)
def _in_text(passage: str) -> re.Pattern[str]:
    return _pattern(passage, re.escape, UNSEEN, GAP)


@lru_cache(maxsize=64)
def _in_html(passage: str) -> re.Pattern[str]:
    joint = f"(?:{TAG}|{UNSEEN[:-1]})*"
    gap = rf"(?:{TAG}|[\s\u00a0>|]|&nbsp;|&#160;|&#xa0;|&gt;)+"
    return _pattern(passage, _letter_in_html, joint, gap)


def _pattern(
    passage: str, letter: Callable[[str], str], joint: str, gap: str
) -> re.Pattern[str]:
    if is_card(passage):
        between = rf"(?:{gap}|{BETWEEN_DIGITS}){joint}"
        return re.compile(between.join(_digits(passage)))
    words = [joint.join(letter(one) for one in word) for word in passage.split()]
    escaped = re.escape(quote(passage.strip()))
    return re.compile(f"{gap.join(words)}|{escaped}")


def _letter_in_html(letter: str) -> str:
    named = {escape(letter), f"&#{ord(letter)};", f"&#x{ord(letter):x};", letter}
    return f"(?:{'|'.join(re.escape(one) for one in sorted(named))})"
