"""What somebody had searched before they came to a page: it travels along in addresses."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.knowledge.actions.votes import LONGEST_SEARCH
from answerable.tickets.text import clean


def searched_in(values: Mapping[str, str]) -> str:
    """Return the words of a search as they can be kept, in one line; "" for none."""
    return " ".join(clean(values.get("q", "")).split())[:LONGEST_SEARCH]
