"""How a process that has a chat's pages open hears that there is more of it."""

from __future__ import annotations

from django.db import connection

from answerable.channels.chat.models import Chat

CHANNEL = "answerable_chat"


def tell(chat: Chat) -> None:
    """Tell all processes up to which number a chat goes, once this transaction is committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{chat.pk} {chat.last_seq}"])
