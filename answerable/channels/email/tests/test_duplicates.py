"""A copy of a mail makes no second ticket; a mail that is like another is no copy."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.cast import Cast
from answerable.channels.email.tests.post import mail_of, receive
from answerable.tickets.models import Ticket

DANA = "dana@nordwind.example"
DAY = timedelta(days=1)


def test_it_takes_a_mail_that_comes_twice_once(cast: Cast, at: datetime) -> None:
    raw = mail_of(DANA)
    first, second = receive(raw, at=at), receive(b"Received: from a by b\n" + raw, at=at + DAY)
    assert (first.state, second.state) == ("accepted", "duplicate")
    assert second.reason == "The same mail came before."
    assert Ticket.objects.count() == 1


def test_it_takes_two_mails_with_one_message_id_twice(cast: Cast, at: datetime) -> None:
    for text in ("Report of 2024.", "Report of 2025."):
        receive(mail_of(DANA, text, Message_ID="<yearly@nordwind.example>"), at=at)
    assert Ticket.objects.count() == 2


def test_it_takes_mails_without_message_id(cast: Cast, at: datetime) -> None:
    for text in ("One.", "Two."):
        assert receive(mail_of(DANA, text, Message_ID=""), at=at).state == "accepted"


def test_it_knows_a_retry_without_message_id_by_its_content(cast: Cast, at: datetime) -> None:
    raw = mail_of(DANA, Message_ID="")
    assert receive(raw, at=at).state == "accepted"
    assert receive(raw, at=at + 4 * DAY).state == "duplicate"
    assert receive(raw, at=at + 6 * DAY).state == "accepted"


def test_it_knows_a_copy_of_a_mail_that_was_refused(cast: Cast, at: datetime) -> None:
    raw = mail_of(DANA, Auto_Submitted="auto-replied")
    assert [receive(raw, at=at).state for _ in range(2)] == ["refused", "duplicate"]
