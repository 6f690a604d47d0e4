"""Several orders of the same things put into one, without comparing their scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion", 2009: 60 was best for them.
DAMPING = 60


def fused(orders: Iterable[Sequence[int]]) -> list[int]:
    """Return everything that any of these orders has, best first.

    What stands high in several comes before what stands high in one; of equals, the smaller
    number comes first.
    """
    scores: dict[int, float] = {}
    for order in orders:
        for rank, key in enumerate(dict.fromkeys(order), start=1):
            scores[key] = scores.get(key, 0.0) + 1 / (DAMPING + rank)
    return sorted(scores, key=lambda key: (-scores[key], key))
