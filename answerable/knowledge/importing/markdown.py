"""A tree of Markdown files: a folder is a category, `name.de.md` a translation of `name.md`.

A tree may also have a folder for each language at its top: en/setup/sign-in.md and
de/setup/sign-in.md are one article.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote

from answerable.knowledge.core.front_matter import Unread, Value, items, split, words
from answerable.knowledge.core.imported import (
    Imported,
    NotTaken,
    Picture,
    Read,
    Shelf,
    fitted,
    language_of,
    link_to,
    old_address,
    once_each,
)
from answerable.knowledge.core.links import Link, rewritten
from answerable.knowledge.core.slugs import slug_of

SOURCE = "markdown"
ENDINGS = (".md", ".markdown")
SHELF_FILES = ("_category.md", "_index.md")
TITLE = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n+|\Z)")
NAMED_SO = re.compile(r"(.+)\.([a-z]{2,3}(?:-[A-Za-z]{2,4})?)")
A_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
YES = {"yes", "true", "on", "1"}
LARGEST = 2_000_000

# Takes a file of the tree and its text; returns the Markdown, and remarks.
Body = Callable[[str], tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a file stands in its tree, and what that says of its article."""

    file: Path
    path: str  # from the tree's top, without the folder of its language
    language: str

    @property
    def ident(self) -> str:
        """What the article is called, in all languages."""
        folder, name = posixpath.split(self.path)
        return posixpath.join(folder, _stem(name)[0])

    @property
    def folder(self) -> str:
        """The folder as a category's key; "" at the top."""
        folder = posixpath.dirname(self.path)
        return slug_of(folder) if folder else ""


def read(top: Path, language: str, *, body: Body | None = None) -> Read:
    """Return the articles of a tree; `language` is that of what does not say its own."""
    spots = list(_spots(top, language, ENDINGS))
    return read_spots(
        top, spots, f"{SOURCE}:{top.name}"[:100], body or (lambda text: (text, []))
    )


def read_spots(top: Path, spots: list[Spot], source: str, body: Body) -> Read:
    """Return what stands in these files of a tree."""
    taken, refused, shelves = [], [], []
    for spot in spots:
        try:
            fields, text = split(_text(spot.file))
            if spot.file.name in SHELF_FILES:
                shelves.append(_shelf(spot, fields, text))
            else:
                taken.append(_article(spot, source, fields, body(text)))
        except (Unread, ValueError) as error:
            refused.append(NotTaken(str(spot.file.relative_to(top)), str(error)))
    articles, twice = once_each(taken)
    leading = _Leading(top, {spot.file.resolve(): spot for spot in spots}, articles)
    return Read(tuple(map(leading.led, articles)), (*refused, *twice), tuple(shelves))


def _spots(top: Path, language: str, endings: tuple[str, ...]) -> Iterator[Spot]:
    """Yield the files of a tree. What is hidden, or leads out of the tree, is passed over."""
    inside = top.resolve()
    for file in sorted(top.rglob("*")):
        parts = file.relative_to(top).parts
        is_ours = file.suffix.lower() in endings and not any(p.startswith(".") for p in parts)
        if is_ours and file.is_file() and inside in file.resolve().parents:
            yield spot_of(file, parts, language)


def spot_of(file: Path, parts: tuple[str, ...], language: str) -> Spot:
    """Return where a file stands, by its path from the top of its tree."""
    top = parts[0] if len(parts) > 1 else ""
    of_folder = language_of(top) if _is_language(top) else ""
    path = posixpath.join(*(parts[1:] if of_folder else parts))
    of_name = _stem(parts[-1])[1]
    return Spot(file, path, of_name or of_folder or language)


def spots_of(top: Path, language: str, endings: tuple[str, ...]) -> list[Spot]:
    """Return the files of a tree that end so."""
    return list(_spots(top, language, endings))


def _stem(name: str) -> tuple[str, str]:
    """Return a file's name without its endings, and the language that it names, or ""."""
    stem = name.rpartition(".")[0]
    found = NAMED_SO.fullmatch(stem)
    if found and _is_language(found[2]):
        return found[1], language_of(found[2])
    return stem, ""


def _is_language(words: str) -> bool:
    """Say whether a name is that of a language: two letters, or two and a region."""
    return bool(re.fullmatch(r"[a-z]{2}(-[A-Za-z]{2,4})?", words))


