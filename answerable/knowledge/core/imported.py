"""What an article of another help centre comes to here, and what was not taken. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_OLD = 200, 300, 300
IMPORT = "import:"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a body shows: what the body calls it, and the file or address it is at."""

    target: str
    file: Path | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a category is called in one language. `key` is the same in all of them."""

    key: str
    language: str
    name: str
    says: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """An article in one language, as it is to stand here.

    `ident` is what its source calls it, the same in all languages. `key`, `slug` and `official`
    are empty where the source says nothing of them. `remarks` say in plain words what is
    otherwise here than it was there; `draft_because` says why it is not to be published. A link
    to another article that was read is one to `import:` and its ident.
    """

    source: str
    ident: str
    language: str
    title: str
    body: str
    summary: str = ""
    note: str = ""
    key: str = ""
    slug: str = ""
    official: str = ""
    category: str = ""
    old: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    available: tuple[tuple[str, str], ...] = ()
    plans: tuple[str, ...] = ()
    owner: str = ""
    review_on: date | None = None
    updated: datetime | None = None
    by_software: bool = False
    pictures: tuple[Picture, ...] = ()
    remarks: tuple[str, ...] = ()
    draft_because: str = ""

    @property
    def name(self) -> str:
        """How a report names it."""
        return f"{self.ident} ({self.language})"


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something that was not taken, and why, in plain words."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Read:
    """All that was read from a place."""

    articles: tuple[Imported, ...]
    refused: tuple[NotTaken, ...] = ()
    shelves: tuple[Shelf, ...] = ()


class Unreadable(Exception):
    """A place from which nothing can be read; the words say why, and what to do."""


def language_of(locale: str) -> str:
    """Return the language of a locale as we write it: "en" for en-us, "pt-br" as it is.

    Returns "" for what names no language.
    """
    words = locale.strip().replace("_", "-")
    if not LANGUAGE.fullmatch(words):
        return ""
    language, _hyphen, region = words.lower().partition("-")
    return f"{language}-{region}" if language in {"pt", "zh"} and region else language


def link_to(article: Imported, anchor: str = "") -> str:
    """Return the target of a link to an article that is read together with this one."""
    return f"{IMPORT}{quote(article.ident, safe='/')}{anchor and '#'}{anchor}"


def linked_ident(target: str) -> tuple[str, str] | None:
    """Return ident and anchor of a target that `link_to` made; None for any other."""
    if not target.startswith(IMPORT):
        return None
    ident, _mark, anchor = target.removeprefix(IMPORT).partition("#")
    return unquote(ident), anchor


def old_address(url: str) -> str:
    """Return the path of an address, without slashes around it; "" for one without a path."""
    try:
        path = unquote(urlsplit(url.strip()).path)
    except ValueError:
        return ""
    path = path.strip("/")
    return path if len(path) <= LONGEST_OLD and path.isprintable() else ""


def fitted(article: Imported) -> Imported:
    """Return an article whose title and summary are as long as they may be; it says so."""
    remarks = list(article.remarks)
    title, summary = " ".join(article.title.split()), " ".join(article.summary.split())
    if len(title) > LONGEST_TITLE:
        remarks.append(f"The title was cut to {LONGEST_TITLE} characters.")
        title = cut(title, LONGEST_TITLE)
    if len(summary) > LONGEST_SUMMARY:
        remarks.append(f"The summary was cut to {LONGEST_SUMMARY} characters.")
        summary = cut(summary, LONGEST_SUMMARY)
    return replace(article, title=title, summary=summary, remarks=tuple(remarks))


def cut(words: str, most: int) -> str:
    """Return words that are no longer than `most`, cut between two of them where that is so."""
    if len(words) <= most:
        return words
    head = words[: most - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head) + "…"


def once_each(articles: Iterable[Imported]) -> tuple[list[Imported], list[NotTaken]]:
    """Return the first article of each identity and language, and those that came after it."""
    kept: dict[tuple[str, str], Imported] = {}
    refused = []
    for article in articles:
        if kept.setdefault((article.ident, article.language), article) is not article:
            refused.append(NotTaken(article.name, "It is there twice; the first was taken."))
    return list(kept.values()), refused


def officials(articles: Sequence[Imported], first: str) -> list[Imported]:
    """Return the articles with an official language each: what they say, or `first`.

    An article that has no text in `first` has its first text as the official one.
    """
    languages: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for article in articles:
        languages.setdefault(article.ident, []).append(article.language)
        if article.official:
            said.setdefault(article.ident, article.official)
    chosen = {
        ident: said.get(ident) or (first if first in there else there[0])
        for ident, there in languages.items()
    }
    return [replace(article, official=chosen[article.ident]) for article in articles]
