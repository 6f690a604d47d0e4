"""The versions of a text, and what one says otherwise than the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answerable.knowledge.core.line_changes import Line, line_changes
from answerable.knowledge.models import ArticleText, ArticleVersion

MOST_LINES = 4000


@dataclass(frozen=True, slots=True)
class Compared:
    """A version beside another: whole texts where they are too long to be compared."""

    before: ArticleVersion | None
    after: ArticleVersion
    lines: Sequence[Line]


def versions_of(text: ArticleText) -> Sequence[ArticleVersion]:
    """Return the versions of a text, the newest first."""
    versions = text.versions.defer("body").select_related(
        "published_by", "checked_by", "source"
    )
    return list(versions.order_by("-number"))


def compared(text: ArticleText, number: int, to: int | None = None) -> Compared | None:
    """Return a version beside the one before it, or beside another; None for one not there."""
    versions = text.versions.select_related("published_by")
    after = versions.filter(number=number).first()
    if after is None:
        return None
    others = versions.filter(number=to) if to else versions.filter(number__lt=number)
    before = others.order_by("-number").first()
    return Compared(before, after, changes(whole(before) if before else "", whole(after)))


def whole(version: ArticleVersion) -> str:
    """Return all words of a version as one text."""
    return f"{version.title}\n{version.summary}\n\n{version.body}"


def changes(before: str, after: str) -> Sequence[Line]:
    """Return what differs between two texts, line by line."""
    if max(before.count("\n"), after.count("\n")) > MOST_LINES:
        return [Line("gone", "…"), Line("added", "…")]
    return line_changes(before, after)
