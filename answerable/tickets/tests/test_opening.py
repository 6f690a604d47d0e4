from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.tickets.actions import LONGEST, Empty, Impact, Sender, TooLong, open_ticket
from answerable.tickets.models import Claim, Ticket
from answerable.tickets.tests.openings import opened, opening, verbs


def test_it_keeps_what_was_asked_and_by_whom(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at, subject="Exports", body="They fail.\nSince Monday.")
    message = ticket.messages.get()
    assert (ticket.customer, ticket.requester) == (cast.nordwind, cast.dana)
    assert (ticket.subject, ticket.last_line, ticket.state) == ("Exports", "They fail.", "open")
    assert (ticket.created_at, ticket.last_at) == (at, at)
    assert (message.body, message.author) == ("They fail.\nSince Monday.", "Dana Wolf")


def test_it_takes_the_first_line_for_want_of_a_subject(cast: Cast, at: datetime) -> None:
    assert opened(cast.dana, at, body="\n\n  Exports   fail. \nBye.").subject == "Exports fail."


def test_it_opens_one_ticket_however_often_the_form_is_sent(cast: Cast, at: datetime) -> None:
    press = opening(cast.dana, submission="one-form")
    first = open_ticket(press, at=at)
    assert open_ticket(press, at=at + timedelta(minutes=1)) == first
    assert verbs(first).count("opened") == 1
    assert first.messages.count() == 1


def test_it_opens_two_tickets_for_two_requests_of_the_same_words(
    cast: Cast, at: datetime
) -> None:
    opened(cast.dana, at)
    opened(cast.dana, at)
    assert Ticket.objects.count() == 2


def test_it_keeps_a_claim_with_its_impact(cast: Cast, at: datetime) -> None:
    impact = Impact(key="other", says="Something else as serious", words="The gate is shut.")
    ticket = opened(cast.dana, at, impact=impact)
    claim = Claim.objects.get(ticket=ticket)
    assert ticket.severity == "business_critical"
    assert (claim.impact, claim.words, claim.made_at) == ("other", "The gate is shut.", at)
    assert claim.is_open


def test_it_keeps_a_strangers_mail_for_review(cast: Cast, at: datetime) -> None:
    ticket = opened(None, at)
    assert (ticket.state, ticket.requester, ticket.customer) == ("review", None, None)
    assert (ticket.sender_name, ticket.sender_email) == (
        "Nobody Known",
        "nobody@elsewhere.example",
    )


@pytest.mark.parametrize("body", ["", "  \n\t ", "\x00\x01"])
def test_it_refuses_a_request_that_says_nothing(cast: Cast, at: datetime, body: str) -> None:
    with pytest.raises(Empty):
        opened(cast.dana, at, body=body)
    assert not Ticket.objects.exists()


def test_it_refuses_more_than_the_form_takes(cast: Cast, at: datetime) -> None:
    assert opened(cast.dana, at, body="x" * LONGEST)
    with pytest.raises(TooLong):
        opened(cast.dana, at, body="x" * (LONGEST + 1))


def test_it_takes_longer_mail(cast: Cast, at: datetime) -> None:
    assert opened(cast.dana, at, body="x" * (LONGEST + 1), channel="email", surface="mail")


def test_it_cleans_what_cannot_be_kept_and_cuts_what_is_too_long(
    cast: Cast, at: datetime
) -> None:
    odd = "\x00\ud800" + "y" * 500
    ticket = opened(
        None,
        at,
        sender=Sender(name=f"Eve\r\nBcc: all {odd}", email=f"eve@elsewhere.example{odd}"),
        subject=f"One\r\nTwo {odd}",
        body="a\r\nb\rc\x00\ud800",
        folded="> \x00old",
        language=odd,
        surface=odd,
        submission=odd,
        impact=Impact(key=odd, says=odd, words=odd),
    )
    ticket.refresh_from_db()
    message = ticket.messages.get()
    assert (ticket.subject, message.body, message.folded) == ("One", "a\nb\nc", "> old")
    assert ticket.sender_name == message.author == "Eve"
    assert ticket.sender_email.startswith("eve@elsewhere.exampley")
    assert open_ticket(opening(None, submission=odd), at=at) == ticket
