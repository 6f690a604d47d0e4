"""Help Scout Docs, as its Docs API gives it out: collections, categories and articles as JSON.

Format: developer.helpscout.com, "Docs API": each answer in a file of its own, or all in one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from answerable.knowledge.core.imported import (
    Imported,
    NotTaken,
    Read,
    Shelf,
    fitted,
    language_of,
    old_address,
    once_each,
)
from answerable.knowledge.core.slugs import slug_of
from answerable.knowledge.importing.documents import Row, documents, instant, rows, text
from answerable.knowledge.importing.html import below_title, markdown_of, with_pictures

SOURCE = "helpscout"
PUBLISHED = "published"
PRIVATE = "It stood in a private collection there. Say which plans may read it, and publish it."
NO_TEXT = (
    "It has no text: a list of articles does not hold any. Ask the Docs API for each article."
)


def read(place: Path, language: str) -> Read:
    """Return the articles of an export."""
    found, refused = documents(place)
    private = {
        text(row, "id")
        for row in rows(found, "collections")
        if row.get("visibility") == "private"
    }
    categories = {text(row, "id"): row for row in rows(found, "categories")}
    taken: dict[str, Imported] = {}
    without: dict[str, NotTaken] = {}
    for row in rows(found, "articles"):
        try:
            article = _article(row, language, categories, private)
            taken.setdefault(f"{article.ident} {article.language}", article)
        except ValueError as error:
            # A list of articles names each without its text, which stands in a file of its own.
            name = text(row, "id", "name") or "an article"
            without.setdefault(name, NotTaken(name, str(error)))
    articles, twice = once_each(taken.values())
    known = {article.ident for article in articles}
    refused += [one for ident, one in without.items() if ident not in known]
    return Read(tuple(articles), (*refused, *twice), _shelves(categories, language))


def is_it(found: list[Any]) -> bool:
    """Say whether documents are of Help Scout: their articles stand in collections."""
    first = next(rows(found, "articles"), None)
    return first is not None and "collectionId" in first


def _article(
    row: Row, language: str, categories: dict[str, Row], private: set[str]
) -> Imported:
    title, html = text(row, "name"), row.get("text")
    if not title:
        raise ValueError("It has no name.")
    if not isinstance(html, str) or not html.strip():
        raise ValueError(NO_TEXT)
    body, remarks = markdown_of(html)
    if row.get("hasDraft"):
        remarks.append("There it has a draft that was not published. It was not taken.")
    shelves = [one for one in row.get("categories") or () if one in categories]
    if len(shelves) > 1:
        names = ", ".join(text(categories[one], "name") for one in shelves[1:])
        remarks.append(f"It stood in several categories. Not taken: {names}.")
    return with_pictures(
        fitted(
            Imported(
                source=SOURCE,
                ident=text(row, "id") or slug_of(title),
                language=language_of(text(row, "language", "locale")) or language,
                title=title,
                body=below_title(body),
                slug=text(row, "slug"),
                category=_key(categories[shelves[0]]) if shelves else "",
                old=tuple(filter(None, [old_address(text(row, "publicUrl"))])),
                updated=instant(row, "lastPublishedAt", "updatedAt"),
                remarks=tuple(remarks),
                draft_because=_draft_because(row, private),
            )
        )
    )


def _draft_because(row: Row, private: set[str]) -> str:
    if text(row, "status") not in ("", PUBLISHED):
        return "It was not published there."
    return PRIVATE if text(row, "collectionId") in private else ""


def _shelves(categories: dict[str, Row], language: str) -> tuple[Shelf, ...]:
    return tuple(
        Shelf(
            key=_key(row),
            language=language,
            name=text(row, "name"),
            says=text(row, "description")[:300],
            position=_position(row),
        )
        for row in categories.values()
        if text(row, "name")
    )


def _position(row: Row) -> int:
    order = row.get("order")
    return max(0, order) if isinstance(order, int) else 0


def _key(category: Row) -> str:
    return slug_of(text(category, "slug", "name", "id"))[:50]
