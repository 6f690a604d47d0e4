"""What a customer adds to a request is there once, however often their page sends it."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.cast import Cast
from answerable.files.actions import Waiting
from answerable.intake.saying import say_plainly, token_in
from answerable.portal.tests.helping import sent_by
from answerable.tickets import actions as tickets
from answerable.tickets.models import MessageSubmission, Ticket

NONE = Waiting("", "")
HOUR = timedelta(hours=1)


def test_a_message_sent_again_under_its_token_is_there_once(cast: Cast, at: datetime) -> None:
    ticket = sent_by(cast.dana, at=at)
    for later in (at, at + HOUR):
        number = say_plainly(cast.dana, ticket, "Since nine", NONE, token="a1", at=later)
        assert number == ticket.pk
    assert list(ticket.messages.order_by("pk").values_list("body", flat=True))[1:] == [
        "Since nine"
    ]
    assert ticket.messages.latest("pk").written_at == at


def test_the_same_words_meant_twice_are_two_messages(cast: Cast, at: datetime) -> None:
    ticket = sent_by(cast.dana, at=at)
    for token in ("a1", "b2"):
        say_plainly(cast.dana, ticket, "Yes", NONE, token=token, at=at)
    assert ticket.messages.filter(body="Yes").count() == 2


def test_a_token_is_its_persons_own(cast: Cast, at: datetime) -> None:
    ticket = sent_by(cast.dana, at=at)
    say_plainly(cast.dana, ticket, "Since nine", NONE, token="a1", at=at)
    say_plainly(cast.kim, ticket, "Since ten", NONE, token="a1", at=at)
    assert ticket.messages.count() == 3
    assert MessageSubmission.objects.filter(token="a1").count() == 2


def test_what_came_after_the_end_leads_to_the_request_that_follows(
    cast: Cast, at: datetime
) -> None:
    ticket = sent_by(cast.dana, at=at)
    tickets.resolve(ticket, agent=None, contact=cast.dana, reason="", at=at)
    later = at + timedelta(days=60)
    numbers = {
        say_plainly(cast.dana, ticket, "It is back", NONE, token="a1", at=later)
        for _ in range(2)
    }
    new = Ticket.objects.get(follows=ticket)
    assert numbers == {new.pk}


def test_only_letters_and_digits_are_a_token() -> None:
    assert token_in("9f3a") == "9f3a"
    assert token_in("") == token_in("a b") == token_in("a" * 65) == ""
