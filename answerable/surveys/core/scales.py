"""The scales on which people answer, and what an answer counts as. Pure."""

from __future__ import annotations

from enum import StrEnum

from answerable.entitlements.core.survey import SCALES


class Counts(StrEnum):
    """What an answer counts as, whatever its scale."""

    GOOD = "good"
    MIDDLING = "middling"
    BAD = "bad"


def answers_on(scale: str) -> range:
    """Return the answers of a scale, the worst first."""
    return range(1, SCALES[scale] + 1)


def counts_as(scale: str, answer: int) -> Counts:
    """Return what an answer counts as: above the middle of its scale, in it, or below."""
    twice, middle = 2 * answer, SCALES[scale] + 1
    if twice == middle:
        return Counts.MIDDLING
    return Counts.GOOD if twice > middle else Counts.BAD
