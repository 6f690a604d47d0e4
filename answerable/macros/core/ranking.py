"""In which order macros are offered: used here before, then by product, then by name. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the order of a macro depends on."""

    key: int
    name: str
    product: str


def ranked(
    candidates: Sequence[Candidate], *, used_here: Collection[int], product: str
) -> list[int]:
    """Return the keys of macros, best first.

    `used_here` are those that this customer was sent before. One for the ticket's product comes
    before one for any, and that before one for another.
    """

    def place(one: Candidate) -> tuple[bool, int, str, int]:
        fits = 0 if one.product and one.product == product else 1 if not one.product else 2
        return one.key not in used_here, fits, one.name.casefold(), one.key

    return [one.key for one in sorted(candidates, key=place)]
