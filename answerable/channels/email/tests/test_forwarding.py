"""A mail that is passed on belongs to whoever wrote it, when an agent says so."""

from __future__ import annotations

from datetime import datetime

import pytest
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.email.models import InboundMail
from answerable.channels.email.tests.keys import Domain, dmarc, domain
from answerable.channels.email.tests.name_server import NameServer
from answerable.channels.email.tests.post import SUPPORT, mail_of, queued, receive
from answerable.sla.models import Decision
from answerable.tickets.models import Message

FORWARD = """\
{note}

---------- Forwarded message ---------
From: {who}
Date: Mon, 20 Oct 2025 at 09:58
Subject: Exports fail
To: Ana <ana@answerable.example>

Our exports fail since Monday.
Can you help?
"""


@pytest.fixture
def vendor(cast: Cast, names: NameServer) -> Domain:
    found = domain(cast.ana.user.email.rpartition("@")[2])
    names.publish(found.records, dmarc(found.name))
    return found


def text_of(who: str, note: str = "They called, it is urgent.") -> str:
    return FORWARD.format(who=who, note=note)


def by_ana(cast: Cast, vendor: Domain, text: str) -> bytes:
    return vendor.sign(mail_of(cast.ana.user.email, text, Subject="Fwd: Exports fail"))


def first(mail: InboundMail) -> Message:
    assert mail.message, mail.reason
    return mail.message


def test_an_agents_forward_is_the_original_senders_ticket(
    cast: Cast, vendor: Domain, at: datetime
) -> None:
    mail = receive(by_ana(cast, vendor, text_of("Dana <dana@nordwind.example>")), at=at)
    message = first(mail)
    ticket = message.ticket
    assert (ticket.requester, ticket.customer, ticket.state) == (
        cast.dana,
        cast.nordwind,
        "open",
    )
    assert ticket.subject == "Exports fail"
    assert message.body == "Our exports fail since Monday.\nCan you help?"
    assert (message.verified, message.doubt, message.forwarded_by) == (
        False,
        "forwarded",
        "Ana Silva",
    )
    note = ticket.messages.get(kind="note")
    assert (note.agent, note.body) == (cast.ana, "They called, it is urgent.")
    assert mail.reason == f"Opened #{ticket.pk}, forwarded by Ana Silva."


def test_it_is_promised_what_mail_is_promised_and_told_to_the_customer(
    cast: Cast, vendor: Domain, at: datetime
) -> None:
    mail = receive(by_ana(cast, vendor, text_of("Dana <dana@nordwind.example>")), at=at)
    assert Decision.objects.get(ticket=mail.ticket).kind == "aim"
    assert [mail.to for mail in queued("acknowledgement")] == ["dana@nordwind.example"]


def test_a_forwarded_strangers_mail_is_for_review_and_answered_by_nobody(
    cast: Cast, vendor: Domain, at: datetime
) -> None:
    mail = receive(by_ana(cast, vendor, text_of("Eve <eve@elsewhere.example>")), at=at)
    ticket = first(mail).ticket
    assert (ticket.state, ticket.sender_email) == ("review", "eve@elsewhere.example")
    assert (first(mail).sender, first(mail).forwarded_by) == ("Eve", "Ana Silva")
    assert queued("acknowledgement") == []


def test_who_writes_in_an_agents_name_vouches_for_nobody(
    cast: Cast, vendor: Domain, at: datetime
) -> None:
    raw = mail_of(
        cast.ana.user.email, text_of("Dana <dana@nordwind.example>"), Subject="Fwd: Exports"
    )
    ticket = first(receive(raw, at=at)).ticket
    assert (ticket.state, ticket.requester, ticket.sender_email) == (
        "review",
        None,
        cast.ana.user.email,
    )


def test_an_agents_forward_as_an_attachment_is_one_too(
    cast: Cast, vendor: Domain, at: datetime
) -> None:
    raw = (
        f"From: {cast.ana.user.email}\nTo: {SUPPORT}\nSubject: For you\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="x"\n\n'
        "--x\nContent-Type: text/plain\n\nSee below.\n"
        "--x\nContent-Type: message/rfc822\n"
        "Content-Disposition: attachment; filename=mail.eml\n\n"
    ).encode() + mail_of("Dana Wolf <dana@nordwind.example>")
    raw += b"\n--x--\n"
    message = first(receive(vendor.sign(raw), at=at))
    assert (message.ticket.requester, message.body) == (cast.dana, "Exports fail.")
    assert message.forwarded_by == "Ana Silva"
    assert message.ticket.messages.get(kind="note").body == "See below."


def test_a_customers_forward_stays_theirs_with_the_other_mail_folded_and_named(
    cast: Cast, at: datetime
) -> None:
    raw = mail_of(
        "sam@nordwind.example",
        text_of("Dana <dana@nordwind.example>", "Can you look at this?"),
        Subject="Fwd: Exports fail",
    )
    message = first(receive(raw, at=at))
    assert (message.ticket.requester, message.verified) == (cast.sam, True)
    assert message.body == (
        "Can you look at this?\n\n"
        "Forwarded: “Exports fail” from Dana <dana@nordwind.example>,"
        " Mon, 20 Oct 2025 at 09:58"
    )
    assert "Our exports fail since Monday." in message.folded


def test_a_customers_forward_without_a_word_of_theirs_is_not_folded(
    cast: Cast, at: datetime
) -> None:
    raw = mail_of(
        "sam@nordwind.example",
        text_of("Eve <eve@elsewhere.example>", ""),
        Subject="Fwd: Exports fail",
    )
    message = first(receive(raw, at=at))
    assert message.ticket.requester == cast.sam
    assert message.body.startswith("Forwarded: “Exports fail” from Eve")
    assert "Our exports fail since Monday." in message.body


def test_a_contacts_forward_of_a_colleagues_mail_is_the_colleagues_where_that_is_set(
    cast: Cast, at: datetime, settings: Settings
) -> None:
    settings.ANSWERABLE_MAIL_FORWARDS = "contacts"
    text = text_of("Dana <dana@nordwind.example>")
    raw = mail_of("sam@nordwind.example", text, Subject="Fwd: Exports fail")
    message = first(receive(raw, at=at))
    assert (message.ticket.requester, message.forwarded_by) == (cast.dana, cast.sam.name)
    assert (message.verified, "They called" in message.body) == (False, True)


def test_nobody_forwards_in_the_name_of_another_customer(
    cast: Cast, at: datetime, settings: Settings
) -> None:
    settings.ANSWERABLE_MAIL_FORWARDS = "contacts"
    text = text_of("Olive <olive@brightwater.example>")
    raw = mail_of("sam@nordwind.example", text, Subject="Fwd: Exports fail")
    assert first(receive(raw, at=at)).ticket.requester == cast.sam
