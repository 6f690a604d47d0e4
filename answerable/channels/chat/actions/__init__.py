"""Everything that happens in a chat.

Each action holds the chat's row, so that what is said at once has an order: the server's. Every
line is an entry with the next number; clocks are told of where the turn changes.
"""

from __future__ import annotations

from answerable.channels.chat.actions.beginning import ChatOpen, begin_chat, take_chat
from answerable.channels.chat.actions.ending import end_chat
from answerable.channels.chat.actions.held import ChatOver
from answerable.channels.chat.actions.saying import Line, say

__all__ = [
    "ChatOpen",
    "ChatOver",
    "Line",
    "begin_chat",
    "end_chat",
    "say",
    "take_chat",
]
