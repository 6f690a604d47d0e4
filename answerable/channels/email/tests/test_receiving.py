"""What a mail becomes."""

from __future__ import annotations

from datetime import datetime

from answerable.cast import Cast
from answerable.channels.email.models import InboundMail
from answerable.channels.email.tests.post import SUPPORT, mail_of, queued, receive
from answerable.sla.models import Clock, Decision
from answerable.tickets.models import Ticket


def ticket_of(mail: InboundMail) -> Ticket:
    assert mail.ticket
    return mail.ticket


def test_it_opens_a_ticket_for_a_known_contact(cast: Cast, at: datetime) -> None:
    mail = receive(mail_of("Dana Wolf <Dana@Nordwind.example>", Subject="Re: Exports"), at=at)
    ticket = ticket_of(mail)
    assert (ticket.requester, ticket.customer) == (cast.dana, cast.nordwind)
    assert (ticket.subject, ticket.channel, ticket.state) == ("Exports", "email", "open")
    assert (mail.state, mail.reason) == ("accepted", f"Opened #{ticket.pk}.")
    assert mail.message == ticket.messages.get()


def test_it_promises_from_the_instant_the_door_had_it(cast: Cast, at: datetime) -> None:
    ticket = ticket_of(receive(mail_of("dana@nordwind.example"), at=at))
    assert ticket.created_at == at
    assert Clock.objects.get(ticket=ticket).started_at == at


def test_it_gives_no_guarantee_and_says_that_the_form_is_needed(
    cast: Cast, at: datetime
) -> None:
    ticket = ticket_of(receive(mail_of("dana@nordwind.example"), at=at))
    decision = Decision.objects.get(ticket=ticket)
    assert decision.kind == "aim"
    standard = next(row for row in decision.refusals if row["target"] == "standard")
    assert standard["reasons"] == ["wrong_channel"]


def test_it_holds_a_strangers_mail_for_review_and_answers_nothing(
    cast: Cast, at: datetime
) -> None:
    mail = receive(mail_of("Nobody Known <nobody@elsewhere.example>"), at=at)
    ticket = ticket_of(mail)
    assert (ticket.state, ticket.requester) == ("review", None)
    assert (ticket.sender_name, ticket.sender_email) == (
        "Nobody Known",
        "nobody@elsewhere.example",
    )
    assert mail.reason == f"Opened #{ticket.pk} for review."
    assert queued("acknowledgement") == []


def test_it_takes_a_contact_who_left_for_a_stranger(cast: Cast, at: datetime) -> None:
    cast.sam.left_at = at
    cast.sam.save(update_fields=["left_at"])
    assert ticket_of(receive(mail_of("sam@nordwind.example"), at=at)).state == "review"


def test_it_keeps_a_mail_that_names_no_sender(cast: Cast, at: datetime) -> None:
    mail = receive(b"Subject: Help\r\n\r\nHelp!", at=at, by="")
    assert mail.state == "review"
    other = receive(b"Subject: Help\r\n\r\nHelp!", at=at, by="nobody@elsewhere.example")
    assert ticket_of(other).sender_email == "nobody@elsewhere.example"


def test_it_keeps_a_mail_without_text_or_subject(cast: Cast, at: datetime) -> None:
    ticket = ticket_of(receive(b"From: dana@nordwind.example\r\n\r\n", at=at))
    assert ticket.messages.get().body == "(no text)"
    assert ticket.subject == "(no text)"


def test_it_keeps_a_mail_of_nothing_at_all(cast: Cast, at: datetime) -> None:
    assert ticket_of(receive(b"", at=at)).state == "review"


def test_it_keeps_control_characters_out_of_names(cast: Cast, at: datetime) -> None:
    raw = b"From: No\x00body <nobody@elsewhere.example>\r\nSubject: A\x00b\x07\r\n\r\nHi\x00"
    ticket = ticket_of(receive(raw, at=at))
    assert (ticket.sender_name, ticket.subject) == ("No body", "A b")


def test_it_folds_the_signature_below_the_text(cast: Cast, at: datetime) -> None:
    raw = mail_of("dana@nordwind.example", "Exports fail.\n\n-- \nDana Wolf\n")
    message = ticket_of(receive(raw, at=at)).messages.get()
    assert (message.body, message.folded) == ("Exports fail.", "-- \nDana Wolf")


def test_it_keeps_the_bytes_as_they_were(cast: Cast, at: datetime) -> None:
    raw = b"From: dana@nordwind.example\n\xff\xfe broken\r\n\r\n\x00\x01body"
    mail = receive(raw, at=at)
    assert bytes(mail.raw) == raw
    assert mail.size == len(raw)
    assert (mail.envelope_to, mail.peer) == ([SUPPORT], "192.0.2.1")


def test_it_shows_html_as_text(cast: Cast, at: datetime) -> None:
    raw = (
        b"From: dana@nordwind.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        b"<p>Exports <b>fail</b>.</p><script>alert(1)</script>"
        b'<a href="https://nordwind.example/x">log</a>'
    )
    message = ticket_of(receive(raw, at=at)).messages.get()
    assert message.body == "Exports fail.\n\nlog <https://nordwind.example/x>"
