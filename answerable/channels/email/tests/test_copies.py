"""Who stands in copy reads along when the customer or an agent wants it, and owns nothing."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.channels.email import ours
from answerable.channels.email.core.parse import read_mail
from answerable.channels.email.core.people import copied_by
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.tests.keys import dmarc
from answerable.channels.email.tests.name_server import NameServer
from answerable.channels.email.tests.post import SUPPORT, mail_of, queued, receive, send_all
from answerable.tickets.access import seen_by
from answerable.tickets.actions import answer, keep_participant
from answerable.tickets.models import Participant, Ticket

EVE = "Eve <eve@elsewhere.example>"
SAM = "Sam Ortiz <sam@nordwind.example>"


def opened_with(cc: str, at: datetime, sender: str = "dana@nordwind.example") -> Ticket:
    mail = receive(mail_of(sender, Cc=cc), at=at)
    assert mail.ticket, mail.reason
    return mail.ticket


def shown(ticket: Ticket) -> list[tuple[str, bool]]:
    return list(ticket.participants.order_by("pk").values_list("address", "is_kept"))


def replied(ticket: Ticket, cast: Cast) -> list[OutgoingMail]:
    """Have Ana reply, and a server take it; return the reply and its copies."""
    answer(ticket, agent=cast.ana, body="Fixed.", seen=2**62, at=now())
    assert len(queued("reply")) == 1  # No copy leaves before the reply itself.
    send_all()
    return queued("reply")


def test_a_colleague_in_copy_gets_copies_and_a_stranger_none(cast: Cast, at: datetime) -> None:
    ticket = opened_with(f"{SAM}, {EVE}", at)
    assert shown(ticket) == [("sam@nordwind.example", True), ("eve@elsewhere.example", False)]
    assert ticket.requester == cast.dana
    mails = replied(ticket, cast)
    assert [mail.to for mail in mails] == ["dana@nordwind.example", "sam@nordwind.example"]
    reply, copy = mails
    assert reply.headers == {"Cc": "sam@nordwind.example"}
    assert copy.headers == {"Cc": "dana@nordwind.example"}
    assert copy.text == reply.text


def test_a_stranger_gets_copies_once_an_agent_keeps_them(cast: Cast, at: datetime) -> None:
    ticket = opened_with(EVE, at)
    eve = ticket.participants.get()
    keep_participant(ticket, eve.pk, is_kept=True, agent=cast.ana, at=at)
    assert [mail.to for mail in replied(ticket, cast)][1:] == ["eve@elsewhere.example"]
    assert ticket.events.filter(verb="copied").get().data["name"] == "Eve"


def test_who_was_removed_does_not_come_back_with_the_next_mail(
    cast: Cast, at: datetime
) -> None:
    ticket = opened_with(SAM, at)
    sam = ticket.participants.get()
    keep_participant(ticket, sam.pk, is_kept=False, agent=cast.ana, at=at)
    receive(
        mail_of("dana@nordwind.example", "More.", Cc=SAM), at=at, to=ours.reply_address(ticket)
    )
    assert shown(ticket) == [("sam@nordwind.example", False)]
    assert len(replied(ticket, cast)) == 1


def test_only_the_reply_itself_counts_and_comes_back(cast: Cast, at: datetime) -> None:
    ticket = opened_with(SAM, at)
    reply, copy = replied(ticket, cast)
    assert (reply.message is not None, copy.message) == (True, None)
    sent = {mail.to: mail.parsed for mail in send_all()}
    assert dict(sent["Sam Ortiz <sam@nordwind.example>"].headers)["Cc"] == (
        "dana@nordwind.example"
    )
    reply.refresh_from_db()
    assert reply.message
    assert reply.message.delivered_at == reply.accepted_at


@pytest.mark.parametrize(
    "cc",
    [
        SUPPORT,
        "support+abc@answerable.example",
        "ana@answerable.example",
        "dana@nordwind.example",
        "MAILER-DAEMON@nordwind.example, no-reply@nordwind.example, noreply-7@x.example",
        "Undisclosed recipients:;",
        "postmaster",
    ],
)
def test_neither_we_nor_programs_are_in_copy(cast: Cast, at: datetime, cc: str) -> None:
    assert shown(opened_with(cc, at)) == []


def test_who_is_not_verified_brings_nobody_along(
    cast: Cast, names: NameServer, at: datetime
) -> None:
    names.publish(dmarc("nordwind.example"))
    assert shown(opened_with(f"{SAM}, {EVE}", at)) == []


def test_a_contact_of_another_customer_is_a_stranger_in_copy(cast: Cast, at: datetime) -> None:
    ticket = opened_with("olive@brightwater.example", at)
    assert shown(ticket) == [("olive@brightwater.example", False)]
    assert ticket.participants.get().contact is None


def test_a_contact_who_left_gets_no_more_copies(cast: Cast, at: datetime) -> None:
    ticket = opened_with(SAM, at)
    cast.sam.left_at = at
    cast.sam.save(update_fields=["left_at"])
    assert len(replied(ticket, cast)) == 1


def test_somebody_in_copy_adds_to_the_ticket_and_gains_no_rights(
    cast: Cast, at: datetime
) -> None:
    ticket = opened_with(EVE, at)
    keep_participant(ticket, ticket.participants.get().pk, is_kept=True, agent=cast.ana, at=at)
    mail = receive(mail_of(EVE, "Me too."), at=at, to=ours.reply_address(ticket))
    assert mail.message
    assert (mail.ticket, mail.message.verified, mail.message.doubt) == (ticket, False, "copied")
    ticket.refresh_from_db()
    assert (ticket.requester, ticket.sender_email) == (cast.dana, "dana@nordwind.example")
    assert not seen_by(cast.olive).filter(pk=ticket.pk).exists()


def test_a_colleague_in_copy_sees_no_more_than_before(cast: Cast, at: datetime) -> None:
    ticket = opened_with(SAM, at)
    assert not seen_by(cast.sam).filter(pk=ticket.pk).exists()


def test_there_are_no_more_than_thirty(cast: Cast, at: datetime) -> None:
    ticket = opened_with(", ".join(f"p{n}@elsewhere.example" for n in range(50)), at)
    receive(
        mail_of("dana@nordwind.example", "More.", Cc="last@elsewhere.example"),
        at=at,
        to=ours.reply_address(ticket),
    )
    assert Participant.objects.filter(ticket=ticket).count() == 30


def test_it_reads_names_and_addresses_of_to_and_cc() -> None:
    raw = mail_of("dana@nordwind.example", To=f"{SUPPORT}, {SAM}", Cc=f"{EVE}, {SAM}")
    people = copied_by(read_mail(raw), lambda address: address == SUPPORT)
    assert [(p.name, p.address) for p in people] == [
        ("Sam Ortiz", "sam@nordwind.example"),
        ("Eve", "eve@elsewhere.example"),
    ]


@pytest.mark.parametrize(
    "address", ["über@else.example", "a..b@else.example", ".a@b.example", "a@b", "a@b..example"]
)
def test_an_address_that_a_server_may_not_take_is_none(address: str) -> None:
    raw = mail_of("dana@nordwind.example", Cc="x@y.example").replace(
        b"x@y.example", address.encode()
    )
    assert copied_by(read_mail(raw), lambda address: address == SUPPORT) == []
