"""What the help centre knows on a question: the one place that asks search and articles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from answerable.accounts.models import Contact
from answerable.knowledge.models import ArticleText

MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: its words, who asks, in which language, on which visit."""

    words: str
    language: str
    person: Contact | None
    visit: str


@dataclass(frozen=True, slots=True)
class Answer:
    language: str
    slug: str
    title: str
    passage: str
    updated: datetime
    by_software: bool
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    hits: list[Answer] = field(default_factory=list)


def answers_to(asked: Asked, *, at: datetime) -> Found:
    found = ArticleText.objects.filter(current__title__icontains=asked.words).select_related(
        "current"
    )
    return Found(
        [
            Answer(
                t.language,
                t.slug,
                t.current.title,
                t.current.summary,
                t.current.published_at,
                t.current.by_software,
            )
            for t in found[:MOST]
            if t.current
        ]
    )


def article(person: Contact | None, language: str, slug: str, *, at: datetime) -> object | None:
    return (
        ArticleText.objects.filter(language=language, slug=slug)
        .select_related("current")
        .first()
    )
