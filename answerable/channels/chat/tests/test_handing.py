"""Chats are handed on, and colleagues brought in."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.cast import Cast
from answerable.channels.chat.actions import (
    NotInIt,
    Onward,
    give_back,
    invite,
    join,
    leave,
    take_chat,
    transfer,
)
from answerable.channels.chat.models import Chat
from answerable.channels.chat.queries import entries_after, is_in
from answerable.channels.chat.shown import entry_data
from answerable.channels.chat.tests.chatting import MINUTE, answered, fresh, kinds, taken
from answerable.tickets.actions import ReasonMissing


def test_the_next_agent_and_the_customer_read_why(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    onward = Onward(to=cast.ben, sentence="Ben knows exports.")
    transfer(chat, onward, agent=cast.ana, at=at + MINUTE)
    handed, joined = entries_after(chat, 3)
    for side in ("agent", "contact"):
        said = entry_data(handed, side)["html"]
        assert said == "Ana Silva hands over to Ben Adler: Ben knows exports."
    assert (joined.kind, joined.agent) == ("joined", cast.ben)
    now = fresh(chat)
    assert (now.agent, now.ticket.assignee) == (cast.ben, cast.ben)


def test_a_chat_is_handed_on_by_whose_it_is_and_with_a_sentence(
    cast: Cast, at: datetime
) -> None:
    chat = taken(cast, at)
    with pytest.raises(NotInIt):
        transfer(chat, Onward(to=cast.ana, sentence="Mine"), agent=cast.ben, at=at)
    with pytest.raises(ReasonMissing):
        transfer(chat, Onward(to=cast.ben, sentence="  "), agent=cast.ana, at=at)
    assert kinds(chat) == ["said", "joined"]


def test_back_in_the_line_it_keeps_its_place(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    onward = Onward(skill="exports", team="Exports", sentence="It is about exports.")
    transfer(chat, onward, agent=cast.ana, at=at + MINUTE)
    assert list(Chat.objects.waiting()) == [chat]
    now = fresh(chat)
    assert (now.agent, now.skill, now.asked_at) == (None, "exports", at)
    assert (now.turn, now.turn_since) == ("agent", at + MINUTE)
    assert now.ticket.assignee is None
    take_chat(chat, agent=cast.ben, at=at + 2 * MINUTE)
    assert fresh(chat).skill == ""


def test_a_chat_whose_agent_is_lost_waits_again(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    give_back(chat, at=at + MINUTE)
    give_back(chat, at=at + MINUTE)
    assert list(Chat.objects.waiting()) == [chat]
    assert kinds(chat)[-2:] == ["said", "left"]


def test_a_colleague_is_brought_in_and_leaves(cast: Cast, at: datetime) -> None:
    chat = taken(cast, at)
    with pytest.raises(NotInIt):
        join(chat, agent=cast.ben, at=at)
    for _ in range(2):
        invite(chat, agent=cast.ana, colleague=cast.ben, sentence="He knows exports.", at=at)
        join(chat, agent=cast.ben, at=at)
    assert is_in(chat, cast.ben)
    assert list(Chat.objects.of_agent(cast.ben)) == [chat]
    leave(chat, agent=cast.ben, at=at)
    assert kinds(chat) == ["said", "joined", "invited", "joined", "left"]
    assert not is_in(chat, cast.ben)
    assert fresh(chat).agent == cast.ana
