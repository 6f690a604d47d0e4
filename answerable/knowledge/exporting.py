"""The help centre as files: a tree of Markdown that can be imported again, or JSON."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db.models import Prefetch

from answerable.files.reading import pieces
from answerable.knowledge.core.front_matter import written
from answerable.knowledge.core.links import Link, rewritten
from answerable.knowledge.core.named_files import named_files
from answerable.knowledge.models import (
    Article,
    ArticleFile,
    ArticleText,
    Category,
)

FILES = "files"
SHELF = "_category.md"


def tree(top: Path) -> Iterator[str]:
    """Write all published articles below a folder, and yield the path of each file.

    A folder for each language, and in it one for each category. What is removed, or was never
    published, is left out.
    """
    yield from _shelves(top)
    for article in _articles():
        old = _old_addresses(article)
        for text in article.texts.all():
            if text.current is None:
                continue
            folder = article.category.key if article.category else ""
            path = Path(text.language, folder, f"{article.key}.md")
            files = yield from _files(top, article, text.current.body)
            up = "../" * (len(path.parts) - 1)
            body = _shown(text.current.body, files, up)
            _write(top / path, written(_head(article, text, old), body).encode())
            yield str(path)


def document() -> Mapping[str, Any]:
    """Return all articles, with all their texts, as what JSON can hold."""
    return {
        "categories": [_category(one) for one in Category.objects.order_by("position", "pk")],
        "articles": [_article(one) for one in _articles()],
    }


def as_json() -> str:
    """Return the same as JSON."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


def _articles() -> Iterator[Article]:
    texts = ArticleText.objects.select_related("current__source").order_by("language")
    there = Article.objects.filter(removed_at=None).select_related("category", "owner__user")
    prefetched = there.prefetch_related(
        Prefetch("texts", texts), "old_addresses", "files__file"
    )
    return prefetched.order_by("key").iterator(chunk_size=200)


def _shelves(top: Path) -> Iterator[str]:
    for category in Category.objects.prefetch_related("names").order_by("position", "pk"):
        for name in category.names.all():
            path = Path(name.language, category.key, SHELF)
            head = {
                "title": name.name,
                "summary": name.says,
                "position": str(category.position),
            }
            _write(top / path, written(head, "").encode())
            yield str(path)


def _head(
    article: Article, text: ArticleText, old: Mapping[str, Sequence[str]]
) -> Mapping[str, str | Sequence[str]]:
    version = text.current
    if version is None:
        return {}
    is_official = text.language == article.official
    return {
        "title": version.title,
        "summary": version.summary,
        "key": article.key,
        "slug": text.slug,
        "official": "" if is_official else article.official,
        "version": str(version.number),
        "of_version": str(version.source.number) if version.source else "",
        "products": list(article.products),
        "available": [f"{row['product']} {row['tier']}".strip() for row in article.available],
        "plans": list(article.plans),
        "owner": article.owner.user.email if article.owner else "",
        "review": article.review_on.isoformat() if article.review_on else "",
        "updated": version.published_at.isoformat(),
        "by_software": "yes" if version.by_software else "",
        "note": version.note,
        "old": list(old.get(text.language, ())),
    }


def _old_addresses(article: Article) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for one in article.old_addresses.all():
        found.setdefault(one.language, []).append(one.slug)
    return {language: sorted(slugs) for language, slugs in found.items()}


def _files(top: Path, article: Article, body: str) -> Generator[str, None, dict[int, str]]:
    """Write the files that a body names, yield their paths, and return what they are called."""
    names: dict[int, str] = {}
    there = {file.pk: file for file in article.files.all()}
    for number in named_files(body):
        if file := there.get(number):
            name = f"{FILES}/{number}-{file.name}"
            if not (top / name).exists():
                _write(top / name, _bytes(file))
                yield name
            names[number] = name
    return names


def _bytes(file: ArticleFile) -> bytes:
    return b"".join(pieces(file.file))


def _shown(body: str, names: Mapping[int, str], up: str) -> str:
    def lead(link: Link) -> str:
        number = link.target.removeprefix("file:")
        known = names.get(int(number)) if number.isdecimal() else None
        return f"{up}{known}" if known and number != link.target else link.target

    return rewritten(body, lead)


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _category(category: Category) -> Mapping[str, Any]:
    names = {one.language: {"name": one.name, "says": one.says} for one in category.names.all()}
    return {"key": category.key, "position": category.position, "names": names}


def _article(article: Article) -> Mapping[str, Any]:
    return {
        "key": article.key,
        "category": article.category.key if article.category else None,
        "official": article.official,
        "owner": article.owner.user.email if article.owner else None,
        "review_on": article.review_on.isoformat() if article.review_on else None,
        "products": article.products,
        "available": article.available,
        "plans": article.plans,
        "texts": [_text(text) for text in article.texts.all() if text.current],
        "old_addresses": [
            {"language": one.language, "slug": one.slug} for one in article.old_addresses.all()
        ],
    }


def _text(text: ArticleText) -> Mapping[str, Any]:
    version = text.current
    if version is None:
        return {}
    return {
        "language": text.language,
        "slug": text.slug,
        "version": version.number,
        "title": version.title,
        "summary": version.summary,
        "body": version.body,
        "note": version.note,
        "by_software": version.by_software,
        "says_version": version.source.number if version.source else None,
        "published_at": version.published_at.isoformat(),
        "checked_at": version.checked_at.isoformat() if version.checked_at else None,
    }
