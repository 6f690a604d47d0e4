"""An agent answers by mail, and nobody does it in their name."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.email import ours
from answerable.channels.email.models import InboundMail, OutgoingMail
from answerable.channels.email.tests.keys import Domain, dmarc, domain
from answerable.channels.email.tests.name_server import NameServer
from answerable.channels.email.tests.post import mail_of, queued, receive
from answerable.routing.models import Notice
from answerable.tickets.actions import Sender, add_message, answer, save_draft
from answerable.tickets.models import Ticket, TicketEvent
from answerable.tickets.tests.openings import opened

LATER = timedelta(minutes=5)


@pytest.fixture
def vendor(cast: Cast, names: NameServer) -> Domain:
    """The vendor's own domain, which signs the mail of its agents."""
    found = domain(cast.ana.user.email.rpartition("@")[2])
    names.publish(found.records, dmarc(found.name))
    return found


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def seen(ticket: Ticket) -> int:
    return ticket.events.latest("pk").pk


def desk_address(ticket: Ticket, cast: Cast) -> str:
    return ours.desk_reply_address(ticket.pk, cast.ana.pk, seen(ticket))


def by_ana(cast: Cast, text: str, **headers: str) -> bytes:
    return mail_of(f"Ana <{cast.ana.user.email}>", text, **headers)


def sent_by(cast: Cast, vendor: Domain, ticket: Ticket, text: str, at: datetime) -> InboundMail:
    raw = vendor.sign(by_ana(cast, text))
    return receive(raw, at=at, to=desk_address(ticket, cast))


def said(ticket: Ticket) -> list[tuple[str, str]]:
    return list(ticket.messages.order_by("pk").values_list("kind", "body"))[1:]


def test_an_agents_mail_is_their_reply(
    cast: Cast, vendor: Domain, ticket: Ticket, at: datetime
) -> None:
    text = "It is fixed.\n\nOn Mon, Answerable Support wrote:\n> Late: due at 10:30\n"
    mail = sent_by(cast, vendor, ticket, text, at + LATER)
    assert said(ticket) == [("reply", "It is fixed.")]
    assert mail.message
    assert (mail.message.agent, mail.state) == (cast.ana, "accepted")
    assert mail.reason == f"A reply of Ana Silva on #{ticket.pk}."
    [reply] = queued("reply")
    assert (reply.to, "Late: due" in reply.text) == ("dana@nordwind.example", False)
    ticket.refresh_from_db()
    assert ticket.state == "waiting"
    assert mail.message.delivered_at is None  # It counts when the next server has it.


@pytest.mark.parametrize("first", ["#note", "#Note:", "@note", "#internal"])
def test_what_begins_so_is_a_note(
    cast: Cast, vendor: Domain, ticket: Ticket, at: datetime, first: str
) -> None:
    sent_by(cast, vendor, ticket, f"{first} Ask Ben first.", at)
    assert said(ticket) == [("note", "Ask Ben first.")]
    assert queued("reply") == []


def test_a_customers_word_meanwhile_stops_it(
    cast: Cast, vendor: Domain, ticket: Ticket, at: datetime
) -> None:
    to = desk_address(ticket, cast)
    add_message(ticket, sender=Sender(contact=cast.dana), body="It works again.", at=at)
    raw = vendor.sign(by_ana(cast, "We look into it."))
    mail = receive(raw, at=at + LATER, to=to)
    assert queued("reply") == []
    assert ticket.drafts.get(agent=cast.ana).body == "We look into it."
    assert mail.state == "review"
    assert "somebody wrote on the ticket meanwhile" in mail.reason


def test_another_agents_reply_meanwhile_stops_it(
    cast: Cast, vendor: Domain, ticket: Ticket, at: datetime
) -> None:
    to = desk_address(ticket, cast)
    answer(ticket, agent=cast.ben, body="Fixed.", seen=2**62, at=at)
    receive(vendor.sign(by_ana(cast, "We look into it.")), at=at + LATER, to=to)
    assert [mail.agent or mail.message.agent for mail in queued("reply") if mail.message] == [
        cast.ben
    ]
    event = TicketEvent.objects.get(ticket=ticket, verb="reply_parked")
    assert Notice.objects.get(event=event).agent == cast.ana


def test_what_is_parked_goes_below_what_was_typed(
    cast: Cast, vendor: Domain, ticket: Ticket, at: datetime
) -> None:
    to = desk_address(ticket, cast)
    save_draft(ticket, agent=cast.ana, mode="reply", body="Dear Dana", at=at)
    answer(ticket, agent=cast.ben, body="Fixed.", seen=2**62, at=at)
    receive(vendor.sign(by_ana(cast, "We look into it.")), at=at + LATER, to=to)
    assert ticket.drafts.get(agent=cast.ana).body == "Dear Dana\n\nWe look into it."


