"""What third parties answer by mail comes back beside the ticket, and never into it."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from answerable.cast import Cast
from answerable.channels.email import ours
from answerable.channels.email.core.token import (
    SideReply,
    make_side_token,
    read_desk_token,
    read_side_token,
    read_token,
)
from answerable.channels.email.models import InboundMail, OutgoingMail
from answerable.channels.email.tests.post import mail_of, queued, receive, send_all
from answerable.routing.models import Notice
from answerable.sla.models import Clock
from answerable.tickets import actions as tickets
from answerable.tickets.access import messages_as_contact
from answerable.tickets.actions import SideOpening
from answerable.tickets.models import Message, SideMessage, SideThread, Ticket
from answerable.tickets.tests.openings import opened

PRIYA = "priya@cloud.example"
KEY = b"key"


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at, subject="Exports fail")


@pytest.fixture
def asked(ticket: Ticket, cast: Cast) -> SideMessage:
    """Ana asks the vendor's hoster."""
    opening = SideOpening(
        people={PRIYA: "Priya Rao"}, subject="Disk of export-3", body="Is the disk full?"
    )
    return tickets.open_side(ticket, opening, agent=cast.ana, at=now())


def address_of(asked: SideMessage) -> str:
    return ours.side_reply_address(asked.thread_id, asked.thread.people.get().pk)


def answered(asked: SideMessage, body: str = "It was.", sender: str = PRIYA) -> InboundMail:
    return receive(mail_of(sender, body), at=now(), to=address_of(asked))


def test_it_goes_out_and_says_nothing_of_the_ticket(asked: SideMessage, ticket: Ticket) -> None:
    (sent,) = queued("side")
    assert sent.ticket is None
    (mail,) = (one for one in send_all() if one.message_id == sent.mail_id)
    parsed = message_from_bytes(bytes(mail.raw), policy=policy.default)
    assert parsed["To"] == "Priya Rao <priya@cloud.example>"
    assert parsed["Subject"] == "Disk of export-3"
    assert parsed["From"].startswith('"Ana Silva')
    assert parsed["Reply-To"] == address_of(asked)
    assert f"#{ticket.pk}" not in bytes(mail.raw).decode()
    assert "/requests/" not in bytes(mail.raw).decode()
    asked.refresh_from_db()
    assert asked.delivered_at


def test_an_answer_comes_back_beside_the_ticket(
    asked: SideMessage, ticket: Ticket, cast: Cast
) -> None:
    before = list(ticket.messages.values_list("pk", flat=True))
    mail = answered(asked, "It was full.")
    assert (mail.state, mail.ticket) == (InboundMail.State.ACCEPTED, None)
    answer = asked.thread.messages.last()
    assert answer
    assert (answer.author, answer.body) == ("Priya Rao", "It was full.")
    assert list(ticket.messages.values_list("pk", flat=True)) == before
    user_messages = (
        messages_as_contact(cast.dana.user) if cast.dana.user else Message.objects.none()
    )
    assert not user_messages.filter(body__contains="full").exists()
    assert Notice.objects.filter(agent=cast.ana, event__verb="side_answered").exists()


def test_no_clock_and_no_state_of_the_ticket_moves(asked: SideMessage, ticket: Ticket) -> None:
    send_all()
    answered(asked)
    ticket.refresh_from_db()
    assert ticket.state == Ticket.State.OPEN
    first = Clock.objects.get(ticket=ticket, metric=Clock.Metric.FIRST_RESPONSE)
    assert (first.outcome, first.answered_at) == ("running", None)


def test_who_is_not_asked_is_unverified(asked: SideMessage) -> None:
    answered(asked, sender="somebody@elsewhere.example")
    answer = asked.thread.messages.last()
    assert answer
    assert (answer.doubt, answer.author) == ("stranger", "somebody@elsewhere.example")


def test_even_the_customer_reaches_the_side_alone(asked: SideMessage, ticket: Ticket) -> None:
    answered(asked, sender="dana@nordwind.example")
    assert ticket.messages.count() == 1
    assert asked.thread.messages.count() == 2


def test_even_an_agent_reaches_the_side_alone(asked: SideMessage, ticket: Ticket) -> None:
    answered(asked, sender="ben@answerable.example")
    assert ticket.messages.count() == 1
    assert not OutgoingMail.objects.filter(kind="reply").exists()


def test_an_answer_without_the_token_is_known_by_what_it_answers(asked: SideMessage) -> None:
    reference = queued("side")[0].mail_id
    receive(mail_of(PRIYA, "Yes.", In_Reply_To=reference), at=now())
    assert asked.thread.messages.count() == 2


def test_the_next_mail_threads_at_theirs(asked: SideMessage, cast: Cast) -> None:
    receive(
        mail_of(PRIYA, "It was.", Message_ID="<p1@cloud.example>"),
        at=now(),
        to=address_of(asked),
    )
    tickets.write_side(asked.thread, body="Thank you.", agent=cast.ana, at=now())
    sent = queued("side")[-1]
    (mail,) = (one for one in send_all() if one.message_id == sent.mail_id)
    parsed = message_from_bytes(bytes(mail.raw), policy=policy.default)
    assert parsed["In-Reply-To"] == "<p1@cloud.example>"
    assert parsed["Subject"] == "Re: Disk of export-3"


def test_what_the_customer_gets_refers_to_none_of_it(
    asked: SideMessage, ticket: Ticket, cast: Cast
) -> None:
    answered(asked)
    tickets.answer(ticket, agent=cast.ana, body="It works.", seen=2**62, at=now())
    reply = queued("reply")[0]
    (mail,) = (one for one in send_all() if one.message_id == reply.mail_id)
    assert queued("side")[0].mail_id not in bytes(mail.raw).decode()
    assert "It was." not in bytes(mail.raw).decode()


def test_the_agents_notice_leads_to_the_desk_alone(asked: SideMessage) -> None:
    answered(asked)
    told = [mail for mail in queued("notification") if "answered" in mail.text]
    assert all("Reply-To" not in mail.headers for mail in told)


def test_a_bounce_is_noted_beside(asked: SideMessage) -> None:
    tickets.note_side_undelivered(asked, to=PRIYA, why="No such user")
    asked.refresh_from_db()
    assert asked.problem == f"{PRIYA}: No such user"


def test_addresses_are_looked_at(ticket: Ticket, cast: Cast) -> None:
    for people, wrong in (
        ({"nobody": ""}, tickets.NoAddress),
        ({}, tickets.NoAddress),
        ({f"p{n}@cloud.example": "" for n in range(11)}, tickets.TooManyPeople),
    ):
        opening = SideOpening(people=people, subject="", body="Hello.")
        with pytest.raises(wrong):
            tickets.open_side(ticket, opening, agent=cast.ana, at=now())
    assert not SideThread.objects.exists()


def test_programs_that_talk_are_stopped(asked: SideMessage, at: datetime) -> None:
    for _each in range(60):
        answer = tickets.SideAnswer(sender=PRIYA, body="Again.")
        tickets.answer_side(asked.thread, answer, at=now() - timedelta(minutes=1))
    assert answered(asked).state == InboundMail.State.REVIEW


@given(st.integers(0, 2**62), st.integers(0, 2**62))
def test_a_token_says_its_own_and_is_no_other_kind(thread: int, person: int) -> None:
    token = make_side_token(SideReply(thread, person), KEY)
    assert read_side_token(token, [KEY]) == SideReply(thread, person)
    assert read_token(token, [KEY]) is None
    assert read_desk_token(token, [KEY]) is None
    assert read_side_token(token, [b"other"]) is None
