"""A chat from asking to its end."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.cast import Cast
from answerable.channels.chat.actions import (
    ChatOpen,
    ChatOver,
    Line,
    end_chat,
    say,
    see,
    take_chat,
)
from answerable.channels.chat.models import Chat
from answerable.channels.chat.queries import entries_after
from answerable.channels.chat.shown import state_data
from answerable.channels.chat.tests.chatting import MINUTE, SECOND, answered, begun, fresh
from answerable.channels.email.models import OutgoingMail
from answerable.sla.models import Clock


def test_both_sides_read_the_same_lines_in_the_servers_order(cast: Cast, at: datetime) -> None:
    chat = begun(cast, at)
    take_chat(chat, agent=cast.ana, at=at + MINUTE)
    say(chat, Line(body="Which exports?", token="a", agent=cast.ana), at=at + MINUTE)
    say(chat, Line(body="All of them", token="b", contact=cast.dana), at=at + 2 * MINUTE)
    said = [
        (one.seq, one.kind, one.message and one.message.body) for one in entries_after(chat, 0)
    ]
    assert said == [
        (1, "said", "Exports fail"),
        (2, "joined", None),
        (3, "said", "Which exports?"),
        (4, "said", "All of them"),
    ]
    assert [one.seq for one in entries_after(chat, 2)] == [3, 4]


def test_a_line_that_is_sent_again_is_there_once(cast: Cast, at: datetime) -> None:
    chat = begun(cast, at)
    line = Line(body="Are you there?", token="same", contact=cast.dana)
    assert say(chat, line, at=at).pk == say(chat, line, at=at + MINUTE).pk
    assert chat.ticket.messages.count() == 2


def test_of_two_agents_the_first_is_in(cast: Cast, at: datetime) -> None:
    chat = begun(cast, at)
    take_chat(chat, agent=cast.ana, at=at)
    assert take_chat(chat, agent=cast.ben, at=at).agent == cast.ana


def test_a_person_is_in_one_chat_at_a_time(cast: Cast, at: datetime) -> None:
    chat = begun(cast, at, submission="form-1")
    assert begun(cast, at, submission="form-1") == chat
    with pytest.raises(ChatOpen):
        begun(cast, at, submission="form-2")


def test_nothing_is_said_after_the_end(cast: Cast, at: datetime) -> None:
    chat = begun(cast, at)
    end_chat(chat, Chat.End.CONTACT, at=at)
    with pytest.raises(ChatOver):
        say(chat, Line(body="Wait", token="a", contact=cast.dana), at=at)


def test_what_is_said_in_a_chat_keeps_the_promise_and_is_not_mailed(
    cast: Cast, at: datetime
) -> None:
    chat = begun(cast, at)
    mails = OutgoingMail.objects.count()
    take_chat(chat, agent=cast.ana, at=at + MINUTE)
    say(chat, Line(body="I look at it", token="a", agent=cast.ana), at=at + MINUTE)
    clocks = Clock.objects.filter(ticket=chat.ticket, metric="first_response")
    assert [clock.met_at for clock in clocks] == [at + MINUTE]
    assert OutgoingMail.objects.count() == mails


def test_when_it_was_seen_is_that_of_the_newest_line_of_the_other_side(
    cast: Cast, at: datetime
) -> None:
    chat = answered(cast, at)
    see(chat, "contact", 3, at=at + SECOND)
    assert fresh(chat).contact_seen_at == at + SECOND
    say(chat, Line(body="All of them", token="d", contact=cast.dana), at=at + MINUTE)
    see(chat, "contact", 4, at=at + MINUTE)  # their own line
    assert (fresh(chat).contact_seen, fresh(chat).contact_seen_at) == (4, at + SECOND)
    see(chat, "agent", 4, at=at + 2 * MINUTE)
    see(chat, "agent", 4, at=at + 3 * MINUTE)
    state = state_data(fresh(chat))
    assert state["seen_at"] == {
        "contact": (at + SECOND).isoformat(),
        "agent": (at + 2 * MINUTE).isoformat(),
    }
