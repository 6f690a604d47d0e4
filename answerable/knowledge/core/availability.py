"""With which subscriptions something comes, and whether somebody has one of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A row that names no tier comes with every tier of its product, and the other way round.
ANY = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A product at a tier, by the words of subscriptions."""

    product: str
    tier: str = ANY


def editions_in(words: str) -> list[Edition]:
    """Return what `{available service enterprise, sales}` names: the last word is the tier."""
    found = []
    for named in words.lower().split(","):
        product, _, tier = named.strip().replace("-", "_").rpartition(" ")
        edition = Edition(product.strip().replace(" ", "_"), tier) if product else Edition(tier)
        if edition.product:
            found.append(edition)
    return list(dict.fromkeys(found))


def comes_with(wanted: Edition, has: Edition) -> bool:
    """Return whether an edition is one that a row means."""
    return wanted.product in {ANY, has.product} and wanted.tier in {ANY, has.tier}


def includes(available: Iterable[Edition], runs: Iterable[Edition]) -> bool:
    """Return whether somebody who runs these has what comes with one of those."""
    has = list(runs)
    return any(comes_with(wanted, one) for wanted in available for one in has)


def tiers_of(runs: Sequence[Edition], available: Sequence[Edition]) -> list[str]:
    """Return the tiers that somebody has of the products that are named, each once.

    Of none of those products: the tiers of whatever they run.
    """
    products = {wanted.product for wanted in available}
    near = [one.tier for one in runs if one.product in products]
    return list(dict.fromkeys(near or [one.tier for one in runs]))
