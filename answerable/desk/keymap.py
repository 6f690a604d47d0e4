"""Keys of one's own: which of the table may be changed, and what stands in a choice's way.

An agent's keys are kept by their names, only where they differ from the table; "" is one that
is switched off. This module reads and judges; `accounts.preferences.actions` keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from answerable.desk.keys import KEYS, PREFIX, SCOPES, Key, Scope

START = PREFIX.strip()
# Scopes whose keys act at the same time: those of the first with each of the second.
TOGETHER = {
    "desk": ("queue", "ticket", "conversation", "chat", "call"),
    "queue": ("ticket", "call"),
    "ticket": ("conversation", "call"),
    "chat": ("call",),
}
CHANGEABLE = {key.name for scope in SCOPES if not scope.fixed for key in scope.keys if key.free}


@dataclass(frozen=True, slots=True)
class Clash:
    """Two commands that would be typed alike where both act."""

    typed: str
    one: Key
    other: Key


def kept(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return what is kept of a choice: the names of the table, where they differ from it."""
    return {
        name: typed
        for name, typed in chosen.items()
        if name in CHANGEABLE and typed != KEYS[name].free
    }


def typed_for(key: Key, text: str) -> str:
    """Return what somebody types for a command, from the character that they chose."""
    character = text.strip()
    return f"{PREFIX}{character}" if character and key.free.startswith(PREFIX) else character


def is_one_key(key: Key, typed: str) -> bool:
    """Say whether something can be typed by one press, as far as that shows: one character, and
    for a key of its own not the one that leads to others."""
    character = typed.removeprefix(PREFIX) if key.free.startswith(PREFIX) else typed
    leads = not key.free.startswith(PREFIX) and typed == START
    return len(character) == 1 and character.isprintable() and not leads


def clashes(own: Mapping[str, str]) -> list[Clash]:
    """Return every pair of commands that would be typed alike where both act."""
    return [
        Clash(typed, one, other)
        for one, other in _neighbours()
        for typed in one.typed_by(own)
        if typed in other.typed_by(own)
    ]


def _neighbours() -> Iterator[tuple[Key, Key]]:
    by_key = {scope.key: scope for scope in SCOPES}
    for scope in SCOPES:
        yield from combinations(scope.keys, 2)
        for name in TOGETHER.get(scope.key, ()):
            yield from _pairs(scope, by_key[name])


def _pairs(one: Scope, other: Scope) -> Iterator[tuple[Key, Key]]:
    return ((first, second) for first in one.keys for second in other.keys)
