"""Takes out of the index at once what was taken out of tickets, before the log is followed."""

from __future__ import annotations

from django.db import connection

from answerable.search.actions.indexing import index_tickets
from answerable.search.core.asked import words_of
from answerable.search.models import Word
from answerable.tickets.actions.redacting import Removed


def forget_words(removed: Removed) -> None:
    """Index tickets as they read now. A word that other tickets have is learned again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_folded(%s)", [removed.removal.passage])
        (folded,) = cursor.fetchone() or ("",)
    Word.objects.filter(word__in=words_of(folded)).delete()
    index_tickets(removed.family)
