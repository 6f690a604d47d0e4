"""Who is believed by mail: whose domain says so, and nobody on the word of a header."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils.timezone import now
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.email import ours
from answerable.channels.email.actions import Arrival, drain, store_mail
from answerable.channels.email.core.proof import Standing, proof_from
from answerable.channels.email.models import InboundMail
from answerable.channels.email.tests.keys import dmarc, domain
from answerable.channels.email.tests.name_server import NameServer
from answerable.channels.email.tests.post import SUPPORT, mail_of, queued, receive
from answerable.routing.models import Notice
from answerable.sla.models import Clock
from answerable.tickets.actions import answer, mark_delivered
from answerable.tickets.models import Message, Ticket
from answerable.tickets.tests.openings import opened

NORDWIND = domain("nordwind.example")
DANA = "Dana Wolf <dana@nordwind.example>"
THEIR_SERVER = {"nordwind.example": ["v=spf1 ip4:192.0.2.1 -all"]}
OTHER_SERVER = {"nordwind.example": ["v=spf1 ip4:198.51.100.1 -all"]}


@pytest.fixture
def published(names: NameServer) -> NameServer:
    names.publish(NORDWIND.records, dmarc("nordwind.example"), OTHER_SERVER)
    return names


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def standing(mail: InboundMail) -> Standing:
    return proof_from(mail.checks).standing


def added(mail: InboundMail) -> Message:
    assert mail.message, mail.reason
    return mail.message


def test_a_signed_mail_is_verified(
    cast: Cast, published: NameServer, ticket: Ticket, at: datetime
) -> None:
    mail = receive(NORDWIND.sign(mail_of(DANA)), at=at, to=ours.reply_address(ticket))
    assert standing(mail) == Standing.PROVEN
    assert (added(mail).verified, added(mail).doubt, added(mail).contact) == (
        True,
        "",
        cast.dana,
    )


def test_a_mail_from_their_own_server_is_verified(
    cast: Cast, published: NameServer, ticket: Ticket, at: datetime
) -> None:
    published.publish(THEIR_SERVER)
    raw = mail_of(DANA)
    mail = receive(raw, at=at, to=ours.reply_address(ticket), by="dana@nordwind.example")
    assert (standing(mail), added(mail).verified) == (Standing.PROVEN, True)


def test_who_writes_in_a_customers_name_gets_no_rights_on_a_ticket(
    cast: Cast, published: NameServer, ticket: Ticket, at: datetime
) -> None:
    mail = receive(mail_of(DANA), at=at, to=ours.reply_address(ticket))
    message = added(mail)
    assert (message.ticket, message.verified, message.doubt) == (ticket, False, "refuted")
    assert (message.contact, message.sender) == (None, "Dana Wolf <dana@nordwind.example>")
    assert mail.reason == (
        f"Added to #{ticket.pk}, unverified: its sender's domain says that it is not theirs."
    )


def test_a_signature_of_another_domain_proves_nothing(
    cast: Cast, published: NameServer, ticket: Ticket, at: datetime
) -> None:
    evil = domain("evil.example")
    published.publish(evil.records)
    mail = receive(evil.sign(mail_of(DANA)), at=at, to=ours.reply_address(ticket))
    assert added(mail).doubt == "refuted"


def test_a_request_in_a_customers_name_waits_for_review(
    cast: Cast, published: NameServer, at: datetime
) -> None:
    mail = receive(mail_of(DANA), at=at)
    ticket = added(mail).ticket
    assert (ticket.state, ticket.requester, ticket.customer) == ("review", None, None)
    assert (ticket.sender_name, ticket.sender_email) == ("Dana Wolf", "dana@nordwind.example")
    assert added(mail).doubt == "refuted"
    assert queued("acknowledgement") == []
    assert not Clock.objects.filter(ticket=ticket).exists()


def test_an_unverified_turn_opens_the_ticket_again_and_alerts_its_owner(
    cast: Cast, published: NameServer, ticket: Ticket, at: datetime
) -> None:
    ticket.assignee = cast.ben
    ticket.save(update_fields=["assignee"])
    reply = answer(ticket, agent=cast.ana, body="Fixed?", seen=2**62, at=at)
    mark_delivered(reply, at=at)
    mail = receive(mail_of(DANA), at=at, to=ours.reply_address(ticket))
    ticket.refresh_from_db()
    assert ticket.state == "open"
    told = Notice.objects.get(event__message=added(mail))
    assert told.agent == cast.ben


def test_a_verified_turn_alerts_nobody(
    cast: Cast, published: NameServer, ticket: Ticket, at: datetime
) -> None:
    mail = receive(NORDWIND.sign(mail_of(DANA)), at=at, to=ours.reply_address(ticket))
    assert not Notice.objects.filter(event__message=added(mail)).exists()


def test_whose_domain_publishes_nothing_is_taken_at_their_word(
    cast: Cast, names: NameServer, ticket: Ticket, at: datetime
) -> None:
    mail = receive(mail_of(DANA), at=at, to=ours.reply_address(ticket))
    assert (standing(mail), added(mail).verified) == (Standing.UNKNOWN, True)


def test_name_servers_that_are_away_refute_nobody(
    cast: Cast, names: NameServer, ticket: Ticket, at: datetime, settings: Settings
) -> None:
    names.stop()
    mail = receive(mail_of(DANA), at=at, to=ours.reply_address(ticket))
    assert (standing(mail), added(mail).verified) == (Standing.UNSURE, True)
    settings.ANSWERABLE_MAIL_VERIFY = "aligned"
    mail = receive(mail_of(DANA, "And now?"), at=at, to=ours.reply_address(ticket))
    assert (added(mail).verified, added(mail).doubt) == (False, "unsure")


def test_who_makes_a_check_fail_gains_nothing_by_it(
    cast: Cast, published: NameServer, ticket: Ticket, at: datetime
) -> None:
    published.publish({"away._domainkey.nordwind.example": None, "away.example": None})
    raw = NORDWIND.sign(mail_of(DANA)).replace(b"s=s1;", b"s=away;")
    mail = receive(raw, at=at, to=ours.reply_address(ticket))
    assert (standing(mail), added(mail).doubt) == (Standing.UNSURE, "unsure")


@pytest.mark.parametrize(
    "sender", ["dana@nordwind.example, olive@brightwater.example", "Dana Wolf", ""]
)
def test_a_mail_of_several_or_nobody_is_not_verified(
    cast: Cast, published: NameServer, sender: str, at: datetime
) -> None:
    raw = NORDWIND.sign(mail_of("x@y.example").replace(b"x@y.example", sender.encode()))
    mail = receive(raw, at=at, by="dana@nordwind.example")
    assert standing(mail) == Standing.NOBODY
    assert added(mail).ticket.state == "review"


def test_a_second_from_is_not_verified(
    cast: Cast, published: NameServer, ticket: Ticket, at: datetime
) -> None:
    raw = NORDWIND.sign(mail_of(DANA))
    raw = b"From: Dana Wolf <dana@nordwind.example>\r\n" + raw
    mail = receive(raw, at=at, to=ours.reply_address(ticket))
    assert added(mail).doubt == "nobody"


def test_nothing_is_asked_where_a_gateway_checks(
    cast: Cast, published: NameServer, ticket: Ticket, at: datetime, settings: Settings
) -> None:
    settings.ANSWERABLE_MAIL_VERIFY = "gateway"
    mail = receive(mail_of(DANA), at=at, to=ours.reply_address(ticket))
    assert added(mail).verified


def test_the_word_of_a_server_of_ours_is_taken_and_the_senders_own_is_not(
    cast: Cast, published: NameServer, ticket: Ticket, at: datetime, settings: Settings
) -> None:
    settings.ANSWERABLE_MAIL_AUTHSERV = ["mx.answerable.example"]
    says = (
        b"Authentication-Results: mx.answerable.example; dmarc=pass"
        b" header.from=nordwind.example\r\n"
    )
    received = b"Received: from x by mx.answerable.example; Mon\r\n"
    to = ours.reply_address(ticket)
    theirs = receive(says + received + mail_of(DANA), at=at, to=to)
    assert (added(theirs).verified, standing(theirs)) == (True, Standing.PROVEN)
    forged = receive(received + says + mail_of(DANA, "Pay here."), at=at, to=to)
    assert (added(forged).verified, added(forged).doubt) == (False, "unsure")


def test_mails_that_came_together_are_checked_each_for_itself(
    cast: Cast, published: NameServer, at: datetime
) -> None:
    raws = [mail_of(DANA, str(n)) for n in range(6)]
    raws = [NORDWIND.sign(raw) if n % 2 else raw for n, raw in enumerate(raws)]
    store_mail(
        [
            Arrival(
                raw=raw, envelope_from="x@y.z", envelope_to=(SUPPORT,), peer="192.0.2.1", at=at
            )
            for raw in raws
        ]
    )
    drain(clock=now)
    states = InboundMail.objects.order_by("pk").values_list("ticket__state", flat=True)
    assert list(states) == ["review", "open"] * 3
