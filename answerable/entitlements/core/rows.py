"""A document of a plan, read row by row: what is missing or unknown is said with its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from answerable.entitlements.core.durations import ENTER, duration, share
from answerable.entitlements.core.findings import Findings
from answerable.entitlements.core.wrong import Path, PlanError

LONGEST = 200
LONGEST_KEY = 40
LARGEST = 10**9  # neither infinite nor no number, either
Value = TypeVar("Value")


class Row:
    """Named values of a document. A name that nobody asked for is a mistake in writing it:
    a misspelt rule would otherwise be no rule at all.

    What is wrong is noted, and something stands in for it, so that all that is wrong is found
    at once. Nobody may use what was read while there are errors.
    """

    def __init__(
        self, place: str, values: object, path: Path = (), findings: Findings | None = None
    ) -> None:
        self.place = place
        self.path = path
        self.findings = findings or Findings()
        self._values: Mapping[str, Any] = values if isinstance(values, Mapping) else {}
        self._asked: set[str] = set()
        if not isinstance(values, Mapping):
            self.findings.error(
                path, "{place} must be a table of names and values.", place=place
            )

    def text(self, key: str, default: str | None = None, *, most: int = LONGEST) -> str:
        """Return a text that says something."""
        value = self._value(key, default)
        if isinstance(value, str) and value.strip() and len(value) <= most:
            return value
        self.note(key, "'{key}' must be a text of 1 to {most} characters.", most=most)
        return ""

    def text_or_none(self, key: str, *, most: int = LONGEST) -> str | None:
        """Return a text, or None when it is left out."""
        self._asked.add(key)
        return self.text(key, most=most) if key in self._values else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when it is left out."""
        values = self._value(key, [])
        if isinstance(values, list) and all(isinstance(v, str) and v.strip() for v in values):
            return tuple(values)
        self.note(key, "'{key}' must be a list of texts.")
        return ()

    def yes(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            self.note(key, "'{key}' must be true or false.")
        return value is True

    def number(self, key: str, default: float | None = None) -> float:
        """Return a number."""
        value = self._value(key, default)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and -LARGEST < value < LARGEST:  # type: ignore[operator]
            return float(value)  # type: ignore[arg-type]
        self.note(key, "'{key}' must be a number.")
        return 0.0

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number that is not below zero."""
        value = self.number(key, default)
        if value != int(value) or value < 0:
            self.note(key, "'{key}' must be a whole number, 0 or more.")
        return int(value)

    def need(self, key: str) -> None:
        """Note that a value is missing, if it is."""
        self._value(key, None)

    def length(self, key: str) -> timedelta:
        """Return a length of time such as "30m"."""
        self.need(key)
        return self.length_or_none(key) or timedelta(0)

    def length_or_none(self, key: str) -> timedelta | None:
        """Return a length of time, or None when it is left out."""
        return self.parsed(key, duration, None, such=f"{ENTER}.")

    def share(self, key: str, default: float | None = None) -> float | None:
        """Return a share such as "95%" as a part of 1; the default when it is left out."""
        return self.parsed(key, share, default, such="Enter a share like 20%.")

    def parsed(
        self, key: str, read: Callable[[str], Value], default: Value | None, *, such: str
    ) -> Value | None:
        """Return a text as what `read` makes of it; the default when it is left out.

        `such` says what to enter. What `read` raises as PlanError is noted.
        """
        value = self._values.get(key)
        self._asked.add(key)
        if value is None:
            return default
        if not isinstance(value, str):
            self.note(
                key, "'{key}' is {value}. {such}", value=repr(value)[:LONGEST_KEY], such=such
            )
            return default
        try:
            return read(value)
        except PlanError as error:
            self.note(key, "{words}", words=error)
            return default

    def one_of(self, key: str, known: Collection[str], default: str | None = None) -> str:
        """Return one of some words."""
        value = self.text(key, default)
        if value and value not in known:
            place, path = self.place, (*self.path, key)
            pattern = "In {place}: '{key}' is '{word}', which is not known."
            self.findings.unknown(path, pattern, value, known, place=place, key=key)
        return value

    def is_text(self, key: str) -> bool:
        """Say whether a value is there and is a text."""
        return isinstance(self._values.get(key), str)

    def row(self, key: str) -> Row:
        """Return a table, empty when it is left out."""
        return self._row(f"{self._inside}{key}", self._value(key, {}), key)

    def rows(self, key: str) -> list[Row]:
        """Return a list of tables, empty when it is left out."""
        values = self._value(key, [])
        if not isinstance(values, list):
            self.note(key, "'{key}' must be a list of tables.")
            return []
        return [
            self._row(f"{self._inside}{key}, number {number + 1}", value, key, number)
            for number, value in enumerate(values)
        ]

    def named(self, key: str, *, optional: bool = False) -> dict[str, Row]:
        """Return a table of tables by name. It must be there, unless it is optional."""
        if optional and key not in self.names():
            return {}
        table = self._row(f"{self._inside}{key}", self._value(key, None), key)
        return {name: table.row(name) for name in table.names()}

    def names(self) -> list[str]:
        """Return the names of this table."""
        return list(self._values)

    def end(self) -> None:
        """Note the names that nobody asked for."""
        for key in sorted(set(self._values) - self._asked):
            pattern = "In {place}: '{key}' is not known here."
            self.findings.unknown(
                (*self.path, key), pattern, key, self._asked, place=self.place, key=key
            )

    def note(self, key: str, pattern: str, **values: object) -> None:
        """Note that a value cannot be meant."""
        told = {"place": self.place, "key": key}
        told |= {name: str(value) for name, value in values.items()}
        self.findings.error((*self.path, key), f"In {{place}}: {pattern}", **told)

    def wrong(self, words: str) -> PlanError:
        """Return an error that says where it is; for what is wrong with the row as a whole."""
        return PlanError(f"In {self.place}: {words}", self.path)

    @property
    def is_broken(self) -> bool:
        """Whether anything in it was wrong so far."""
        return self.findings.is_broken(self.path)

    @property
    def _inside(self) -> str:
        return "" if self.place == "the plan" else f"{self.place}."

    def _row(self, place: str, values: object, *path: str | int) -> Row:
        return Row(place, values, (*self.path, *path), self.findings)

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key not in self._values and default is None:
            self.note(key, "'{key}' is missing.")
        return self._values.get(key, default)
