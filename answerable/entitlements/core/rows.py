"""A document of a plan, read row by row: what is missing or unknown is said with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from answerable.entitlements.core.wrong import Path, PlanError

LONGEST = 200


class Row:
    """Named values of a document. A name that nobody asked for is a mistake in writing it:
    a misspelt rule would otherwise be no rule at all."""

    def __init__(self, place: str, values: object, path: Path = ()) -> None:
        if not isinstance(values, Mapping):
            raise PlanError(f"{place} must be a table of names and values.", path)
        self.place = place
        self.path = path
        self._values: Mapping[str, Any] = values
        self._asked: set[str] = set()

    def text(self, key: str, default: str | None = None, *, most: int = LONGEST) -> str:
        """Return a text that says something. Raises PlanError, as all of these do."""
        value = self._value(key, default)
        if not isinstance(value, str) or not value.strip() or len(value) > most:
            raise self.wrong(f"{key!r} must be a text of 1 to {most} characters.")
        return value

    def text_or_none(self, key: str) -> str | None:
        """Return a text, or None when it is left out."""
        return self.text(key) if key in self._values else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when it is left out."""
        values = self._value(key, [])
        if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
            raise self.wrong(f"{key!r} must be a list of texts.")
        return tuple(values)

    def yes(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            raise self.wrong(f"{key!r} must be true or false.")
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """Return a number."""
        value = self._value(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(f"{key!r} must be a number.")
        return float(value)

    def row(self, key: str) -> Row:
        """Return a table, empty when it is left out."""
        return Row(f"{self._inside}{key}", self._value(key, {}), (*self.path, key))

    def rows(self, key: str) -> list[Row]:
        """Return a list of tables, empty when it is left out."""
        values = self._value(key, [])
        if not isinstance(values, list):
            raise self.wrong(f"{key!r} must be a list of tables.")
        places = (
            f"{self._inside}{key}, number {number}" for number in range(1, len(values) + 1)
        )
        return [
            Row(place, value, (*self.path, key, number))
            for number, (place, value) in enumerate(zip(places, values, strict=True))
        ]

    def named(self, key: str, *, optional: bool = False) -> dict[str, Row]:
        """Return a table of tables by name. It must be there, unless it is optional."""
        value = self._value(key, {} if optional else None)
        table = Row(f"{self._inside}{key}", value, (*self.path, key))
        return {name: table.row(name) for name in table._values}

    def names(self) -> list[str]:
        """Return the names of this table."""
        return list(self._values)

    def end(self) -> None:
        """Refuse names that nobody asked for."""
        unknown = sorted(set(self._values) - self._asked)
        if unknown:
            raise self.wrong(f"{unknown[0]!r} is not known here.")

    def wrong(self, words: str) -> PlanError:
        """Return an error that says where it is."""
        return PlanError(f"In {self.place}: {words}", self.path)

    @property
    def _inside(self) -> str:
        return "" if self.place == "the plan" else f"{self.place}."

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key not in self._values and default is None:
            raise self.wrong(f"{key!r} is missing.")
        return self._values.get(key, default)
