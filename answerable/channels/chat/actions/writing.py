"""Writes a line of a chat and all that goes with it by one statement."""

from __future__ import annotations

import json
from typing import Any

from answerable.channels.chat.models import ChatEntry
from answerable.channels.chat.wire import CHANNEL
from answerable.lib.ready import run

WRITE = """
WITH entry AS (
    INSERT INTO chat_chatentry
        (chat_id, seq, kind, agent_id, contact_id, message_id, at, data, token)
    VALUES (%(chat)s, %(seq)s, %(kind)s, %(agent)s, %(contact)s, %(message)s, %(at)s,
        %(data)s::jsonb, %(token)s)
    RETURNING id
), chat AS (
    UPDATE chat_chat SET last_seq = %(seq)s, turn = %(turn)s, turn_since = %(turn_since)s,
        warned_at = %(warned_at)s, wakes_at = %(wakes_at)s
    WHERE id = %(chat)s
)
SELECT id, pg_notify(%(channel)s, %(chat)s::text || ' ' || %(seq)s::text) FROM entry
"""


def write_line(entry: ChatEntry) -> int:
    """Write an entry and its held chat as they are, tell both sides; return its key.

    Raises IntegrityError where the chat has an entry with its token.
    """
    chat = entry.chat
    values: dict[str, Any] = {
        "chat": chat.pk,
        "seq": entry.seq,
        "kind": entry.kind,
        "agent": entry.agent_id,
        "contact": entry.contact_id,
        "message": entry.message_id,
        "at": entry.at,
        "data": json.dumps(entry.data),
        "token": entry.token,
        "turn": chat.turn,
        "turn_since": chat.turn_since,
        "warned_at": chat.warned_at,
        "wakes_at": chat.wakes_at,
        "channel": CHANNEL,
    }
    ((number, _),) = run(WRITE, values)
    return int(number)
