"""Everything that writes the index of tickets."""

from __future__ import annotations

from answerable.search.actions.following import follow_log
from answerable.search.actions.indexing import index_tickets

__all__ = ["follow_log", "index_tickets"]
