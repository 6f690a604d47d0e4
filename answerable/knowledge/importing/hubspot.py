"""A knowledge base of HubSpot as a table: CSV or XLSX, a row for each article.

Columns, by the names of HubSpot's own export and import: URL, title, category and article body
are needed; subtitle, subcategory, language, status and last modified are read where they are.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from answerable.knowledge.core.imported import (
    Imported,
    NotTaken,
    Read,
    Shelf,
    Unreadable,
    fitted,
    language_of,
    old_address,
    once_each,
)
from answerable.knowledge.core.slugs import slug_of
from answerable.knowledge.core.workbook import NoWorkbook, rows_of
from answerable.knowledge.importing.html import below_title, markdown_of, with_pictures

SOURCE = "hubspot"
COLUMNS = {
    "url": ("url", "articleurl", "knowledgearticleurl"),
    "title": ("title", "articletitle", "name", "knowledgearticletitle"),
    "body": ("articlebody", "body", "knowledgearticlebody", "content"),
    "category": ("category", "categoryname", "articlecategory"),
    "subtitle": ("subtitle", "articlesubtitle", "metadescription", "description"),
    "subcategory": ("subcategory", "subcategoryname"),
    "language": ("language", "articlelanguage", "languagecode"),
    "status": ("status", "state", "articlestatus"),
    "updated": (
        "lastmodified",
        "lastmodifieddate",
        "lastupdated",
        "updatedat",
        "lastmodifiedutc",
    ),
    "group": ("translatedfromid", "languagegroup", "translationgroup", "primaryarticleid"),
}
NEEDED = {"url": "URL", "title": "Title", "category": "Category", "body": "Article body"}
PUBLISHED = {"", "published", "live"}
LONGEST_CELL = 2_000_000
Row = Mapping[str, str]


def read(place: Path, language: str) -> Read:
    """Return the articles of a table. Raises Unreadable when a needed column is missing."""
    table = _table(place)
    places = _places(table[0] if table else [])
    taken, refused = [], []
    shelves: dict[tuple[str, str], Shelf] = {}
    for number, cells in enumerate(table[1:], start=2):
        row = {name: cells[at].strip() for name, at in places.items() if at < len(cells)}
        if not any(row.values()):
            continue
        try:
            article = _article(row, language)
        except ValueError as error:
            refused.append(NotTaken(f"row {number}", str(error)))
            continue
        taken.append(article)
        if article.category:
            name = row.get("category", "")
            shelf = Shelf(article.category, article.language, name, position=len(shelves))
            shelves.setdefault((shelf.key, shelf.language), shelf)
    articles, twice = once_each(taken)
    return Read(tuple(articles), (*refused, *twice), tuple(shelves.values()))


def _table(place: Path) -> list[list[str]]:
    try:
        if place.suffix.lower() == ".xlsx":
            return rows_of(place)
        # A cell holds a whole article; the usual limit is for less.
        csv.field_size_limit(LONGEST_CELL)
        with place.open(newline="", encoding="utf-8-sig") as file:
            sample = file.read(4096)
            file.seek(0)
            return list(csv.reader(file, delimiter=_delimiter(sample)))
    except NoWorkbook as error:
        raise Unreadable(f"{place}: {error}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(f"{place} is no table that can be read: {error}.") from error


def _delimiter(sample: str) -> str:
    first = sample.partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","


def _places(heads: Sequence[str]) -> dict[str, int]:
    plain = [re.sub(r"[^a-z]", "", head.lower()) for head in heads]
    found = {
        name: plain.index(alias)
        for name, aliases in COLUMNS.items()
        for alias in reversed(aliases)
        if alias in plain
    }
    missing = [said for name, said in NEEDED.items() if name not in found]
    if missing:
        raise Unreadable(f"The table has no column for: {', '.join(missing)}.")
    return found


def _article(row: Row, language: str) -> Imported:
    title, html, url = row.get("title", ""), row.get("body", ""), row.get("url", "")
    if not title:
        raise ValueError("It has no title.")
    if not html:
        raise ValueError("It has no text.")
    body, remarks = markdown_of(html)
    if row.get("subcategory"):
        remarks.append(f"Its subcategory was not taken: {row['subcategory']}.")
    path = old_address(url)
    status = row.get("status", "")
    return with_pictures(
        fitted(
            Imported(
                source=SOURCE,
                ident=row.get("group") or path or slug_of(title),
                language=language_of(row.get("language", "")) or language,
                title=title,
                body=below_title(body),
                summary=row.get("subtitle", ""),
                slug=slug_of(path.rpartition("/")[2]) if path else "",
                category=slug_of(row["category"])[:50] if row.get("category") else "",
                old=(path,) if path else (),
                updated=_instant(row.get("updated", "")),
                remarks=tuple(remarks),
                draft_because="" if status.lower() in PUBLISHED else f"There it was: {status}.",
            )
        )
    )


def _instant(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
