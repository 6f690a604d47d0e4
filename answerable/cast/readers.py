"""What people asked the help centre of the demonstration, and what they read."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from answerable.cast.people import Cast
from answerable.knowledge.actions import (
    Visitor,
    ask,
    go_for_contact,
    read,
    say_helpful,
    set_synonyms,
    settle_stories,
)
from answerable.knowledge.models import ArticleVersion
from answerable.knowledge.searching import Question

STORIES = Path(__file__).parent / "readers.toml"
A_MINUTE = timedelta(minutes=1)


def tell_of_readers(cast: Cast, *, at: datetime) -> None:
    """Let people ask and read in the days before `at`; their stories end as any others."""
    told = tomllib.loads(STORIES.read_text())
    set_synonyms("en", told["synonyms"])
    for number, row in enumerate(told["stories"]):
        _tell(cast, number, row, at - timedelta(hours=row["ago"]))
    settle_stories(at=at)


def _tell(cast: Cast, number: int, row: dict[str, Any], at: datetime) -> None:
    contact = getattr(cast, row["by"]) if "by" in row else None
    visitor = Visitor(f"demonstration-{number}", contact)
    found = ask(Question(row["asks"], "en", contact), visitor, at=at)
    for key in row.get("reads", ()):
        version = _newest(key)
        read(version, visitor, at=at + A_MINUTE, log_id=found.log_id)
        if "helpful" in row:
            say_helpful(version, visitor, helpful=row["helpful"], at=at + 2 * A_MINUTE)
    if row.get("contact"):
        go_for_contact(visitor, at=at + A_MINUTE)


def _newest(key: str) -> ArticleVersion:
    versions = ArticleVersion.objects.filter(text__article__key=key, text__language="en")
    return versions.latest("number")
