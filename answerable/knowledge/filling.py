"""Fills the places in an article for whoever reads it: promises, subscriptions, pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from html import escape

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from answerable.files.scanning import held_back
from answerable.knowledge.access import Person, files_readable_by
from answerable.knowledge.available import availability_in, runs_of
from answerable.knowledge.core.availability import Edition
from answerable.knowledge.markup.values import Block, Rendered
from answerable.knowledge.models import ArticleFile
from answerable.knowledge.promises import Promises, promises_for
from answerable.knowledge.rendering import FILES


def address_of(file: ArticleFile) -> str:
    """Return where a page of ours finds a file of an article; who may not see it finds none."""
    return f"{FILES}{file.pk}/"


@dataclass(slots=True, frozen=True)
class Reading:
    """Somebody reads an article at an instant; `address` says where they find its files."""

    person: Person
    at: datetime
    address: Callable[[ArticleFile], str] = field(default=address_of)


def filled(article: Rendered, reading: Reading) -> SafeString:
    """Return an article's HTML for its reader.

    What it takes does not grow with the article: a query for its files, one for what the
    reader's customer runs, and a few for their contract; each only where a place needs it.
    """
    return mark_safe(article.filled(_Filling(article, reading).draw))  # noqa: S308


class _Filling:
    def __init__(self, article: Rendered, reading: Reading) -> None:
        self.article = article
        self.reading = reading
        self._tables: dict[str, Promises | None] = {}

    def draw(self, block: Block) -> str:
        match block.kind:
            case "promises":
                return self._promises(block.value)
            case "available":
                told = availability_in(block.value, self._runs)
                return render_to_string("knowledge/_available.html", {"available": told})
        return self._file(block)

    def _promises(self, plan: str) -> str:
        if plan not in self._tables:
            self._tables[plan] = promises_for(self.reading.person, plan, self.reading.at)
        return render_to_string("knowledge/_promises.html", {"table": self._tables[plan]})

    def _file(self, block: Block) -> str:
        found = self._files.get(int(block.value))
        if found is None or held_back(found.file):
            return escape(block.words)
        address = self.reading.address(found)
        if size := found.file.picture_size:
            picture = '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">'
            return format_html(picture, address, block.words, *size)
        words = block.words or found.name
        if found.file.is_video:
            video = (
                '<video controls preload="none" src="{}" aria-label="{}">'
                '<a href="{}">{}</a></video>'
            )
            return format_html(video, address, words, address, words)
        return format_html('<a href="{}">{}</a>', address, words)

    @cached_property
    def _runs(self) -> list[Edition] | None:
        return runs_of(self.reading.person, self.reading.at)

    @cached_property
    def _files(self) -> Mapping[int, ArticleFile]:
        keys = [int(block.value) for block in self.article.blocks if block.kind == "file"]
        may = files_readable_by(self.reading.person, self.reading.at)
        return may.select_related("file").in_bulk(keys)
