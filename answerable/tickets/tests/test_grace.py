"""A reply waits a moment in which its writer can take it back; then it has left for good."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.tickets import actions
from answerable.tickets.actions import Answer, HasLeft, NewerMessages, Sender
from answerable.tickets.core.grace import HANDING_OVER, grace, may_wait
from answerable.tickets.models import Message, Ticket
from answerable.tickets.tests.openings import opened

TEN = timedelta(seconds=10)
LATEST = 2**62


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def reply(ticket: Ticket, agent: Agent, at: datetime, body: str = "Fixed.") -> Message:
    said = Answer(agent, body, LATEST, grace=lambda ticket, at: TEN)
    return actions.send(ticket, said, at=at)


def state(ticket: Ticket) -> str:
    ticket.refresh_from_db()
    return ticket.state


def test_until_it_leaves_its_ticket_stands_as_it_stood(
    ticket: Ticket, cast: Cast, at: datetime
) -> None:
    message = reply(ticket, cast.ana, at)
    assert message.leaves_at == at + TEN
    assert state(ticket) == "open"
    assert ticket.last_line != "Fixed."
    actions.leave(message, at=at + TEN)
    assert state(ticket) == "waiting"
    assert ticket.last_line == "Fixed."
    actions.leave(message, at=at + TEN)
    assert ticket.events.filter(verb="left").count() == 1


def test_what_is_taken_back_is_a_draft_again(ticket: Ticket, cast: Cast, at: datetime) -> None:
    message = reply(ticket, cast.ana, at, "Fixed.\nBye")
    actions.save_draft(ticket, agent=cast.ana, mode="reply", body="One more thing", at=at)
    actions.take_back(message, agent=cast.ana, at=at)
    assert ticket.drafts.get().body == "Fixed.\nBye\n\nOne more thing"
    assert state(ticket) == "open"
    assert not ticket.messages.filter(kind="reply").exists()
    with pytest.raises(HasLeft):
        actions.take_back(message, agent=cast.ana, at=at)


def test_it_is_too_late_once_it_has_left(ticket: Ticket, cast: Cast, at: datetime) -> None:
    message = reply(ticket, cast.ana, at)
    actions.leave(message, at=at + TEN)
    with pytest.raises(HasLeft):
        actions.take_back(message, agent=cast.ana, at=at + TEN)
    assert ticket.drafts.count() == 0


def test_nobody_else_takes_it_back(ticket: Ticket, cast: Cast, at: datetime) -> None:
    message = reply(ticket, cast.ana, at)
    with pytest.raises(HasLeft):
        actions.take_back(message, agent=cast.ben, at=at)
    message.refresh_from_db()
    assert message.kind == "reply"


def test_it_stops_a_second_reply_as_long_as_it_stands(
    ticket: Ticket, cast: Cast, at: datetime
) -> None:
    seen = ticket.events.latest("pk").pk
    message = reply(ticket, cast.ana, at)
    bens = Answer(cast.ben, "Me too.", seen)
    with pytest.raises(NewerMessages):
        actions.send(ticket, bens, at=at)
    actions.take_back(message, agent=cast.ana, at=at)
    assert actions.send(ticket, bens, at=at).body == "Me too."


def test_the_same_words_are_sent_after_they_were_taken_back(
    ticket: Ticket, cast: Cast, at: datetime
) -> None:
    seen = ticket.events.latest("pk").pk
    first = reply(ticket, cast.ana, at)
    actions.take_back(first, agent=cast.ana, at=at)
    again = actions.send(ticket, Answer(cast.ana, "Fixed.", seen), at=at)
    assert again != first
    assert ticket.drafts.count() == 0


def test_it_says_nothing_about_a_ticket_that_went_on_meanwhile(
    ticket: Ticket, cast: Cast, at: datetime
) -> None:
    message = reply(ticket, cast.ana, at)
    sender = Sender(contact=cast.dana)
    actions.add_message(ticket, sender=sender, body="And EU-2?", at=at)
    actions.leave(message, at=at + TEN)
    assert state(ticket) == "open"
    assert ticket.last_line == "And EU-2?"


def test_what_was_resolved_meanwhile_stays_so(ticket: Ticket, cast: Cast, at: datetime) -> None:
    message = reply(ticket, cast.ana, at)
    actions.resolve(ticket, agent=cast.ana, contact=None, reason="", at=at)
    actions.leave(message, at=at + TEN)
    assert state(ticket) == "resolved"


def test_a_reply_taken_back_after_it_overtakes_nothing(
    ticket: Ticket, cast: Cast, at: datetime
) -> None:
    first = reply(ticket, cast.ana, at)
    second = reply(ticket, cast.ana, at, "No, wait.")
    actions.take_back(second, agent=cast.ana, at=at)
    actions.leave(first, at=at + TEN)
    assert state(ticket) == "waiting"


SECONDS = st.floats(-1000, 100_000).map(lambda s: timedelta(seconds=s))
LONGEST = st.integers(0, 30).map(lambda s: timedelta(seconds=s))


@given(longest=LONGEST, left=st.none() | SECONDS)
def test_d_12_no_grace_breaks_a_promise(longest: timedelta, left: timedelta | None) -> None:
    given_ = grace(longest, left)
    assert timedelta(0) <= given_ <= longest
    if left is not None and given_:
        assert given_ + HANDING_OVER <= left


@pytest.mark.parametrize(
    ("longest", "left", "seconds"),
    [(10, None, 10), (10, 3600, 10), (10, 15, 10), (10, 14.9, 0), (10, -60, 0), (30, 20, 15)],
)
def test_it_shortens_to_what_the_promise_allows(
    longest: int, left: float | None, seconds: int
) -> None:
    allowed = None if left is None else timedelta(seconds=left)
    assert grace(timedelta(seconds=longest), allowed) == timedelta(seconds=seconds)


def test_it_may_wait_while_there_is_time_to_hand_it_over(at: datetime) -> None:
    assert may_wait(at, at + HANDING_OVER)
    assert not may_wait(at, at + HANDING_OVER - timedelta(microseconds=1))