def _text(file: Path) -> str:
    if file.stat().st_size > LARGEST:
        raise ValueError(f"It is longer than {LARGEST // 1_000_000} MB.")
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ValueError("It is not written in UTF-8.") from error


def _shelf(spot: Spot, fields: Mapping[str, Value], text: str) -> Shelf:
    position = words(fields.get("position"))
    return Shelf(
        key=words(fields.get("key")) or spot.folder,
        language=spot.language,
        name=words(fields.get("title")) or spot.folder,
        says=words(fields.get("summary")) or " ".join(text.split())[:300],
        position=int(position) if position.isascii() and position.isdigit() else 0,
    )


def _article(
    spot: Spot, source: str, fields: Mapping[str, Value], made: tuple[str, list[str]]
) -> Imported:
    body, remarks = made
    title = words(fields.get("title"))
    heading = TITLE.match(body)
    if heading and (not title or heading[1].strip() == title):
        title, body = title or heading[1], body[heading.end() :]
    said_language = words(fields.get("language"))
    language = language_of(said_language) if said_language else spot.language
    if not language:
        raise ValueError(f"{said_language} is no language like en or de.")
    return fitted(
        Imported(
            source=source,
            ident=words(fields.get("ident")) or spot.ident,
            language=language,
            title=title or _stem(spot.file.name)[0].replace("-", " ").replace("_", " "),
            body=body.strip("\n") + "\n",
            summary=words(fields.get("summary")) or words(fields.get("description")),
            note=words(fields.get("note")),
            key=words(fields.get("key")),
            slug=words(fields.get("slug")),
            official=language_of(words(fields.get("official"))),
            category=words(fields.get("category")) or spot.folder,
            old=tuple(filter(None, map(old_address, items(fields.get("old"))))),
            products=items(fields.get("products")),
            available=_available(items(fields.get("available"))),
            plans=items(fields.get("plans")),
            owner=words(fields.get("owner")),
            review_on=_day(words(fields.get("review"))),
            updated=_instant(words(fields.get("updated"))),
            by_software=words(fields.get("by_software")).lower() in YES,
            remarks=tuple(remarks),
            draft_because=_draft(words(fields.get("draft"))),
        )
    )


def _available(said: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return product and edition of each entry: "service enterprise", or "service" for all."""
    pairs = [entry.partition(" ") for entry in said]
    return tuple((product, tier.strip()) for product, _space, tier in pairs)


def _draft(said: str) -> str:
    return "It says that it is a draft." if said.lower() in YES else ""


def _day(said: str) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said[:10])
    except ValueError as error:
        raise ValueError(f"{said} is no day like 2026-11-01.") from error


def _instant(said: str) -> datetime | None:
    if not said:
        return None
    try:
        found = datetime.fromisoformat(said)
    except ValueError as error:
        raise ValueError(f"{said} is no day like 2026-11-01.") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


class _Leading:
    """Leads links between the files of a tree to the articles that they become."""

    def __init__(self, top: Path, spots: Mapping[Path, Spot], articles: list[Imported]) -> None:
        self.top = top.resolve()
        self.spots = spots
        self.articles = {(one.ident, one.language): one for one in articles}
        self.files = {(spot.ident, spot.language): file for file, spot in spots.items()}

    def led(self, article: Imported) -> Imported:
        """Return an article whose links lead to articles, and which names its pictures."""
        file = self.files.get((article.ident, article.language))
        if file is None:
            return article
        pictures: dict[str, Picture] = {}
        remarks = list(article.remarks)

        def lead(link: Link) -> str:
            path, _mark, anchor = link.target.partition("#")
            if not path or path.startswith("/") or A_SCHEME.match(path):
                if link.is_picture and path.startswith("http"):
                    pictures[link.target] = Picture(link.target, url=link.target)
                return link.target
            found = (file.parent / unquote(path)).resolve()
            if target := self._article_at(found):
                return link_to(target, anchor)
            if self.top in found.parents and found.is_file():
                pictures[link.target] = Picture(link.target, file=found)
            else:
                remarks.append(
                    f"{link.target} leads to nothing in this tree. It stays as it is."
                )
            return link.target

        body = rewritten(article.body, lead)
        return replace(
            article, body=body, pictures=tuple(pictures.values()), remarks=tuple(remarks)
        )

    def _article_at(self, file: Path) -> Imported | None:
        spot = self.spots.get(file)
        return self.articles.get((spot.ident, spot.language)) if spot else None
