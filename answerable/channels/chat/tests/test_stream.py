"""The stream of a chat as a page hears it."""

from __future__ import annotations

from datetime import datetime

import pytest
from asgiref.sync import sync_to_async

from answerable.cast import Cast
from answerable.channels.chat import streaming
from answerable.channels.chat.actions import Line, say, take_chat
from answerable.channels.chat.hub import ChatHub
from answerable.channels.chat.models import Chat
from answerable.channels.chat.tests.chatting import begun
from answerable.channels.chat.tests.streams import Ear, listen

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def hub(monkeypatch: pytest.MonkeyPatch) -> ChatHub:
    """A hub of the test's own, and beats that need no waiting for."""
    hub = ChatHub()
    monkeypatch.setattr(streaming, "hub", hub)
    monkeypatch.setattr(streaming, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(streaming, "BEATS_TO_ASK_AGAIN", 2)
    return hub


def test_it_tells_what_was_missed_and_then_what_is_said(at: datetime) -> None:
    cast = Cast(at)
    chat = begun(cast, at)
    take_chat(chat, agent=cast.ana, at=at)
    line = Line(body="See https://a.example <b>", token="a", agent=cast.ana)

    async def hear(ear: Ear) -> list[dict[str, object]]:
        missed = [await ear.next("entry") for _ in range(1)]
        await sync_to_async(say)(chat, line, at=at)
        return [*missed, await ear.next("entry")]

    joined, said = listen(chat, Chat.Side.CONTACT, hear, after=1)
    assert (joined["seq"], joined["html"]) == (2, "Ana Silva joined")
    assert (said["seq"], said["side"], said["mine"], said["token"]) == (3, "agent", False, None)
    assert "&lt;b&gt;" in said["html"]
    assert 'href="https://a.example"' in said["html"]
