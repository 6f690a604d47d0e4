"""A reply finds its ticket, and nobody gets into a ticket that is not theirs."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.channels.email import ours
from answerable.channels.email.models import InboundMail, OutgoingMail
from answerable.channels.email.tests.post import mail_of, opened_by_mail, queued, receive
from answerable.tickets.actions import Copied, admit, answer, resolve
from answerable.tickets.actions.belonging import change_person
from answerable.tickets.actions.participants import add_participants
from answerable.tickets.models import Message, Ticket
from answerable.tickets.tests.openings import opened


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened_by_mail(cast.dana, at=at)


@pytest.fixture
def sent(ticket: Ticket, cast: Cast) -> OutgoingMail:
    answer(ticket, agent=cast.ana, body="We look into it.", seen=2**62, at=now())
    return queued("reply")[-1]


def reply_to(ticket: Ticket, sender: str, *, at: datetime, **headers: str) -> InboundMail:
    raw = mail_of(sender, "It works again.", Subject="Re: Exports", **headers)
    return receive(raw, at=at, to=ours.reply_address(ticket))


def added(mail: InboundMail) -> Message:
    assert mail.message
    return mail.message


def test_it_adds_a_reply_by_its_token(ticket: Ticket, at: datetime) -> None:
    mail = reply_to(ticket, "dana@nordwind.example", at=at)
    assert mail.ticket == ticket
    assert mail.reason == f"Added to #{ticket.pk}."
    assert (added(mail).body, added(mail).verified) == ("It works again.", True)


def test_it_finds_the_token_in_to_when_the_envelope_has_none(
    ticket: Ticket, at: datetime
) -> None:
    raw = mail_of("dana@nordwind.example", To=ours.reply_address(ticket).upper())
    assert receive(raw, at=at).ticket == ticket


def test_it_adds_a_reply_by_the_mail_of_ours_that_it_answers(
    ticket: Ticket, sent: OutgoingMail, at: datetime
) -> None:
    raw = mail_of("dana@nordwind.example", In_Reply_To=sent.mail_id)
    mail = receive(raw, at=at)
    assert (mail.ticket, added(mail).verified) == (ticket, True)


def test_it_adds_a_reply_to_an_acknowledgement(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    told = queued("acknowledgement")[0]
    raw = mail_of("dana@nordwind.example", References=f"<old@x> {told.mail_id}")
    assert receive(raw, at=at).ticket == ticket


def test_it_never_threads_by_a_number_in_the_subject(ticket: Ticket, at: datetime) -> None:
    raw = mail_of("dana@nordwind.example", Subject=f"Re: [#{ticket.pk}] Exports fail")
    assert receive(raw, at=at).ticket != ticket


def test_it_never_threads_by_a_reference_to_somebody_elses_mail(
    ticket: Ticket, at: datetime
) -> None:
    first = InboundMail.objects.get(ticket=ticket)
    raw = mail_of("olive@brightwater.example", In_Reply_To=first.mail_id)
    assert receive(raw, at=at).ticket != ticket


def test_it_takes_a_colleague_at_their_word(cast: Cast, ticket: Ticket, at: datetime) -> None:
    message = added(reply_to(ticket, "sam@nordwind.example", at=at))
    assert (message.ticket, message.contact, message.verified) == (ticket, cast.sam, True)


def test_it_marks_a_stranger_with_a_token_as_unverified(ticket: Ticket, at: datetime) -> None:
    mail = reply_to(ticket, "Dana Wolf <dana.wolf@home.example>", at=at)
    message = added(mail)
    assert (message.ticket, message.contact, message.verified) == (ticket, None, False)
    assert message.sender == "Dana Wolf <dana.wolf@home.example>"
    assert "unverified" in mail.reason


def test_it_marks_a_stranger_with_a_reference_as_unverified(
    ticket: Ticket, sent: OutgoingMail, at: datetime
) -> None:
    raw = mail_of("dana.wolf@home.example", In_Reply_To=sent.mail_id)
    assert added(receive(raw, at=at)).verified is False


def test_it_gives_an_unverified_sender_no_rights(
    ticket: Ticket, cast: Cast, at: datetime
) -> None:
    reply_to(ticket, "dana.wolf@home.example", at=at)
    ticket.refresh_from_db()
    assert (ticket.requester, ticket.sender_email) == (cast.dana, "dana@nordwind.example")
    answer(ticket, agent=cast.ana, body="Done.", seen=2**62, at=now())
    assert queued("reply")[-1].to == "dana@nordwind.example"


def test_it_keeps_another_customers_contact_out(
    ticket: Ticket, sent: OutgoingMail, cast: Cast, at: datetime
) -> None:
    by_token = reply_to(ticket, "olive@brightwater.example", at=at)
    by_reference = receive(
        mail_of("olive@brightwater.example", In_Reply_To=sent.mail_id), at=at
    )
    for mail in (by_token, by_reference):
        assert mail.ticket
        assert mail.ticket != ticket
        assert mail.ticket.customer == cast.brightwater
    assert ticket.messages.filter(kind="message").count() == 1


def test_it_refuses_a_forged_token(ticket: Ticket, at: datetime) -> None:
    local, domain = ours.reply_address(ticket).split("@")
    forged = ("a" if local[-1] != "a" else "b").join([local[:-1], f"@{domain}"])
    assert receive(mail_of("dana@nordwind.example"), at=at, to=forged).ticket != ticket


def test_it_lets_a_stranger_answer_their_own_ticket(cast: Cast, at: datetime) -> None:
    ticket = opened(None, at)
    mail = reply_to(ticket, "nobody@elsewhere.example", at=at)
    assert (mail.ticket, added(mail).verified) == (ticket, True)
    other = reply_to(ticket, "somebody@elsewhere.example", at=at)
    assert (other.ticket, added(other).verified) == (ticket, False)


def test_it_shows_nobody_what_strangers_of_the_customer_before_write(
    ticket: Ticket, cast: Cast, at: datetime
) -> None:
    """Dana's ticket turns out to be Olive's: Dana's other address, and whom she had in copy."""
    add_participants(ticket, [Copied("Lou", "lou@consulting.example")], at=at)
    ticket.participants.update(is_kept=True)
    change_person(
        ticket, cast.olive, severity=ticket.severity, reason="Hers", agent=cast.ana, at=at
    )
    assert not ticket.participants.filter(is_kept=True).exists()
    for sender in ("dana@private.example", "lou@consulting.example"):
        mail = reply_to(ticket, sender, at=at)
        assert mail.ticket
        assert mail.ticket != ticket
        assert (mail.ticket.state, mail.ticket.customer) == ("review", None)
        assert mail.reason == (
            f"Opened #{mail.ticket.pk} for review: #{ticket.pk} is another customer's now, "
            "who does not see it."
        )
    of_dana = reply_to(ticket, "dana@nordwind.example", at=at)
    assert of_dana.ticket
    assert of_dana.ticket.customer == cast.nordwind
    mine = reply_to(ticket, "olive@brightwater.example", at=at)
    assert (mine.ticket, added(mine).verified) == (ticket, True)


