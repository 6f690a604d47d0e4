"""What somebody asks for, from the words that they typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from answerable.knowledge.core.words import code_term, codes, is_code, tokens

LONGEST = 500  # letters; a whole mail may be pasted into the field
MOST_WORDS = 40
SHORTEST = 2
PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart.

    `words` are in small letters and in order, each once. `codes` are terms of codes. Each of
    `phrases` are folded words that must stand beside each other. `open` is the word that is
    still being typed, empty when the last one is finished. `said` is a question as it was
    written, empty while it is being typed.
    """

    words: tuple[str, ...]
    codes: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    open: str = ""
    said: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


def is_too_short(text: str) -> bool:
    """Say whether this is less than anybody can look for."""
    return len(text.strip()) < SHORTEST


def continues(before: str, after: str) -> bool:
    """Say whether a question is another one as it was typed on, or shortened again."""
    one, other = before.strip().casefold(), after.strip().casefold()
    return bool(one) and bool(other) and (one.startswith(other) or other.startswith(one))


def understood(text: str, *, as_typed: bool = False) -> Asked:
    """Take a question apart. `as_typed`: its last word may be the beginning of one."""
    text = text[:LONGEST]
    found = list(tokens(text))[:MOST_WORDS]
    phrases = (tuple(each.folded for each in tokens(words)) for words in PHRASE.findall(text))
    is_open = as_typed and found and found[-1].end == len(text)
    return Asked(
        words=tuple(dict.fromkeys(each.lowered for each in found)),
        codes=tuple(dict.fromkeys([*codes(text), *_spaced_codes(text)])),
        phrases=tuple(phrase for phrase in phrases if len(phrase) > 1),
        open=found[-1].folded if is_open else "",
        said="" if as_typed else text.strip(),
    )


def _spaced_codes(text: str) -> list[str]:
    """Return codes whose two parts stand apart: people write `error E 4012`."""
    parts = text.split()
    pairs = pairwise(parts)
    joined = (f"{one}-{two}" for one, two in pairs if one.isalpha() and two.isdigit())
    return [code_term(each) for each in joined if is_code(each)]
