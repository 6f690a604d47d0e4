"""Everything that writes account cards and their sources, and asks for them."""

from __future__ import annotations

from answerable.cards.actions.fetching import Heard, ask_source, fetch_cards, forget_answers
from answerable.cards.actions.keeping import Described, retire_source, save_source

__all__ = [
    "Described",
    "Heard",
    "ask_source",
    "fetch_cards",
    "forget_answers",
    "retire_source",
    "save_source",
]
