"""What a customer wrote or was told, without what tells who they are. Pure.

Nobody publishes what this leaves without reading it: it removes what has a form (addresses,
numbers) and the names it is told, and lists each, so that a person can look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
WEB = re.compile(r"\b(?:https?://|www\.)[^\s<>()\[\]\"']+[^\s<>()\[\]\"'.,;:!?]", re.IGNORECASE)
IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?![\w.])")
IPV6 = re.compile(
    r"(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}[0-9a-f:]*[0-9a-f](?![\w:])", re.IGNORECASE
)
PHONE = re.compile(r"(?<![\w.])(?:\+|00|\()?\d[\d ()/.-]{6,}\d(?!\w)")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
CODE = re.compile(
    r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]{12,}(?:-[A-Za-z0-9]+)*(?![\w-])"
)
UUID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w.,-])#?\d{5,}(?![\w-])")
TICKET = re.compile(r"(?<!\w)#\d{1,12}\b")
SHORTEST_NAME = 2
# What stands instead, by what was removed.
STANDS_FOR = {
    "email": "[email address]",
    "web": "[web address]",
    "ip": "[IP address]",
    "phone": "[phone number]",
    "number": "[number]",
    "name": "[name]",
    "company": "[company]",
    "domain": "[domain]",
}
PLACEHOLDER = re.compile("|".join(re.escape(words) for words in STANDS_FOR.values()))
# Words that are also names: alone they are left, as part of a whole name they are not.
TOO_COMMON = {"will", "mark", "may", "june", "grace", "rose", "an", "so", "bill", "art", "the"}


@dataclass(frozen=True, slots=True)
class Known:
    """Whom a text is about: names of people, of their company, and its domains."""

    people: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed: of which kind, the words, and how often they stood there."""

    kind: str
    words: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without what tells who its customer is, and what was removed from it."""

    text: str
    removed: tuple[Removed, ...]


def cleaned(text: str, known: Known, keep: Iterable[str] = ()) -> Cleaned:
    """Return a text without addresses, numbers and names of a customer.

    `keep` are web addresses' beginnings that are the vendor's own, and stay. Cleaned once more,
    a text stays as it is.
    """
    found: dict[tuple[str, str], int] = {}
    own = tuple(keep)
    for kind, pattern in _patterns(known):
        text = _without(text, kind, pattern, found, own)
    removed = tuple(Removed(kind, words, times) for (kind, words), times in found.items())
    return Cleaned(text, removed)


def _patterns(known: Known) -> Iterator[tuple[str, re.Pattern[str]]]:
    yield "email", EMAIL
    yield "web", WEB
    yield "number", UUID
    yield "number", IBAN
    yield "ip", IPV4
    yield "ip", IPV6
    yield from _named("company", known.companies)
    yield from _named("domain", known.domains)
    yield from _named("name", _names(known.people))
    yield "phone", PHONE
    yield "number", TICKET
    yield "number", CODE
    yield "number", NUMBER


def _without(
    text: str,
    kind: str,
    pattern: re.Pattern[str],
    found: dict[tuple[str, str], int],
    own: Sequence[str],
) -> str:
    def replaced(match: re.Match[str]) -> str:
        words = match.group()
        if kind == "web" and words.startswith(tuple(own)):
            return words
        key = kind, words
        found[key] = found.get(key, 0) + 1
        return STANDS_FOR[kind]

    # What stands for something removed before is no word of the text any more.
    parts = re.split(f"({PLACEHOLDER.pattern})", text)
    return "".join(
        part if at % 2 else pattern.sub(replaced, part) for at, part in enumerate(parts)
    )


def _named(kind: str, names: Iterable[str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield a pattern of all names, the longest first, in whatever case they are written."""
    plain = {" ".join(name.split()) for name in names}
    longest_first = sorted((name for name in plain if len(name) >= SHORTEST_NAME), key=len)
    if longest_first:
        choice = "|".join(_spelled(name) for name in reversed(longest_first))
        yield kind, re.compile(rf"(?<!\w)(?:{choice})(?:['\u2019]s)?(?!\w)", re.IGNORECASE)


def _spelled(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split(" ")))


def _names(people: Iterable[str]) -> Iterator[str]:
    """Yield whole names, and each part of one that is no everyday word."""
    for person in people:
        yield person
        for part in person.split():
            if len(part) > SHORTEST_NAME and part.lower() not in TOO_COMMON:
                yield part
