"""What an account card is made of: our own components, as values. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Tone(StrEnum):
    """How a badge looks; what it means its text says."""

    NEUTRAL = "neutral"
    GOOD = "good"
    RISK = "risk"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Text:
    """Words, as they are: nothing in them is HTML or Markdown."""

    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a page of the vendor's, by https."""

    text: str
    url: str
    kind: str = "link"


@dataclass(frozen=True, slots=True)
class Badge:
    """A word or two that are seen at a glance."""

    text: str
    tone: Tone = Tone.NEUTRAL
    kind: str = "badge"


@dataclass(frozen=True, slots=True)
class Time:
    """An instant, shown in the reader's zone; `text` says what of."""

    at: datetime
    text: str = ""
    kind: str = "time"


Value = Text | Link | Badge | Time


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a table: what it is called, and what it is."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Facts:
    """A table of facts."""

    rows: tuple[Fact, ...]
    kind: str = "facts"


@dataclass(frozen=True, slots=True)
class Items:
    """A list of texts and links."""

    items: tuple[Text | Link, ...]
    kind: str = "list"


Part = Text | Link | Badge | Time | Facts | Items


@dataclass(frozen=True, slots=True)
class Card:
    """A card: its title, and its parts in their order."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line that speaks for a claim where it `holds`, or against it; and as of when, where the
    system says so."""

    text: str
    holds: bool
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system says: cards, and evidence. None says nothing of evidence at all; an empty
    one that it looked and has none."""

    cards: tuple[Card, ...] = ()
    evidence: tuple[Evidence, ...] | None = None
