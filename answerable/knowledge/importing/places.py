"""Finds out what stands at a place, and reads it by the reader that knows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from answerable.knowledge.core.imported import (
    Imported,
    Read,
    Unreadable,
    link_to,
    officials,
    old_address,
)
from answerable.knowledge.core.links import Link, rewritten
from answerable.knowledge.importing import helpscout, html, hubspot, markdown, zendesk
from answerable.knowledge.importing.documents import documents

Reader = Callable[[Path, str], Read]
READERS: dict[str, Reader] = {
    "markdown": markdown.read,
    "html": html.read,
    "zendesk": zendesk.read,
    "helpscout": helpscout.read,
    "hubspot": hubspot.read,
}
BY_NUMBER = re.compile(r"hc/(?:[^/]+/)?(articles/\d+)(?!\d)")
TABLES = (".csv", ".xlsx")
WHAT = (
    "A tree of Markdown or HTML files, JSON of Zendesk Guide or Help Scout Docs, and a table "
    "of HubSpot (CSV, XLSX) can be read."
)


def read(place: Path, *, kind: str = "", language: str = "en") -> Read:
    """Return what stands at a place, each article with its official language.

    `kind` says by which reader; without it, that is found out. Raises Unreadable.
    """
    if not place.exists():
        raise Unreadable(f"There is nothing at {place}.")
    found = READERS[kind or kind_of(place)](place, language)
    if not (found.articles or found.refused):
        raise Unreadable(f"There is no article in {place}. {WHAT}")
    led = _led(officials(found.articles, language))
    return replace(found, articles=tuple(led))


def _led(articles: Sequence[Imported]) -> Iterator[Imported]:
    """Yield the articles with links between each other, where they named old addresses."""
    known = {_plain(path): article for article in articles for path in article.old}

    def lead(link: Link) -> str:
        is_address = link.target.startswith(("/", "http://", "https://"))
        article = known.get(_plain(old_address(link.target))) if is_address else None
        if article is None or link.is_picture:
            return link.target
        return link_to(article, link.target.partition("#")[2])

    for article in articles:
        yield replace(article, body=rewritten(article.body, lead))


def _plain(path: str) -> str:
    """Return an old address as it is meant: Zendesk reads the number alone."""
    found = BY_NUMBER.match(path)
    return found[1] if found else path


def kind_of(place: Path) -> str:
    """Return by which reader a place is read. Raises Unreadable."""
    if place.is_dir():
        return _kind_of_folder(place)
    suffix = place.suffix.lower()
    if suffix in TABLES:
        return "hubspot"
    if suffix == ".json":
        return _kind_of_json(place)
    if suffix in (*markdown.ENDINGS, *html.ENDINGS):
        raise Unreadable(f"{place} is one file. Name the folder that it stands in.")
    raise Unreadable(f"What {place} is cannot be told. {WHAT}")


def _kind_of_folder(place: Path) -> str:
    counts = dict.fromkeys(("markdown", "html", "json", "table"), 0)
    for file in place.rglob("*"):
        suffix = file.suffix.lower()
        counts["markdown"] += suffix in markdown.ENDINGS
        counts["html"] += suffix in html.ENDINGS
        counts["json"] += suffix == ".json"
        counts["table"] += suffix in TABLES
    most = max(counts, key=lambda kind: counts[kind])
    if not counts[most]:
        raise Unreadable(f"There is nothing in {place} that can be read. {WHAT}")
    if most == "table":
        raise Unreadable(f"{place} is a folder of tables. Name one of them.")
    return _kind_of_json(place) if most == "json" else most


def _kind_of_json(place: Path) -> str:
    found = documents(place)[0]
    if zendesk.is_it(found):
        return "zendesk"
    if helpscout.is_it(found):
        return "helpscout"
    raise Unreadable(f"The JSON of {place} is neither of Zendesk Guide nor of Help Scout Docs.")
