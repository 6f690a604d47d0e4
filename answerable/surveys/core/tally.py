"""What answers come to: counts, and shares only where there are enough of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass

# A share of fewer says nothing, and may tell who said what.
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were asked, answered and wrote a comment, and what the answers count as."""

    asked: int = 0
    answered: int = 0
    good: int = 0
    middling: int = 0
    bad: int = 0
    comments: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(
            self.asked + other.asked,
            self.answered + other.answered,
            self.good + other.good,
            self.middling + other.middling,
            self.bad + other.bad,
            self.comments + other.comments,
        )

    @property
    def share_answered(self) -> int | None:
        """How many of a hundred who were asked answered; None where too few were asked."""
        return share(self.answered, self.asked)

    @property
    def share_good(self) -> int | None:
        """How many of a hundred answers were good; None where there are too few."""
        return share(self.good, self.answered)


def share(part: int, whole: int) -> int | None:
    """Return a share in whole per cent, or None of fewer than five.

    Rounded to the nearest, but 100 is all of them and 0 none.
    """
    if whole < ENOUGH:
        return None
    if 0 < part < whole:
        return min(max(round(100 * part / whole), 1), 99)
    return 100 if part else 0
