"""Replies that wait for a time or for a colleague: sent once, or a draft again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.files.actions import Content, Waiting, put
from answerable.tickets.actions import Answer, Sender, add_message, merge
from answerable.tickets.actions.preparing import (
    AlreadyPrepared,
    NotTheReviewer,
    NotWaiting,
    TimeHasPassed,
    Until,
    approve_reply,
    call_off,
    prepare_reply,
    return_reply,
    send_prepared,
)
from answerable.tickets.models import Draft, Message, PreparedReply, Ticket
from answerable.tickets.places import owner_of, place_of
from answerable.tickets.tests.openings import opened, verbs

HOUR = timedelta(hours=1)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def prepared(
    cast: Cast, ticket: Ticket, at: datetime, *, reviewed: bool = False
) -> PreparedReply:
    until = Until(reviewer=cast.ben) if reviewed else Until(send_at=at + HOUR)
    owner, place = owner_of(cast.ana), place_of(ticket.pk, "reply")
    content = Content(lambda: [b"exports: 0"])
    log = put(owner, place, content=content, name="log.txt", declared="text/plain", at=at)
    files = Waiting(owner, place, (log.pk,))
    said = Answer(
        cast.ana, "It is fixed.", _last(ticket), data={"to": ["dana@nordwind.example"]}
    )
    return prepare_reply(ticket, said, until, files, at=at)


def _last(ticket: Ticket) -> int:
    return ticket.events.order_by("-pk").values_list("pk", flat=True)[0]


def replies(ticket: Ticket) -> list[str]:
    kept = ticket.messages.filter(kind=Message.Kind.REPLY)
    return [f"{m.body} {[a.name for a in m.attachments.all()]}" for m in kept]


def test_it_is_sent_at_its_time_with_its_files(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    prepared(cast, ticket, at)
    assert send_prepared(at=at + HOUR - timedelta(seconds=1)) == 0
    assert replies(ticket) == []
    assert send_prepared(at=at + HOUR) == 1
    assert replies(ticket) == ["It is fixed. ['log.txt']"]
    assert send_prepared(at=at + HOUR) == 0


def test_who_writes_meanwhile_holds_it_back(cast: Cast, ticket: Ticket, at: datetime) -> None:
    prepared(cast, ticket, at)
    add_message(ticket, sender=Sender(contact=cast.dana), body="Any news?", at=at)
    send_prepared(at=at + HOUR)
    assert replies(ticket) == []
    draft = Draft.objects.get()
    assert (draft.body, draft.data) == ("It is fixed.", {"to": ["dana@nordwind.example"]})
    assert verbs(ticket)[-1] == "reply_overtaken"


def test_its_writer_takes_it_back_with_its_files(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    waits = prepared(cast, ticket, at)
    with pytest.raises(NotTheReviewer):
        call_off(waits, agent=cast.ben, at=at)
    call_off(waits, agent=cast.ana, at=at)
    with pytest.raises(NotWaiting):
        call_off(waits, agent=cast.ana, at=at)
    again = prepared(cast, ticket, at)
    send_prepared(at=at + HOUR)
    assert replies(ticket) == ["It is fixed. ['log.txt']"]
    assert again.pk != waits.pk


def test_a_colleague_approves_it_in_its_writers_name(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    waits = prepared(cast, ticket, at, reviewed=True)
    with pytest.raises(NotTheReviewer):
        approve_reply(waits, reviewer=cast.chidi, at=at)
    assert send_prepared(at=at + HOUR) == 0
    sent = approve_reply(waits, reviewer=cast.ben, at=at)
    assert sent
    assert sent.agent == cast.ana
    with pytest.raises(NotWaiting):
        approve_reply(waits, reviewer=cast.ben, at=at)
    assert len(replies(ticket)) == 1


def test_a_colleague_sends_it_back_with_a_sentence(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    waits = prepared(cast, ticket, at, reviewed=True)
    return_reply(waits, reviewer=cast.ben, words="Name the region.", at=at)
    assert Draft.objects.get().body == "It is fixed."
    last = ticket.events.order_by("-pk")[0]
    assert (last.verb, last.data["words"]) == ("reply_returned", "Name the region.")


def test_one_waits_at_a_time_and_none_in_the_past(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    prepared(cast, ticket, at)
    with pytest.raises(AlreadyPrepared):
        prepared(cast, ticket, at)
    other = opened(cast.dana, at)
    said = Answer(cast.ana, "It is fixed.", _last(other))
    with pytest.raises(TimeHasPassed):
        prepare_reply(other, said, Until(send_at=at), Waiting("agent-1", "reply-1"), at=at)


def test_it_follows_its_ticket_into_another(cast: Cast, at: datetime) -> None:
    kept, merged = opened(cast.dana, at), opened(cast.dana, at + timedelta(seconds=1))
    prepared(cast, merged, at)
    merge(kept, merged, agent=cast.lena, at=at)
    assert PreparedReply.objects.get().ticket == kept
