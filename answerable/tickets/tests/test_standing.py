"""A vendor's own words for states, and what of its work comes first: no clock knows them."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.cast import Cast
from answerable.tickets.actions import resolve
from answerable.tickets.actions.filing import (
    OtherState,
    retire_status,
    save_status,
    set_priority,
    set_status,
)
from answerable.tickets.models import Status, Ticket
from answerable.tickets.tests.openings import opened, verbs


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def status(category: str, name: str, *, is_usual: bool = False) -> Status:
    made = Status(category=category, names={"en": name}, is_usual=is_usual)
    save_status(made)
    return made


def test_a_word_for_a_state_goes_with_it(cast: Cast, ticket: Ticket, at: datetime) -> None:
    testing = status("open", "In test")
    assert set_status(ticket, testing, agent=cast.ana, at=at) is None
    assert set_status(ticket, testing, agent=cast.ana, at=at) == testing
    assert verbs(ticket).count("status_set") == 1
    resolve(ticket, agent=cast.ana, contact=None, reason="Done", at=at)
    ticket.refresh_from_db()
    assert ticket.status is None


def test_a_word_for_another_state_is_refused(cast: Cast, ticket: Ticket, at: datetime) -> None:
    with pytest.raises(OtherState):
        set_status(ticket, status("held", "At the factory"), agent=cast.ana, at=at)


def test_one_word_of_a_state_is_its_usual_one(cast: Cast, ticket: Ticket, at: datetime) -> None:
    first, second = (status("open", name, is_usual=True) for name in ("New", "Active"))
    first.refresh_from_db()
    assert (first.is_usual, second.is_usual) == (False, True)
    set_status(ticket, second, agent=cast.ana, at=at)
    retire_status(second, at=at)
    ticket.refresh_from_db()
    assert ticket.status is None


def test_a_priority_moves_no_promise(cast: Cast, ticket: Ticket, at: datetime) -> None:
    urgent = Ticket.Priority.URGENT
    before = verbs(ticket)
    assert set_priority(ticket, urgent, agent=cast.ana, at=at) == Ticket.Priority.NORMAL
    assert set_priority(ticket, urgent, agent=cast.ana, at=at) == urgent
    assert verbs(ticket) == [*before, "priority_set"]
