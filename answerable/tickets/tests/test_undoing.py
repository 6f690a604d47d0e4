"""Taking back what one did last, within a minute and unless somebody changed it meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.tickets.actions import (
    Wanted,
    answer,
    assign,
    merge,
    put_on_hold,
    reopen,
    request_callback,
    resolve,
    take,
)
from answerable.tickets.actions.undoing import (
    Kept,
    NothingToUndo,
    begin_undo,
    forget_undos,
    newest_undo,
    take_back_act,
    undoable,
)
from answerable.tickets.models import Callback, Hold, Ticket, TicketEvent, Undo
from answerable.tickets.tests.openings import opened, opening, verbs

SOON = timedelta(seconds=20)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def resolved(cast: Cast, ticket: Ticket, at: datetime) -> Undo:
    undo = begin_undo(agent=cast.ana, did="Resolved it.", at=at)
    with undoable(undo, ticket, "state") as held:
        resolve(held, agent=cast.ana, contact=None, reason="Done.", at=at)
    return undo


def taken(cast: Cast, ticket: Ticket, at: datetime) -> Undo:
    undo = begin_undo(agent=cast.ana, did="Took it.", at=at)
    with undoable(undo, ticket, "assignee") as held:
        take(held, agent=cast.ana, at=at)
    return undo


def test_what_was_resolved_is_open_again(cast: Cast, ticket: Ticket, at: datetime) -> None:
    resolved(cast, ticket, at)
    back = take_back_act(cast.ana, at=at + SOON)
    assert (back.did, back.done, back.kept) == ("Resolved it.", [ticket.pk], [])
    ticket.refresh_from_db()
    assert ticket.state == "open"
    assert verbs(ticket)[-2:] == ["undone", "reopened"]
    assert ticket.events.get(verb="undone").data == {"undid": "resolved", "way": "state"}


def test_who_waited_for_a_call_waits_again(cast: Cast, at: datetime) -> None:
    asked = opening(cast.dana, channel="callback")
    wanted = Wanted(phone="+4930123456", country="DE")
    call = request_callback(asked, wanted, contact=cast.dana, at=at)
    resolved(cast, call.ticket, at)
    assert Callback.objects.get().outcome == "closed"
    take_back_act(cast.ana, at=at + SOON)
    assert Callback.objects.waiting().get().outcome == ""


def test_what_waited_for_its_customer_waits_again(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    seen = TicketEvent.objects.order_by("-pk").values_list("pk", flat=True)[0]
    answer(ticket, agent=cast.ana, body="Done?", seen=seen, at=at)
    resolved(cast, ticket, at)
    take_back_act(cast.ana, at=at + SOON)
    ticket.refresh_from_db()
    assert ticket.state == "waiting"


def test_a_hold_is_taken_back_and_put_back(cast: Cast, ticket: Ticket, at: datetime) -> None:
    until = at + timedelta(days=1)
    undo = begin_undo(agent=cast.ana, did="Held it.", at=at)
    kind = Hold.Kind.VENDOR
    with undoable(undo, ticket, "state") as held:
        put_on_hold(held, kind=kind, reason="A fix", until=until, agent=cast.ana, at=at)
    resolved(cast, ticket, at)
    assert take_back_act(cast.ana, at=at + SOON).kept == []
    again = ticket.holds.get(ended_at=None)
    assert (again.kind, again.reason, again.until) == (kind, "A fix", until)
    assert take_back_act(cast.ana, at=at + SOON).kept == []
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_opening_again_is_taken_back(cast: Cast, ticket: Ticket, at: datetime) -> None:
    resolve(ticket, agent=cast.ana, contact=None, reason="Twice.", at=at)
    undo = begin_undo(agent=cast.ben, did="Opened it.", at=at)
    with undoable(undo, ticket, "state") as held:
        reopen(held, agent=cast.ben, contact=None, at=at)
    take_back_act(cast.ben, at=at + SOON)
    ticket.refresh_from_db()
    assert ticket.state == "resolved"
    reasons = ticket.events.filter(verb="resolved").values_list("data__reason", flat=True)
    assert list(reasons) == ["Twice.", "Twice."]


def test_the_newest_comes_first_and_each_once(cast: Cast, ticket: Ticket, at: datetime) -> None:
    taken(cast, ticket, at)
    resolved(cast, ticket, at)
    assert take_back_act(cast.ana, at=at + SOON).did == "Resolved it."
    assert take_back_act(cast.ana, at=at + SOON).did == "Took it."
    with pytest.raises(NothingToUndo):
        take_back_act(cast.ana, at=at + SOON)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.assignee) == ("open", None)


def test_it_can_be_taken_back_for_a_minute_and_by_its_agent(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    undo = taken(cast, ticket, at)
    with pytest.raises(NothingToUndo):
        take_back_act(cast.ben, number=undo.pk, at=at + SOON)
    with pytest.raises(NothingToUndo):
        take_back_act(cast.ana, at=at + timedelta(seconds=60))
    ticket.refresh_from_db()
    assert ticket.assignee == cast.ana


def test_what_somebody_changed_meanwhile_stays_and_is_said(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    taken(cast, ticket, at)
    assign(ticket, to=cast.chidi, agent=cast.ben, at=at)
    back = take_back_act(cast.ana, at=at + SOON)
    assert back.done == []
    assert back.kept == [Kept(ticket.pk, who="Ben Adler", verb="assigned")]
    ticket.refresh_from_db()
    assert ticket.assignee == cast.chidi


def test_a_merge_is_taken_back(cast: Cast, ticket: Ticket, at: datetime) -> None:
    other = opened(cast.dana, at)
    undo = begin_undo(agent=cast.ana, did="Merged.", at=at)
    with undoable(undo, other, "merge") as held:
        merge(ticket, held, agent=cast.ana, at=at)
    take_back_act(cast.ana, at=at + SOON)
    other.refresh_from_db()
    assert (other.state, other.merged_into) == ("open", None)


def test_what_changed_nothing_leaves_nothing(cast: Cast, ticket: Ticket, at: datetime) -> None:
    taken(cast, ticket, at)
    take_back_act(cast.ana, at=at + SOON)
    undo = begin_undo(agent=cast.ana, did="Nothing.", at=at)
    with undoable(undo, ticket, "state", "assignee"):
        pass
    assert newest_undo(cast.ana, at=at) is None


def test_old_ones_are_forgotten(cast: Cast, ticket: Ticket, at: datetime) -> None:
    taken(cast, ticket, at)
    assert forget_undos(at=at + timedelta(hours=23)) == 0
    assert forget_undos(at=at + timedelta(hours=25)) == 1
    assert not Undo.objects.exists()
