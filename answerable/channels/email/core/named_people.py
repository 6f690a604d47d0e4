"""Names and addresses as programs write them into texts, quoted or not. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_LIST = 20_000
MOST = 200
# An address between brackets of some kind, or one that stands alone.
ADDRESS = re.compile(
    r"[<\[(]?\s?(?:mailto:\s?)?([^\s<>()\[\]\"',;:|]{1,64}@[^\s<>()\[\]\"',;:|]{1,190})"
    r"(?:[<\[(]mailto:[^<>\[\]()\s]{0,260}[>\])])?\s?[>\])]?",
    re.IGNORECASE,
)
BROKEN = re.compile(r"([\w.+-])\s?<\s?mailto:[^<>\s]{0,260}>", re.IGNORECASE)
FOR_ANOTHER = re.compile(
    r"\s+(?:on behalf of|im auftrag von|au nom de|en nombre de|per conto di|namens|"
    r"em nome de|w imieniu|от имени)\s.*$",
    re.IGNORECASE | re.DOTALL,
)
QUOTES = "\"'\u00ab\u00bb\u201c\u201d\u201e\u2018\u2019\u201a\u2039\u203a\u300c\u300d"
AROUND = " \t\n,;:|*" + QUOTES


@dataclass(frozen=True, slots=True)
class Named:
    """A name and an address; either may be empty."""

    name: str = ""
    address: str = ""


def named_in(text: str) -> tuple[Named, ...]:
    """Return the people that a list names, in their order, each address once."""
    text = BROKEN.sub(r"\1", text[:LONGEST_LIST])
    found: list[Named] = []
    start = 0
    for match in ADDRESS.finditer(text):
        before = text[start : match.start()]
        start = match.end()
        address = match.group(1).strip(".")
        alone = text[match.start()] not in "<[("
        name = "" if alone else _name(before, address)
        if all(address.casefold() != other.address.casefold() for other in found):
            found.append(Named(name, address))
        elif name and not found[-1].name and found[-1].address == address:
            found[-1] = Named(name, address)
        if len(found) >= MOST:
            break
    return tuple(found) or _only_names(text)


def one_named(text: str) -> Named:
    """Return the first person that a text names, who may write for another."""
    return next(iter(named_in(FOR_ANOTHER.sub("", text[:LONGEST_LIST]))), Named())


def _name(before: str, address: str) -> str:
    name = before.strip(AROUND)
    return (
        "" if "@" in name and name.casefold() == address.casefold() else " ".join(name.split())
    )


def _only_names(text: str) -> tuple[Named, ...]:
    names = (part.strip(AROUND) for part in text.split(";")[:MOST])
    return tuple(Named(name) for name in names if name)
