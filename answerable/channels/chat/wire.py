"""How a process that has chats open hears of them: one channel, three kinds of notices.

`7 12`: chat 7 has changed, its newest entry is 12. `line`: who waits has changed.
`7 typing {…}`: somebody types in chat 7; that is kept nowhere.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from django.db import connection

from answerable.channels.chat.models import Chat

CHANNEL = "answerable_chat"
LINE = "line"
# A notice of PostgreSQL holds 8,000 bytes; a character takes up to 12 of them in JSON.
LONGEST_PREVIEW = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """Somebody types: who, on which side, and what, where the vendor lets that be seen."""

    side: str
    name: str
    text: str = ""


def tell(*chats: Chat) -> None:
    """Tell all processes that chats have changed, once this transaction is committed."""
    _notify([f"{chat.pk} {chat.last_seq}" for chat in chats])


def tell_line() -> None:
    """Tell all processes that other people wait than before, once this is committed."""
    _notify([LINE])


def tell_typing(chat: Chat, typing: Typing) -> None:
    """Tell the other side of a chat that somebody types."""
    _notify([f"{chat.pk} typing {json.dumps(asdict(typing))}"])


def read(notice: str) -> tuple[int, Typing | None]:
    """Return which chat a notice is about, and who types in it; chat 0 is the line."""
    number, _, rest = notice.partition(" ")
    if number == LINE:
        return 0, None
    word, _, said = rest.partition(" ")
    return int(number), Typing(**json.loads(said)) if word == "typing" else None


def _notify(notices: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, unnest(%s::text[]))", [CHANNEL, notices])
