"""What was said is changed within a minute."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.cast import Cast
from answerable.channels.chat.actions import (
    FirstLine,
    Line,
    NotTheirs,
    OnlyAnswer,
    TooLate,
    edit,
    say,
    unsay,
)
from answerable.channels.chat.queries import entries_after
from answerable.channels.chat.shown import entry_data
from answerable.channels.chat.tests.chatting import (
    MINUTE,
    SECOND,
    answered,
    fresh,
    kinds,
    taken,
)


def test_both_sides_read_what_a_line_says_now(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    edit(chat, 3, "Which of the exports?", writer=cast.ana, at=at + 59 * SECOND)
    for side in ("agent", "contact"):
        shown = [entry_data(entry, side) for entry in entries_after(chat, 2)]
        assert [(one["kind"], one["of"], one["html"]) for one in shown] == [
            ("said", None, "Which of the exports?"),
            ("edited", 3, "Which of the exports?"),
        ]


def test_an_edit_that_is_sent_again_is_one(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    first = edit(chat, 3, "What?", writer=cast.ana, at=at)
    assert edit(chat, 3, "What?", writer=cast.ana, at=at) == first
    assert kinds(chat) == ["said", "joined", "said", "edited"]


def test_after_a_minute_it_stays(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    with pytest.raises(TooLate):
        edit(chat, 3, "What?", writer=cast.ana, at=at + MINUTE + SECOND)
    with pytest.raises(TooLate):
        unsay(chat, 1, writer=cast.dana, at=at + MINUTE + SECOND)


def test_nobody_changes_what_others_said(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    for writer in (cast.dana, cast.ben):
        with pytest.raises(NotTheirs):
            edit(chat, 3, "What?", writer=writer, at=at)
    with pytest.raises(NotTheirs):
        unsay(chat, 2, writer=cast.ana, at=at)


def test_what_was_deleted_is_read_nowhere(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    say(chat, Line(body="My password is x", token="d", contact=cast.dana), at=at)
    edit(chat, 4, "My password is y", writer=cast.dana, at=at)
    gone = unsay(chat, 4, writer=cast.dana, at=at + SECOND)
    assert unsay(chat, 4, writer=cast.dana, at=at + SECOND) == gone
    shown = [entry_data(entry, "agent") for entry in entries_after(chat, 3)]
    assert "password" not in str(shown)
    assert [one["deleted"] for one in shown] == [True, True, False]
    assert shown[-1]["html"] == "Dana Wolf deleted a message"
    entries = chat.entries.values_list("data", flat=True)
    assert "password" not in str(list(entries))
    chat.ticket.refresh_from_db()
    assert chat.ticket.last_line == "Which exports?"


def test_the_only_answer_to_a_customer_stays(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    with pytest.raises(OnlyAnswer):
        unsay(chat, 3, writer=cast.ana, at=at)
    say(chat, Line(body="All of them?", token="ana-2", agent=cast.ana), at=at)
    unsay(chat, 3, writer=cast.ana, at=at)
    with pytest.raises(OnlyAnswer):
        unsay(chat, 4, writer=cast.ana, at=at)
    assert fresh(chat).turn == "contact"


def test_what_a_request_began_with_is_edited_but_stays(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    with pytest.raises(FirstLine):
        unsay(chat, 1, writer=cast.dana, at=at + SECOND)
    edit(chat, 1, "Imports fail", writer=cast.dana, at=at + SECOND)
    assert kinds(chat) == ["said", "joined", "said", "edited"]


def test_a_request_is_called_by_the_words_that_it_began_with(cast: Cast, at: datetime) -> None:
    chat = taken(cast, at)
    assert chat.ticket.subject == "Exports fail"
    edit(chat, 1, "Imports fail\nsince noon", writer=cast.dana, at=at + SECOND)
    chat.ticket.refresh_from_db()
    assert chat.ticket.subject == "Imports fail"
    say(chat, Line(body="All of them", token="2", contact=cast.dana), at=at + SECOND)
    edit(chat, 4, "Half of them", writer=cast.dana, at=at + 2 * SECOND)
    chat.ticket.refresh_from_db()
    assert chat.ticket.subject == "Imports fail"
