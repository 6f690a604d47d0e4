"""What a command of the desk's table is, and how it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

Words = Promise | str
PREFIX = "g "
# How a choice among those of a command's dialog is made in the palette: at once, because one
# press takes it back, or in the dialog, with the choice made there.
AT_ONCE, IN_DIALOG = "at_once", "in_dialog"


@dataclass(frozen=True, slots=True)
class Key:
    """One command: its name in templates, what is typed, and what it does.

    `title` is what the palette calls it, `on` the same with {what}: “#4821” or “3 tickets”;
    `lacks` says why it cannot be done where its button is not. What does not act is a motion,
    or a key of a box, and no command of the palette.
    """

    name: str
    typed: tuple[str, ...]
    does: Words
    title: Words = ""
    on: Words = ""
    lacks: Words = ""
    acts: bool = True
    chooses: str = ""

    @property
    def free(self) -> str:
        """The one way to type it that a person may change: a character, or one after G."""
        return next((typed for typed in self.typed if is_free(typed)), "")

    @property
    def called(self) -> Words:
        """What the palette calls it."""
        return self.title or self.does

    def typed_by(self, own: Mapping[str, str]) -> tuple[str, ...]:
        """Return how somebody with these keys of their own types it."""
        chosen = own.get(self.name)
        if chosen is None or not self.free:
            return self.typed
        ways = (chosen if typed == self.free else typed for typed in self.typed)
        return tuple(typed for typed in ways if typed)

    def bound_by(self, own: Mapping[str, str]) -> str:
        """Return what design's keys.js listens for; scripts of the desk look for the others."""
        return next(iter(self.typed_by(own)), "")


def is_free(typed: str) -> bool:
    """Say whether something typed is a character, alone or after G: what one may change."""
    return len(typed.removeprefix(PREFIX)) == 1 and typed not in FIXED


def caps_of(typed: str) -> list[str]:
    """Return the caps that are pressed, together or after each other."""
    return typed.split(" ") if typed.startswith(PREFIX) else typed.split("+")


# Arrows and the space bar are characters for us, but keys for everybody.
FIXED = {"↑", "↓", "Space"}


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the desk, and the keys that act there. Those of a fixed one nobody changes."""

    key: str
    name: Words
    keys: tuple[Key, ...]
    lacks: Words = ""
    fixed: bool = False
