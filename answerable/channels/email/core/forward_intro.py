# ruff: noqa: RUF001
"""Who and when an attribution says: “On 28/10/2021 12:46, "Ana" <ana@…> wrote:”. Pure."""

from __future__ import annotations

import re

from answerable.channels.email.core.attribution import BEGINS, QUOTES, VERB
from answerable.channels.email.core.named_people import ADDRESS, AROUND, Named, named_in

TIME = re.compile(
    r"\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?(?![a-z]))?(?: ?(?:GMT|UTC|Uhr)\b)?"
    r"(?: ?[+-]\d{1,2}:?\d{0,2}\b)?(?: \(?[A-Z]{3,5}\b\)?)?"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b\u5e74?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
# What stands between a date and a name, or before a name.
FILLERS = re.compile(
    r"(?:użytkownik|użytkownika|uživatel|používateľ|пользователь|користувач|потребител|"
    r"heeft|hat|le|kirjoitti|oseba|је|je|at|um|om|kl\.?|klo|kell|às|à|a las|alle ore|alle)\s+",
    re.IGNORECASE,
)
BEGINNING = re.compile(
    r"(?:w dniu|il giorno|in data|vào lúc|no dia|στις|\w{1,4})\.?\s+(?=\S)", re.IGNORECASE
)


def introduced(said: str) -> tuple[Named, str]:
    """Return the sender and the date, as written, of an attribution on one line."""
    said = said.rstrip(": ")
    address = ADDRESS.search(said)
    before = said[: address.start()] if address else said
    after = said[address.end() :] if address else ""
    date_end = _date_end(before)
    if date_end:
        date, name = before[:date_end], before[date_end:]
    else:  # “Ana <ana@…> wrote on 28.10.2021 12:46”.
        name, date = before, VERB.sub(" ", after, count=1)
    person = Named(_name(name), address.group(1) if address else "")
    if person.name.casefold() == person.address.casefold():
        person = Named("", person.address)
    return person if person.name or person.address else (*named_in(said), person)[0], _date(
        date
    )


def _date_end(words: str) -> int:
    """Return where the date ends that a text begins with: its last time, else its last year."""
    found = list(TIME.finditer(words)) or list(YEAR.finditer(words))
    return found[-1].end() if found else 0


def _date(words: str) -> str:
    words = words.strip(AROUND)
    if BEGINS.match(words) and not words[0].isdigit():
        words = BEGINNING.sub("", words, count=1)
    return words.strip(AROUND)


def _name(words: str) -> str:
    words = VERB.sub(" ", QUOTES.sub("", words.strip(AROUND)), count=1).strip(AROUND)
    found = FILLERS.match(words)
    return (words[found.end() :] if found else words).strip(AROUND)
