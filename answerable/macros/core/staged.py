"""Acts of a macro as data: what is done with a ticket once the reply is sent. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ADD_TAG, REMOVE_TAG = "add_tag", "remove_tag"
ASSIGN, HOLD, RESOLVE, STATUS = "assign", "hold", "resolve", "status"
KINDS = (ADD_TAG, REMOVE_TAG, ASSIGN, HOLD, RESOLVE, STATUS)
# In this order they are done: a ticket is labelled and given to somebody before it is resolved.
ORDER = {kind: place for place, kind in enumerate(KINDS)}
# To whom a ticket may be given without naming anybody.
ME, NOBODY = "me", "nobody"
MOST_ACTS = 20
LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its kind, and what it needs: a tag, whom to assign to, for how many days."""

    kind: str
    value: str = ""

    def as_data(self) -> dict[str, str]:
        """Return it as it is kept."""
        return {"kind": self.kind, "value": self.value}


def acts_of(data: object) -> list[Act]:
    """Return the acts that data describes, each once, in the order in which they are done.

    What is no act is left out: a page, or a version of before, may have said it.
    """
    rows = data if isinstance(data, list) else []
    acts = dict.fromkeys(_read(row) for row in rows)
    known = [act for act in acts if act and act.kind in ORDER]
    return sorted(known, key=lambda act: ORDER[act.kind])[:MOST_ACTS]


def _read(row: object) -> Act | None:
    if not isinstance(row, Mapping):
        return None
    kind, value = row.get("kind"), row.get("value", "")
    if not isinstance(kind, str) or not isinstance(value, str):
        return None
    return Act(kind, value[:LONGEST_VALUE])


def macros_of(data: object) -> list[int]:
    """Return the macros that data names, each once."""
    rows = data if isinstance(data, list) else []
    numbers = dict.fromkeys(row for row in rows if isinstance(row, int) and row > 0)
    return list(numbers)[:MOST_ACTS]


def days_and_reason(value: str) -> tuple[int, str]:
    """Return for how many days a ticket is held, none for until somebody ends it, and why."""
    days, _, reason = value.partition(" ")
    return (int(days) if days.isascii() and days.isdecimal() else 0), reason.strip()


def as_data(acts: Iterable[Act]) -> list[dict[str, str]]:
    """Return acts as they are kept."""
    return [act.as_data() for act in acts]
