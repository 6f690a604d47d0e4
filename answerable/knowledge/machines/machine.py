"""The machine that this installation asks, and texts as it is asked for them: in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from answerable.knowledge.core.translating import translated
from answerable.knowledge.machines import deepl, libretranslate
from answerable.knowledge.machines.trouble import NotTranslated


class Machine(Protocol):
    """What translates marked words (core/marks.py), and how long a piece it takes."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def most_characters(self) -> int:
        """How long a piece may be."""

    def translated(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Return marked words in another language, in their order. Raises NotTranslated."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a machine takes in one request."""

    texts: int
    characters: int


LIMITS = {
    deepl.NAME: Limits(deepl.MOST_TEXTS, deepl.MOST_CHARACTERS),
    libretranslate.NAME: Limits(libretranslate.MOST_TEXTS, libretranslate.MOST_CHARACTERS),
}


def machine() -> Machine | None:
    """Return the machine of this installation; None where none is set up."""
    url = settings.ANSWERABLE_TRANSLATION_URL
    if not url:
        return None
    if settings.ANSWERABLE_TRANSLATION_KIND == "deepl":
        return deepl.DeepL(url, settings.ANSWERABLE_TRANSLATION_KEY)
    return libretranslate.LibreTranslate(url, settings.ANSWERABLE_TRANSLATION_KEY)


def translate(texts: Sequence[str], source: str, target: str) -> list[str]:
    """Return Markdown texts in another language. Raises NotTranslated."""
    by = machine()
    if by is None:
        raise NotTranslated("none")

    def asked(pieces: Sequence[str]) -> list[str]:
        return [
            said
            for batch in batches(pieces, LIMITS[by.name])
            for said in by.translated(batch, source, target)
        ]

    kept = settings.ANSWERABLE_TRANSLATION_KEEP
    return translated(texts, asked, kept=kept, most=by.most_characters)


def batches(pieces: Sequence[str], limits: Limits) -> Iterator[list[str]]:
    """Yield the pieces in requests, none larger than a machine takes unless one piece is."""
    batch: list[str] = []
    for piece in pieces:
        is_full = len(batch) >= limits.texts
        if batch and (is_full or sum(map(len, batch)) + len(piece) > limits.characters):
            yield batch
            batch = []
        batch.append(piece)
    if batch:
        yield batch
