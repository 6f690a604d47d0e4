"""Everything that happens in a chat.

Each action holds the chat's row, so that what is said at once has an order: the server's. Every
line is an entry with the next number; clocks are told of where the turn changes.
"""

from __future__ import annotations

from answerable.channels.chat.actions.beginning import (
    ChatOpen,
    LineClosed,
    begin_chat,
    take_chat,
)
from answerable.channels.chat.actions.changing import (
    FirstLine,
    NotTheirs,
    OnlyAnswer,
    TooLate,
    edit,
    unsay,
)
from answerable.channels.chat.actions.ending import end_chat
from answerable.channels.chat.actions.handing import (
    NotInIt,
    Onward,
    give_back,
    invite,
    join,
    leave,
    transfer,
)
from answerable.channels.chat.actions.held import ChatOver
from answerable.channels.chat.actions.line import close_line, open_line
from answerable.channels.chat.actions.mailing import mail_copy
from answerable.channels.chat.actions.saying import Line, say
from answerable.channels.chat.actions.seeing import (
    come_back,
    go_away,
    keep_here,
    see,
    type_in,
)
from answerable.channels.chat.actions.waking import miss_pages, wake_chats

__all__ = [
    "ChatOpen",
    "ChatOver",
    "FirstLine",
    "Line",
    "LineClosed",
    "NotInIt",
    "NotTheirs",
    "OnlyAnswer",
    "Onward",
    "TooLate",
    "begin_chat",
    "close_line",
    "come_back",
    "edit",
    "end_chat",
    "give_back",
    "go_away",
    "invite",
    "join",
    "keep_here",
    "leave",
    "mail_copy",
    "miss_pages",
    "open_line",
    "say",
    "see",
    "take_chat",
    "transfer",
    "type_in",
    "unsay",
    "wake_chats",
]
