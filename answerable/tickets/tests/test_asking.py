from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.tickets.actions import (
    Attempt,
    Empty,
    First,
    NotConnected,
    OtherCustomer,
    Result,
    ask_for_another_look,
    dismiss,
    hand_over,
    mark_undelivered,
    record_call_attempt,
    set_severity,
    write_first,
)
from answerable.tickets.models import SeverityChange, Ticket
from answerable.tickets.tests.openings import opened, verbs

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def test_a_connected_call_needs_its_instant_and_may_get_a_summary_later(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    unsaid = Attempt(result=Result.CONNECTED, dialed_at=at)
    with pytest.raises(NotConnected):
        record_call_attempt(ticket, unsaid, agent=cast.ana, at=at)
    silent = Attempt(result=Result.CONNECTED, dialed_at=at, connected_at=at, summary=" ")
    record_call_attempt(ticket, silent, agent=cast.ana, at=at)
    assert verbs(ticket)[-1] == "call_connected" or "clock" in verbs(ticket)[-1]
    assert not ticket.messages.filter(kind="note").exists()


def test_a_reason_is_needed_to_ask_for_another_look_and_the_same_customer(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    with pytest.raises(Empty):
        ask_for_another_look(ticket, contact=cast.dana, reason=" ", at=at)
    with pytest.raises(OtherCustomer):
        ask_for_another_look(ticket, contact=cast.olive, reason="Slow", at=at)


def test_what_needs_no_answer_waits_for_the_customer_again(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    dismiss(ticket, agent=cast.ana, reason="A newsletter", at=at)
    ticket.refresh_from_db()
    assert (ticket.state, verbs(ticket)[-1]) == ("waiting", "dismissed")


def test_mail_goes_to_who_asks_now(cast: Cast, ticket: Ticket, at: datetime) -> None:
    hand_over(ticket, to=cast.kim, agent=cast.ana, at=at)
    ticket.refresh_from_db()
    assert (ticket.requester, ticket.sender_email) == (cast.kim, cast.kim.email)
    assert ticket.events.get(verb="handed_over").data == {"from": "Dana Wolf", "to": "Kim Park"}


def test_a_ticket_of_ours_waits_for_its_customer_and_acknowledges_nothing(
    cast: Cast, at: datetime
) -> None:
    first = First(contact=cast.dana, subject="Renewal", body="Hello.")
    ticket = write_first(first, agent=cast.ana, at=at)
    assert (ticket.state, ticket.assignee) == ("waiting", cast.ana)
    assert verbs(ticket) == ["opened", "answered"]
    assert OutgoingMail.objects.get(ticket=ticket).kind == "reply"


def test_a_severity_is_in_force_at_once_and_its_reason_goes_out(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    set_severity(ticket, "business_critical", by=cast.ana, reason="Nobody can work.", at=at)
    ticket.refresh_from_db()
    change = SeverityChange.objects.get()
    assert (ticket.severity, change.in_force_at) == ("business_critical", at)
    assert OutgoingMail.objects.filter(message=change.notice, kind="notice").exists()


def test_a_severity_whose_reason_did_not_arrive_is_not_in_force(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    change = set_severity(
        ticket, "low", by=cast.ana, reason="It looks wrong.", at=at, told_first=True
    )
    assert change.notice
    mark_undelivered(change.notice, why="mailbox full", at=at + MINUTE)
    ticket.refresh_from_db()
    assert (ticket.severity, SeverityChange.objects.get().in_force_at) == ("standard", None)
    assert "severity_changed" not in verbs(ticket)
