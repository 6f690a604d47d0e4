"""What happened in a chat stands on the timeline of its ticket."""

from __future__ import annotations

from datetime import UTC, datetime

from answerable.cast import Cast
from answerable.channels.chat.actions import Onward, end_chat, transfer
from answerable.channels.chat.models import Chat
from answerable.channels.chat.tests.chatting import MINUTE, answered, begun
from answerable.channels.chat.watch import look
from answerable.desk.queries.timeline import timeline_of


def marks(chat: Chat) -> list[str]:
    entries = timeline_of(chat.ticket, [], UTC).entries
    return [entry.mark.text for entry in entries if entry.mark]


def test_who_handed_it_on_and_how_it_ended_is_told(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    transfer(chat, Onward(to=cast.ben, sentence="He knows exports."), agent=cast.ana, at=at)
    end_chat(chat, Chat.End.AGENT, agent=cast.ben, at=at)
    told = marks(chat)
    assert "Ana Silva hands over to Ben Adler: He knows exports." in told
    assert told[-1] == "Ben Adler ended the chat"


def test_a_chat_that_nobody_took_goes_on_by_mail(cast: Cast, at: datetime) -> None:
    chat = begun(cast, at)
    look(at + 10 * MINUTE)
    told = marks(chat)
    assert "It goes on by mail" in told
    assert "The chat ended: nobody was free in time" in told
