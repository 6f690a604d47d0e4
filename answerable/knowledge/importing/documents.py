"""JSON documents as an API gives them out: one, or the pages of a folder, taken together."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from answerable.knowledge.core.imported import NotTaken, Unreadable

LARGEST = 200_000_000
Row = Mapping[str, Any]


def documents(place: Path) -> tuple[list[Any], list[NotTaken]]:
    """Return the documents of a file or a folder, and the files that are none."""
    files = sorted(place.rglob("*.json")) if place.is_dir() else [place]
    found, refused = [], []
    for file in files:
        try:
            found.append(_document(file))
        except ValueError as error:
            refused.append(NotTaken(file.name, f"It is no JSON: {error}."))
    if not found:
        raise Unreadable(f"There is no JSON that can be read in {place}.")
    return found, refused


def rows(found: list[Any], name: str) -> Iterator[Row]:
    """Yield the rows that stand under a name in any document.

    An API puts them there as a list, as {"items": [...]}, or one alone under the singular.
    """
    for document in found:
        if not isinstance(document, Mapping):
            continue
        under = document.get(name)
        if isinstance(under, Mapping):
            under = under.get("items")
        one = document.get(_singular(name))
        for row in [*(under if isinstance(under, list) else []), one]:
            if isinstance(row, Mapping):
                yield row


def text(row: Row, *names: str) -> str:
    """Return the first of these that is words or a number; "" when none is."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            return str(value)
    return ""


def instant(row: Row, *names: str) -> datetime | None:
    """Return the first of these that is an instant."""
    for name in names:
        try:
            found = datetime.fromisoformat(text(row, name))
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _singular(name: str) -> str:
    return name[:-3] + "y" if name.endswith("ies") else name.removesuffix("s")


def _document(file: Path) -> Any:
    if file.stat().st_size > LARGEST:
        raise ValueError(f"longer than {LARGEST // 1_000_000} MB")
    try:
        return json.loads(file.read_bytes())
    except (UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error
