"""Zendesk Guide, as its Help Center API gives it out: articles and sections as JSON.

Format: developer.zendesk.com, "Help Center API": /api/v2/help_center/{locale}/articles.json,
sections.json, categories.json; a page of each in a file, or all in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

SOURCE = "zendesk"
DRAFT = "It was a draft there."
SOME = "Only some people could read it there. Say which plans may read it, and publish it."


def read(place: Path, language: str) -> Read:
    """Return the articles of an export; `language` is that of those which do not say theirs."""
    found, refused = documents(place)
    shelves = _Shelves(found, language)
    taken: list[Imported] = []
    for row in rows(found, "articles"):
        for one in (row, *_translations(row)):
            try:
                taken.append(_article({**row, **one}, language, shelves))
            except ValueError as error:
                refused.append(NotTaken(_name(row), str(error)))
    articles, twice = once_each(taken)
    return Read(tuple(articles), (*refused, *twice), tuple(shelves.all()))


def is_it(found: list[Any]) -> bool:
    """Say whether documents are of Zendesk: their articles stand in sections."""
    first = next(rows(found, "articles"), None)
    return first is not None and "section_id" in first


def _translations(row: Row) -> Iterator[Row]:
    """Yield the other languages of an article, where the export was asked to include them."""
    for one in row.get("translations") or ():
        if isinstance(one, Mapping) and one.get("locale") != row.get("locale"):
            said = ("locale", "title", "body", "draft", "outdated", "updated_at", "html_url")
            yield {name: one[name] for name in said if name in one} | {"name": ""}


def _article(row: Row, language: str, shelves: _Shelves) -> Imported:
    title, html = text(row, "title", "name"), row.get("body")
    if not title:
        raise ValueError("It has no title.")
    if not isinstance(html, str) or not html.strip():
        raise ValueError("It has no text.")
    body, remarks = markdown_of(html)
    if labels := row.get("label_names"):
        remarks.append(f"Its labels were not taken: {', '.join(map(str, labels))}.")
    if row.get("outdated"):
        remarks.append("It was marked as outdated there.")
    old = old_address(text(row, "html_url"))
    return with_pictures(
        fitted(
            Imported(
                source=SOURCE,
                ident=text(row, "id") or slug_of(title),
                language=language_of(text(row, "locale")) or language,
                official=language_of(text(row, "source_locale")),
                title=title,
                body=below_title(body),
                category=shelves.key_of(row),
                old=tuple(_old(old)),
                updated=instant(row, "edited_at", "updated_at"),
                remarks=tuple(remarks),
                draft_because=_draft_because(row),
            )
        )
    )


def _draft_because(row: Row) -> str:
    if row.get("draft"):
        return DRAFT
    is_for_some = row.get("user_segment_id") or row.get("user_segment_ids")
    return SOME if is_for_some else ""


def _old(path: str) -> Iterator[str]:
    """Yield the addresses of an article: Zendesk leads on by the number alone, too."""
    if path:
        yield path
        folder, _slash, last = path.rpartition("/")
        number = last.partition("-")[0]
        if number != last and number.isdigit():
            yield f"{folder}/{number}"


def _name(row: Row) -> str:
    return f"{text(row, 'id') or 'an article'} ({text(row, 'locale') or 'no language'})"


class _Shelves:
    """The sections of an export, which become categories here."""

    def __init__(self, found: list[Any], language: str) -> None:
        self.language = language
        self.sections = list(rows(found, "sections"))
        self.categories = list(rows(found, "categories"))

    def key_of(self, row: Row) -> str:
        """Return the key of the section that an article stands in; "" for an unknown one."""
        section = text(row, "section_id")
        return _key(section) if any(text(s, "id") == section for s in self.sections) else ""

    def all(self) -> Iterator[Shelf]:
        """Yield the sections in each language, with their category where two are alike."""
        names = [(self._language(s), text(s, "name", "title")) for s in self.sections]
        for section, (language, name) in zip(self.sections, names, strict=True):
            category = self._category(section, language)
            is_alone = names.count((language, name)) == 1
            yield Shelf(
                key=_key(text(section, "id")),
                language=language,
                name=name if is_alone or not category else f"{text(category, 'name')}: {name}",
                says=text(section, "description")[:300],
                position=self._position(section, category),
            )

    def _category(self, section: Row, language: str) -> Row | None:
        number = text(section, "category_id")
        mine = [one for one in self.categories if text(one, "id") == number]
        said = [one for one in mine if self._language(one) == language]
        return next(iter(said or mine), None)

    def _language(self, row: Row) -> str:
        return language_of(text(row, "locale")) or self.language

    def _position(self, section: Row, category: Row | None) -> int:
        of_category = category.get("position") if category else 0
        own = section.get("position")
        first = of_category if isinstance(of_category, int) else 0
        return max(0, first * 100 + (own if isinstance(own, int) else 0))


def _key(section: str) -> str:
    return f"section-{slug_of(section)}"[:50]
