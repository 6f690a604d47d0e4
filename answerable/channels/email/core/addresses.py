"""Names and addresses in headers, however they are written. Pure; never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from answerable.channels.email.core.words import CONTROLS, words_of

LONGEST_LIST = 50_000
MOST_PEOPLE = 1000
LONGEST_NAME, LONGEST_ADDRESS = 200, 320
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'@]{1,256}@[^\s<>()\[\],;:\"']{1,256}")
TOKEN = re.compile(
    r"(?P<quoted>\"(?:[^\"\\]|\\.){0,500}\")|(?P<comment>\((?:[^()\\]|\\.|\([^()]{0,99}\)){0,200}\))"
    r"|(?P<angle><[^<>]*>)|(?P<word>[^\",;:()<>]+)|(?P<mark>.)",
    re.DOTALL,
)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
ROUTE = re.compile(r"^(?:@[^:]*:)?(?:mailto:)?", re.IGNORECASE)
BARE = re.compile(r"\s*[\w.-]+\s*")
AROUND = re.compile(r"\s*([@.])\s*")
QUOTES = "\"' "


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a header names them: the name decoded, the address as it was written."""

    name: str = ""
    address: str = ""


@dataclass(slots=True)
class _Item:
    """What stands between two commas."""

    words: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    address: str = ""
    angled: bool = False

    def person(self, decoded: bool) -> Person | None:
        name = "".join(self.words)
        if not self.angled:
            if "=?" in name and not decoded:
                return next(iter(people_in(words_of(name), decoded=True)), None)
            name, self.address = self._bare(name)
        name = words_of(name) or words_of(" ".join(self.comments))
        if not name.strip(QUOTES) and not self.address:
            return None
        return Person(_unquoted(name)[:LONGEST_NAME], self.address[:LONGEST_ADDRESS])

    def _bare(self, text: str) -> tuple[str, str]:
        found = ADDRESS.search(text)
        if not found and self.comments and BARE.fullmatch(text):
            return "", text.strip()  # A user of the same machine: MAILER-DAEMON (its name).
        if not found:
            return text, ""
        return text[: found.start()] + text[found.end() :], CONTROLS.sub("", found.group())


def people_in(header: str, *, decoded: bool = False) -> list[Person]:
    """Return who is named in a raw header, in order."""
    people = (item.person(decoded) for item in _joined(_items(header[:LONGEST_LIST])))
    return [person for person in people if person][:MOST_PEOPLE]


def first_person(*headers: str) -> Person:
    """Return the first who has an address, else the first who has a name, else nobody."""
    people = [person for header in headers for person in people_in(header)]
    with_address = (person for person in people if "@" in person.address)
    return next(with_address, people[0] if people else Person())


def addresses_of(*headers: str) -> tuple[str, ...]:
    """Return all addresses in headers, in lower case."""
    return tuple(a.lower() for h in headers for a in ADDRESS.findall(h[:LONGEST_LIST]))


def _items(header: str) -> Iterator[_Item]:
    item, has_group = _Item(), ";" in header
    for token in TOKEN.finditer(header):
        text = token.group()
        match token.lastgroup:
            case "quoted":
                item.words.append(ESCAPED.sub(r"\1", text[1:-1]))
            case "comment":
                item.comments.append(ESCAPED.sub(r"\1", text[1:-1]))
            case "angle":
                _take_angle(item, text[1:-1])
            case "word":
                item.words.append(text)
            case _ if text in ",;":
                yield item
                item = _Item()
            case _ if text == ":" and has_group and not item.angled:
                item = _Item()  # What stood before it is the name of a group.
            case _:
                item.words.append(text)
    yield item


def _take_angle(item: _Item, text: str) -> None:
    address = AROUND.sub(r"\1", CONTROLS.sub("", ROUTE.sub("", words_of(text).strip(QUOTES))))
    if "@" in address or not item.address:
        item.address = address
    item.angled = True


def _joined(items: Iterator[_Item]) -> Iterator[_Item]:
    """Join the two halves of “Wolf, Dana <dana@…>”, which should have been in quotes."""
    half: _Item | None = None
    for item in items:
        words = "".join(item.words)
        if half and item.angled and words.strip():
            item.words = [*half.words, ",", *item.words]
        elif half:
            yield half
        half = None
        if words.strip() and not item.angled and "@" not in words and "=?" not in words:
            half = item
        else:
            yield item
    if half:
        yield half


def _unquoted(name: str) -> str:
    name = name.strip()
    while len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1].strip()
    return name


def shown(people: Sequence[Person]) -> str:
    """Return people as one line, as a person writes them."""
    return ", ".join(f"{p.name} <{p.address}>" if p.name else p.address for p in people)
