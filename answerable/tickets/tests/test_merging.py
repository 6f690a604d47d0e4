from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.tickets.actions import (
    CannotSplit,
    Sender,
    add_message,
    add_note,
    merge,
    put_on_hold,
    resolve,
    save_draft,
    split,
    unmerge,
)
from answerable.tickets.models import Draft, Ticket
from answerable.tickets.tests.openings import opened, verbs

MINUTE = timedelta(minutes=1)


@pytest.fixture
def three(cast: Cast, at: datetime) -> list[Ticket]:
    """Three tickets of Nordwind, the oldest first."""
    return [opened(cast.dana, at + number * MINUTE) for number in range(3)]


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_it_closes_the_newer_and_says_on_both_where_it_goes_on(
    cast: Cast, three: list[Ticket], at: datetime
) -> None:
    done = merge(three[1], three[0], agent=cast.ana, at=at)
    merged = fresh(three[1])
    assert (merged.state, merged.merged_into, done.was) == ("resolved", three[0], "open")
    assert three[1].events.get(verb="continued").data == {"to": three[0].pk}
    assert three[0].events.get(verb="merged").data["merged"] == three[1].pk


def test_it_opens_a_ticket_that_waits_when_somebody_waits_on_the_other(
    cast: Cast, three: list[Ticket], at: datetime
) -> None:
    resolve(three[0], agent=cast.ana, contact=None, reason="Done", at=at)
    merge(three[0], three[1], agent=cast.ana, at=at)
    assert fresh(three[0]).state == "open"


def test_it_takes_drafts_along_but_never_over_another(
    cast: Cast, three: list[Ticket], at: datetime
) -> None:
    save_draft(three[1], agent=cast.ana, mode="reply", body="Half a", at=at)
    save_draft(three[1], agent=cast.ben, mode="reply", body="His", at=at)
    save_draft(three[0], agent=cast.ben, mode="reply", body="His other", at=at)
    merge(three[0], three[1], agent=cast.lena, at=at)
    places = Draft.objects.order_by("pk").values_list("body", "ticket")
    assert list(places) == [
        ("Half a", three[0].pk),
        ("His", three[1].pk),
        ("His other", three[0].pk),
    ]


def test_it_goes_on_where_the_last_of_a_chain_goes_on_and_is_taken_apart_again(
    cast: Cast, three: list[Ticket], at: datetime
) -> None:
    merge(three[1], three[2], agent=cast.ana, at=at)
    second = merge(three[0], three[1], agent=cast.ana, at=at)
    message = add_message(three[2], sender=Sender(contact=cast.dana), body="?", at=at)
    assert (message.ticket, fresh(three[2]).merged_into) == (three[0], three[0])
    unmerge(second, agent=cast.ana, at=at)
    assert (fresh(three[1]).merged_into, fresh(three[2]).merged_into) == (None, three[1])
    assert verbs(three[0])[-1] == "unmerged"


def test_it_leaves_a_ticket_closed_that_was_closed_before(
    cast: Cast, three: list[Ticket], at: datetime
) -> None:
    resolve(three[1], agent=cast.ana, contact=None, reason="Done", at=at)
    done = merge(three[0], three[1], agent=cast.ana, at=at)
    unmerge(done, agent=cast.ana, at=at)
    assert (fresh(three[1]).state, verbs(three[1]).count("reopened")) == ("resolved", 0)


def test_what_nobody_could_verify_gains_nothing_by_being_split_off(
    cast: Cast, three: list[Ticket], at: datetime
) -> None:
    sender = Sender(name="Dana <dana@home.example>")
    message = add_message(three[0], sender=sender, body="More.", verified=False, at=at)
    new = split(message, agent=cast.ana, subject="", at=at)
    assert (new.state, new.requester, new.customer) == ("review", None, None)
    assert (new.follows, new.subject) == (three[0], "More.")


def test_a_note_cannot_be_split_off(cast: Cast, three: list[Ticket], at: datetime) -> None:
    note = add_note(three[0], agent=cast.ana, body="Known.", at=at)
    with pytest.raises(CannotSplit):
        split(note, agent=cast.ana, subject="", at=at)


def test_a_held_ticket_that_is_resolved_is_held_no_more(
    cast: Cast, three: list[Ticket], at: datetime
) -> None:
    put_on_hold(three[0], kind="vendor", reason="Looks", until=None, agent=cast.ana, at=at)
    resolve(three[0], agent=cast.ana, contact=None, reason="Done", at=at + MINUTE)
    assert three[0].holds.get().ended_at == at + MINUTE
    assert verbs(three[0])[-2:] == ["hold_ended", "resolved"]
