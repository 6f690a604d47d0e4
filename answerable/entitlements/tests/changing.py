"""Changes to the plan that says everything, for tests of what is found in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.findings import Finding
from answerable.entitlements.core.reading import examine
from answerable.entitlements.tests.rich import RICH

Document = dict[str, Any]
Change = Callable[[Document], object]
URGENT, NORMAL, DECIDE, UPDATES = range(4)


def put(*path: str | int, **values: object) -> Change:
    """Return a change that sets names of a table."""

    def change(document: Document) -> None:
        table: Any = document
        for key in path:
            table = table[key]
        table.update(values)

    return change


def drop(*path: str | int) -> Change:
    def change(document: Document) -> None:
        table: Any = document
        for key in path[:-1]:
            table = table[key]
        del table[path[-1]]

    return change


def add(name: str, **values: object) -> Change:
    """Return a change that adds a row to a list of tables."""
    return lambda document: document.setdefault(name, []).append(values)


def target(number: int, **values: object) -> Change:
    return put("targets", number, **values)


def found(change: Change) -> tuple[Finding, ...]:
    document = read_document(RICH)
    change(document)
    return examine(document).findings
