"""What is wrong with a plan's document. Pure."""

from __future__ import annotations

Path = tuple[str | int, ...]


class PlanError(Exception):
    """A plan's document says something that cannot be meant; the words say where.

    `path` leads to the place in the document, as names of tables and numbers of list entries
    from 0, so that its line can be found (core/lines.py); empty where there is none.
    """

    def __init__(self, words: str, path: Path = ()) -> None:
        super().__init__(words)
        self.path = path