def test_who_writes_in_an_agents_name_posts_nothing(
    cast: Cast, vendor: Domain, ticket: Ticket, at: datetime
) -> None:
    mail = receive(by_ana(cast, "Pay here."), at=at, to=desk_address(ticket, cast))
    assert said(ticket) == []
    assert queued("reply") == []
    assert ticket.drafts.get().body == "Pay here."
    assert "it is not sure that it is theirs" in mail.reason
    event = TicketEvent.objects.get(ticket=ticket, verb="reply_parked")
    assert (event.data["why"], Notice.objects.get(event=event).agent) == ("unsure", cast.ana)


@pytest.mark.parametrize("demand", ["published", "aligned", "dmarc"])
def test_silence_of_a_domain_is_not_enough(
    cast: Cast, names: NameServer, ticket: Ticket, at: datetime, settings: Settings, demand: str
) -> None:
    settings.ANSWERABLE_MAIL_VERIFY = demand
    receive(by_ana(cast, "Pay here."), at=at, to=desk_address(ticket, cast))
    receive(by_ana(cast, "#note Hm."), at=at, to=desk_address(ticket, cast))
    assert said(ticket) == []


@pytest.mark.parametrize(
    "sender", ["dana@nordwind.example", "nobody@elsewhere.example", "ben@answerable.example"]
)
def test_an_agents_address_for_replies_is_no_use_to_others(
    cast: Cast, vendor: Domain, ticket: Ticket, at: datetime, sender: str
) -> None:
    theirs = domain(sender.rpartition("@")[2])
    raw = (vendor if theirs.name == vendor.name else theirs).sign(mail_of(sender, "Hi."))
    mail = receive(raw, at=at, to=desk_address(ticket, cast))
    assert said(ticket) == []
    assert not ticket.drafts.exists()
    assert (mail.state, mail.ticket) == ("review", None)


def test_a_customers_address_for_replies_is_none_for_agents(
    cast: Cast, vendor: Domain, ticket: Ticket, at: datetime
) -> None:
    raw = vendor.sign(by_ana(cast, "I called them."))
    mail = receive(raw, at=at, to=ours.reply_address(ticket))
    assert said(ticket) == [("note", "I called them.")]
    assert mail.reason == f"Added to #{ticket.pk} as a note of Ana Silva."
    forged = receive(by_ana(cast, "Hm?"), at=at, to=ours.reply_address(ticket))
    assert (forged.state, len(said(ticket))) == ("review", 1)


def test_what_we_wrote_to_agents_does_not_go_to_customers(
    cast: Cast, vendor: Domain, ticket: Ticket, at: datetime
) -> None:
    sent_by(cast, vendor, ticket, f"See {ours.desk_url(ticket)}", at)
    assert queued("reply") == []
    assert ticket.drafts.exists()


def test_files_do_not_go_out_unseen(
    cast: Cast, vendor: Domain, ticket: Ticket, at: datetime
) -> None:
    message = EmailMessage()
    message["From"] = cast.ana.user.email
    message["To"] = "support@answerable.example"
    message.set_content("See the file.")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    receive(vendor.sign(message.as_bytes()), at=at, to=desk_address(ticket, cast))
    assert queued("reply") == []
    assert ticket.drafts.get().body == "See the file."


def test_a_strangers_ticket_is_let_in_before_it_is_answered(
    cast: Cast, vendor: Domain, at: datetime
) -> None:
    ticket = opened(None, at)
    sent_by(cast, vendor, ticket, "Hello.", at)
    assert (queued("reply"), ticket.drafts.get().body) == ([], "Hello.")


def test_an_agent_who_left_answers_nobody(
    cast: Cast, vendor: Domain, ticket: Ticket, at: datetime
) -> None:
    cast.ana.user.is_active = False
    cast.ana.user.save(update_fields=["is_active"])
    sent_by(cast, vendor, ticket, "Bye.", at)
    assert (said(ticket), ticket.drafts.exists()) == ([], False)


def test_an_absence_of_an_agent_is_no_answer(
    cast: Cast, vendor: Domain, ticket: Ticket, at: datetime
) -> None:
    raw = vendor.sign(by_ana(cast, "I am away.", Auto_Submitted="auto-replied"))
    mail = receive(raw, at=at, to=desk_address(ticket, cast))
    assert (mail.state, said(ticket), ticket.drafts.exists()) == ("refused", [], False)


def test_it_is_said_once_however_often_it_comes(
    cast: Cast, vendor: Domain, ticket: Ticket, at: datetime
) -> None:
    raw, to = vendor.sign(by_ana(cast, "Fixed.")), desk_address(ticket, cast)
    assert [receive(raw, at=at, to=to).state for _ in range(2)] == ["accepted", "duplicate"]
    assert OutgoingMail.objects.filter(kind="reply").count() == 1
