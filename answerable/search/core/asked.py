"""What an agent looks for, from the words and the operators that they typed.

Words are looked for anywhere in a ticket; `"two words"` beside each other; `-word` keeps
tickets out that have it; `name:value` narrows: from:, by:, owner:, is:, has:, before:, after:.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

LONGEST = 500  # letters; a whole mail may be pasted into the field
MOST_WORDS = 20
SHORTEST_OPEN = 3  # letters that a word has before words that begin so are looked for

NAMED = ("from", "by", "owner")
DATED = ("before", "after")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "is": ("open", "waiting", "held", "resolved", "review", "late"),
    "has": ("file", "note"),
}
OPERATORS = (*NAMED, *CHOICES, *DATED)
PIECE = re.compile(
    r"(?P<minus>-?)(?:(?P<name>[A-Za-z]+):)?"
    r"(?:[\"“”„](?P<quoted>[^\"“”„]*)[\"“”„]|(?P<bare>[^\s\"“”„]+))"
)
NUMBER = re.compile(r"#?(\d{1,18})")
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for.

    `words` are in small letters, each once and in order; each of `phrases` stands together;
    `without` keeps tickets out; `open` is the last word, if more of it may follow; `number` is
    that of a ticket, where nothing else was typed. `narrowed` has operators with their values
    as they were typed, `unknown` those whose value means nothing, as they were typed.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    open: str = ""
    number: int | None = None
    narrowed: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    dates: Mapping[str, date] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases or self.narrowed)

    def values(self, name: str) -> list[str]:
        """Return what was typed after an operator, in order."""
        return [value for known, value in self.narrowed if known == name]


@dataclass(slots=True)
class _Reading:
    words: list[str] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    narrowed: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    dates: dict[str, date] = field(default_factory=dict)

    def take(self, piece: re.Match[str]) -> None:
        name = (piece["name"] or "").lower()
        value = piece["quoted"] if piece["quoted"] is not None else piece["bare"]
        if name in OPERATORS and not piece["minus"]:
            self._narrow(name, value.strip(), piece.group())
            return
        words = words_of(f"{name} {value}" if name else value)
        if piece["minus"]:
            self.without += words
        elif piece["quoted"] is not None and len(words) > 1 and not name:
            self.phrases.append(tuple(words))
        else:
            self.words += words

    def _narrow(self, name: str, value: str, typed: str) -> None:
        day = _day(value) if name in DATED else None
        if day:
            self.dates[name] = day
        is_known = (
            bool(day) if name in DATED else value.lower() in CHOICES.get(name, (value.lower(),))
        )
        if value and is_known:
            self.narrowed.append((name, value if name in NAMED else value.lower()))
        else:
            self.unknown.append(typed)


def understood(text: str, *, as_typed: bool = False) -> Asked:
    """Take apart what somebody typed. `as_typed`: its last word may not be finished."""
    text = text[:LONGEST].strip("\r\n")
    if number := NUMBER.fullmatch(text.strip()):
        return Asked(words=(number[1],), number=int(number[1]))
    read = _Reading()
    for piece in PIECE.finditer(text):
        read.take(piece)
    words = tuple(dict.fromkeys(read.words))[:MOST_WORDS]
    return Asked(
        words=words,
        phrases=tuple(dict.fromkeys(read.phrases)),
        without=tuple(dict.fromkeys(read.without)),
        open=_open(text, words) if as_typed else "",
        narrowed=tuple(dict.fromkeys(read.narrowed)),
        unknown=tuple(dict.fromkeys(read.unknown)),
        dates=read.dates,
    )


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, in their order."""
    return [word.lower() for word in WORD.findall(text)]


def _open(text: str, words: tuple[str, ...]) -> str:
    is_open = bool(words) and text.lower().endswith(words[-1])
    return words[-1] if is_open and len(words[-1]) >= SHORTEST_OPEN else ""


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
