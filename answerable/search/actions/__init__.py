"""Everything that writes the index of tickets."""

from __future__ import annotations

from answerable.search.actions.following import follow_log
from answerable.search.actions.indexing import index_tickets
from answerable.search.actions.renewing import renew_documents

__all__ = ["follow_log", "index_tickets", "renew_documents"]
