"""What is said on a ticket, and whether it arrives."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.live.models import LiveEvent
from answerable.tickets.actions import (
    Empty,
    NewerMessages,
    Sender,
    TooLong,
    add_message,
    add_note,
    answer,
    mark_delivered,
    mark_undelivered,
    resolve,
    save_draft,
)
from answerable.tickets.actions.messages import newer_messages
from answerable.tickets.models import Draft, Message, Ticket
from answerable.tickets.tests.openings import opened, verbs

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def seen(ticket: Ticket) -> int:
    """The last event that an agent has on the page now."""
    return max(ticket.events.values_list("pk", flat=True))


def state(ticket: Ticket) -> str:
    ticket.refresh_from_db()
    return ticket.state


def test_it_waits_for_the_customer_after_a_reply(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = answer(
        ticket, agent=cast.ana, body="Use it.\r\nBye.", seen=seen(ticket), at=at + MINUTE
    )
    assert state(ticket) == "waiting"
    assert (ticket.last_at, ticket.last_line) == (at + MINUTE, "Use it.")
    assert (message.kind, message.body, message.author) == (
        "reply",
        "Use it.\nBye.",
        "Ana Silva",
    )
    assert message.delivered_at is None


def test_it_waits_for_us_once_the_customer_writes(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    answer(ticket, agent=cast.ana, body="Use it.", seen=seen(ticket), at=at)
    add_message(ticket, sender=Sender(contact=cast.dana), body="It fails.", at=at + MINUTE)
    assert state(ticket) == "open"
    assert ticket.last_line == "It fails."


def test_it_opens_a_resolved_ticket_when_the_customer_writes(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    resolve(ticket, agent=None, contact=cast.dana, reason="", at=at)
    add_message(ticket, sender=Sender(contact=cast.dana), body="It fails.", at=at)
    assert state(ticket) == "open"
    assert verbs(ticket)[-3:] == ["wrote", "reopened", "clock_reopened"]


def test_it_leaves_a_strangers_ticket_for_review_however_often_they_write(
    cast: Cast, at: datetime
) -> None:
    ticket = opened(None, at)
    add_message(ticket, sender=Sender(email="n@elsewhere.example"), body="Well?", at=at)
    assert state(ticket) == "review"


def test_it_keeps_and_marks_what_somebody_unverified_wrote(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    sender = Sender(name="Dana\x00 Wolf", email="dana@elsewhere.example")
    message = add_message(ticket, sender=sender, body="Hi", at=at, verified=False)
    message.refresh_from_db()
    assert (message.verified, message.contact, message.author) == (False, None, "Dana Wolf")


def test_it_stops_a_reply_to_a_customer_who_wrote_meanwhile(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    looked = seen(ticket)
    wrote = add_message(ticket, sender=Sender(contact=cast.dana), body="Solved!", at=at)
    with pytest.raises(NewerMessages) as stopped:
        answer(ticket, agent=cast.ana, body="Use it.", seen=looked, at=at)
    assert stopped.value.messages == [wrote]
    assert not Message.objects.filter(kind="reply").exists()
    assert answer(ticket, agent=cast.ana, body="Good.", seen=seen(ticket), at=at)


def test_it_does_not_stop_a_reply_for_notes_or_deliveries(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = answer(ticket, agent=cast.ana, body="Use it.", seen=seen(ticket), at=at)
    looked = seen(ticket)
    add_note(ticket, agent=cast.ben, body="Known.", at=at)
    mark_delivered(message, at=at)
    assert newer_messages(ticket, looked) == []
    assert answer(ticket, agent=cast.ana, body="And this.", seen=looked, at=at)


def test_it_keeps_a_note_from_the_customer(cast: Cast, ticket: Ticket, at: datetime) -> None:
    before = state(ticket)
    told = set(LiveEvent.objects.values_list("pk", flat=True))
    note = add_note(ticket, agent=cast.ana, body="Known since Friday.", at=at + MINUTE)
    assert note.kind not in Message.PUBLIC
    assert (state(ticket), ticket.last_at) == (before, at)
    topics = LiveEvent.objects.exclude(pk__in=told).values_list("topic", flat=True)
    assert set(topics) == {f"ticket-{ticket.pk}", "queue-all"}


def test_it_is_delivered_once_at_the_first_instant(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = answer(ticket, agent=cast.ana, body="Use it.", seen=seen(ticket), at=at)
    mark_delivered(message, at=at + MINUTE)
    mark_delivered(message, at=at + 2 * MINUTE)
    message.refresh_from_db()
    assert message.delivered_at == at + MINUTE
    assert verbs(ticket).count("delivered") == 1


def test_it_is_open_again_when_a_reply_did_not_arrive(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = answer(ticket, agent=cast.ana, body="Use it.", seen=seen(ticket), at=at)
    mark_undelivered(message, why="mailbox full " * 100, at=at)
    assert state(ticket) == "open"
    event = ticket.events.get(verb="undelivered")
    assert event.data["why"].startswith("mailbox full")
    assert len(event.data["why"]) == 500


@pytest.mark.parametrize("body", [" ", "\x00", "x" * 10_001])
def test_it_refuses_what_says_nothing_or_too_much(
    cast: Cast, ticket: Ticket, at: datetime, body: str
) -> None:
    with pytest.raises((Empty, TooLong)):
        answer(ticket, agent=cast.ana, body=body, seen=seen(ticket), at=at)
    with pytest.raises((Empty, TooLong)):
        add_note(ticket, agent=cast.ana, body=body, at=at)
    assert (state(ticket), ticket.messages.count()) == ("open", 1)


def drafts(ticket: Ticket) -> dict[tuple[str, str], str]:
    rows = Draft.objects.filter(ticket=ticket).select_related("agent")
    return {(draft.agent.name, draft.mode): draft.body for draft in rows}


def test_it_keeps_a_draft_by_writer_and_mode(cast: Cast, ticket: Ticket, at: datetime) -> None:
    save_draft(ticket, agent=cast.ana, mode="reply", body="Use", at=at)
    save_draft(ticket, agent=cast.ana, mode="reply", body="Use\x00 it", at=at)
    save_draft(ticket, agent=cast.ana, mode="note", body="Known", at=at)
    save_draft(ticket, agent=cast.ben, mode="reply", body="Try", at=at)
    assert drafts(ticket) == {
        ("Ana Silva", "reply"): "Use it",
        ("Ana Silva", "note"): "Known",
        ("Ben Adler", "reply"): "Try",
    }


def test_it_forgets_a_draft_that_was_sent_and_no_other(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    for mode in ("reply", "note"):
        save_draft(ticket, agent=cast.ana, mode=mode, body="Use", at=at)
    save_draft(ticket, agent=cast.ben, mode="reply", body="Try", at=at)
    answer(ticket, agent=cast.ana, body="Use it.", seen=seen(ticket), at=at)
    assert set(drafts(ticket)) == {("Ana Silva", "note"), ("Ben Adler", "reply")}
    add_note(ticket, agent=cast.ana, body="Known.", at=at)
    assert set(drafts(ticket)) == {("Ben Adler", "reply")}


def test_it_keeps_the_draft_of_a_reply_that_was_stopped(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    looked = seen(ticket)
    save_draft(ticket, agent=cast.ana, mode="reply", body="Use", at=at)
    add_message(ticket, sender=Sender(contact=cast.dana), body="Solved!", at=at)
    with pytest.raises(NewerMessages):
        answer(ticket, agent=cast.ana, body="Use it.", seen=looked, at=at)
    assert drafts(ticket) == {("Ana Silva", "reply"): "Use"}


def test_it_forgets_an_emptied_draft(cast: Cast, ticket: Ticket, at: datetime) -> None:
    save_draft(ticket, agent=cast.ana, mode="reply", body="Use", at=at)
    save_draft(ticket, agent=cast.ana, mode="reply", body=" \n", at=at)
    assert drafts(ticket) == {}


def test_a_reply_that_arrives_again_is_the_one_that_is_there(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    looked = seen(ticket)
    first = answer(ticket, agent=cast.ana, body="Use it.", seen=looked, at=at)
    add_message(ticket, sender=Sender(contact=cast.dana), body="Thanks.", at=at + MINUTE)
    again = answer(ticket, agent=cast.ana, body="Use it.", seen=looked, at=at + 2 * MINUTE)
    assert again == first
    assert ticket.messages.filter(kind="reply").count() == 1
    assert state(ticket) == "open"
    with pytest.raises(NewerMessages):
        answer(ticket, agent=cast.ben, body="Use it.", seen=looked, at=at + 2 * MINUTE)


def test_so_is_a_note_but_not_for_ever(cast: Cast, ticket: Ticket, at: datetime) -> None:
    first = add_note(ticket, agent=cast.ana, body="Called her.", at=at)
    assert add_note(ticket, agent=cast.ana, body="Called her.", at=at + MINUTE) == first
    assert add_note(ticket, agent=cast.ben, body="Called her.", at=at + MINUTE) != first
    assert add_note(ticket, agent=cast.ana, body="Called her.", at=at + 11 * MINUTE) != first