def test_a_stranger_still_adds_to_what_turned_out_to_be_somebodys(
    cast: Cast, at: datetime
) -> None:
    """What they wrote before is on it already (domain.md E32)."""
    ticket = opened(None, at)
    admit(ticket, contact=None, agent=cast.ana, at=at)
    change_person(
        ticket, cast.olive, severity=ticket.severity, reason="Hers", agent=cast.ana, at=at
    )
    mail = reply_to(ticket, "nobody@elsewhere.example", at=at)
    assert (mail.ticket, added(mail).verified) == (ticket, False)


def test_two_customers_had_it_and_nobody_knows_whose_a_stranger_is(
    ticket: Ticket, cast: Cast, at: datetime
) -> None:
    for person in (cast.olive, cast.dana):
        change_person(
            ticket, person, severity=ticket.severity, reason="Theirs", agent=cast.ana, at=at
        )
    mail = reply_to(ticket, "dana@private.example", at=at)
    assert mail.ticket != ticket


def test_it_opens_a_resolved_ticket_again(ticket: Ticket, cast: Cast, at: datetime) -> None:
    resolve(ticket, agent=cast.ana, contact=None, reason="Done", at=at)
    reply_to(ticket, "dana@nordwind.example", at=at)
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_it_folds_our_own_words_below_the_reply(ticket: Ticket, at: datetime) -> None:
    text = "It works.\n\nOn Mon, Answerable Support wrote:\n> We look into it.\n"
    raw = mail_of("dana@nordwind.example", text)
    message = added(receive(raw, at=at, to=ours.reply_address(ticket)))
    assert message.body == "It works."
    assert "> We look into it." in message.folded
