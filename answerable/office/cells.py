"""The times of a plan that change most, as cells: each is a value in the plan's text. Pure.

Who writes in a cell changes that value alone; who writes in the text changes the cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.durations import plain
from answerable.entitlements.core.findings import PlanRefused
from answerable.entitlements.core.rewriting import with_value
from answerable.entitlements.core.wrong import Path, PlanError
from answerable.office.hour_cells import Changed, with_hours

CELL, WAS = "cell-", "was-"


@dataclass(frozen=True, slots=True)
class Cell:
    """The time of a target as the text has it, and where."""

    key: str
    path: Path
    words: str


@dataclass(frozen=True, slots=True)
class Written:
    """A text with what was written in cells; by key, what could not be taken for a time."""

    text: str
    unread: dict[str, str]


def cells_of(text: str) -> list[Cell]:
    """Return the times of a plan's text, one for each key; of what is no TOML, none."""
    try:
        rows = read_document(text).get("targets", [])
    except PlanRefused:
        return []
    found = {cell.key: cell for cell in reversed(list(_cells(rows)))}
    return list(reversed(found.values()))


def written(text: str, posted: Mapping[str, str]) -> Written:
    """Return a text with those cells in it that were changed since they were shown.

    `posted` has each cell as `cell-KEY`, and as `was-KEY` what it was.
    """
    unread: dict[str, str] = {}
    for key, words in _changed(posted):
        changed = _with_time(text, key, words) or with_hours(text, key, words)
        if changed is None:
            continue
        if changed.is_read:
            text = changed.text
        else:
            unread[key] = words
    return Written(text, unread)


def _with_time(text: str, key: str, words: str) -> Changed | None:
    cell = next((one for one in cells_of(text) if one.key == key), None)
    if cell is None:
        return None
    return Changed(with_value(text, cell.path, words)) if _is_time(words) else Changed()


def _cells(rows: object) -> Iterator[Cell]:
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        values = row if isinstance(row, Mapping) else {}
        key, words = values.get("key"), values.get("within")
        if isinstance(key, str) and isinstance(words, str):
            yield Cell(key, ("targets", number, "within"), words)


def _changed(posted: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, typed in posted.items():
        key, words = name.removeprefix(CELL), typed.strip()
        if name.startswith(CELL) and words != posted.get(WAS + key, ""):
            yield key, words


def _is_time(words: str) -> bool:
    try:
        plain(words)
    except PlanError:
        return False
    return True
