"""The cases of domain.md (d) that are about mail, by their numbers, as mails that arrive."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.email import ours
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.tests.keys import dmarc, domain
from answerable.channels.email.tests.name_server import NameServer
from answerable.channels.email.tests.post import mail_of, opened_by_mail, queued, receive
from answerable.sla.models import Clock
from answerable.tickets.actions import admit, answer, mark_delivered, resolve
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened

HOUR = timedelta(hours=1)
DANA = "Dana Wolf <dana@nordwind.example>"


def ticket_of(sender: str, at: datetime, **headers: str) -> Ticket:
    mail = receive(mail_of(sender, **headers), at=at)
    assert mail.ticket, mail.reason
    return mail.ticket


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    found = opened(cast.dana, at)
    mark_delivered(answer(found, agent=cast.ana, body="Fixed?", seen=2**62, at=at), at=at)
    found.refresh_from_db()
    return found


def test_e1_an_acknowledgement_is_no_reply(cast: Cast, at: datetime) -> None:
    ticket = opened_by_mail(cast.dana, at=at)
    assert len(queued("acknowledgement")) == 1
    assert Clock.objects.get(ticket=ticket).answered_at is None


def test_e3_an_agents_note_by_mail_answers_nobody(
    cast: Cast, names: NameServer, at: datetime
) -> None:
    vendor = domain("answerable.example")
    names.publish(vendor.records, dmarc(vendor.name))
    ticket = opened(cast.dana, at)
    to = ours.desk_reply_address(ticket.pk, cast.ana.pk, ticket.events.latest("pk").pk)
    receive(vendor.sign(mail_of("ana@answerable.example", "#note Hm.")), at=at, to=to)
    assert Clock.objects.get(ticket=ticket, metric="first_response").answered_at is None
    ticket.refresh_from_db()
    assert (ticket.state, queued("reply")) == ("open", [])


def test_e12_e17_a_mail_counts_from_when_our_server_had_it(cast: Cast, at: datetime) -> None:
    ticket = ticket_of(DANA, at - HOUR)
    assert (ticket.created_at, Clock.objects.get(ticket=ticket).started_at) == (
        at - HOUR,
        at - HOUR,
    )


def test_e19_a_super_admin_in_copy_brings_no_guarantee(cast: Cast, at: datetime) -> None:
    ticket = ticket_of("sam@nordwind.example", at, Cc=DANA)
    assert (ticket.requester, Clock.objects.get(ticket=ticket).kind) == (cast.sam, "aim")


def test_e31_an_unknown_address_of_a_known_domain_waits_to_be_let_in(
    cast: Cast, at: datetime
) -> None:
    ticket = ticket_of("new@nordwind.example", at)
    assert (ticket.state, ticket.customer, OutgoingMail.objects.count()) == ("review", None, 0)
    admit(ticket, contact=cast.sam, agent=cast.ana, at=at + HOUR)
    assert (Clock.objects.get(ticket=ticket).kind, ticket.created_at) == ("aim", at)


def test_e32_a_known_person_with_another_address_is_heard(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    to = ours.reply_address(ticket)
    mail = receive(mail_of("Dana <dana@home.example>", "It is me."), at=at + HOUR, to=to)
    ticket.refresh_from_db()
    assert (mail.ticket, ticket.state, ticket.requester) == (ticket, "open", cast.dana)
    assert mail.message
    assert not mail.message.verified


def test_e33_an_address_at_a_provider_proves_nothing(cast: Cast, at: datetime) -> None:
    assert ticket_of("nordwind@mailbox.example", at).state == "review"


def test_e34_only_the_customer_brings_others_along(
    cast: Cast, names: NameServer, ticket: Ticket, at: datetime
) -> None:
    vendor = domain("answerable.example")
    names.publish(vendor.records, dmarc(vendor.name))
    by_ana = mail_of("ana@answerable.example", "Hm.", Cc="boss@elsewhere.example")
    receive(vendor.sign(by_ana), at=at, to=ours.reply_address(ticket))
    by_stranger = mail_of("dana@home.example", "Hm.", Cc="boss@elsewhere.example")
    receive(by_stranger, at=at, to=ours.reply_address(ticket))
    assert not ticket.participants.exists()
    by_dana = mail_of(DANA, "Hm.", Cc="boss@elsewhere.example")
    receive(by_dana, at=at, to=ours.reply_address(ticket))
    assert ticket.participants.get().address == "boss@elsewhere.example"


@pytest.mark.parametrize(("days", "same"), [(1, True), (60, False)])
def test_e59_an_answer_to_what_is_done_goes_on_there_or_anew(
    cast: Cast, ticket: Ticket, at: datetime, days: int, same: bool
) -> None:
    resolve(ticket, agent=cast.ana, contact=None, reason="Done", at=at)
    later = at + timedelta(days=days)
    mail = receive(mail_of(DANA, "Again."), at=later, to=ours.reply_address(ticket))
    assert mail.ticket
    assert (mail.ticket == ticket, mail.ticket.follows == ticket) == (same, not same)


def test_e99_no_mail_gains_a_guarantee(cast: Cast, names: NameServer, at: datetime) -> None:
    nordwind = domain("nordwind.example")
    names.publish(nordwind.records, dmarc("nordwind.example"))
    proven = receive(nordwind.sign(mail_of(DANA, "URGENT")), at=at)
    assert Clock.objects.get(ticket=proven.ticket).kind == "aim"
    forged = receive(mail_of(DANA, "URGENT, and worse"), at=at)
    assert not Clock.objects.filter(ticket=forged.ticket).exists()


def test_no_mail_answers_a_stranger_a_program_or_who_is_not_verified(
    cast: Cast, names: NameServer, at: datetime
) -> None:
    names.publish(dmarc("nordwind.example"))
    for sender, headers in (
        ("nobody@elsewhere.example", {}),
        (DANA, {}),
        ("sam@nordwind.example", {"Precedence": "list", "List-Id": "<all.nordwind.example>"}),
        (DANA, {"Auto_Submitted": "auto-generated"}),
    ):
        receive(mail_of(sender, **headers), at=at)
    assert not OutgoingMail.objects.exists()


def test_the_address_says_the_language(cast: Cast, at: datetime, settings: Settings) -> None:
    settings.ANSWERABLE_MAIL_LANGUAGES = {"support+hilfe@answerable.example": "de"}
    raw = mail_of("nobody@elsewhere.example", To="Support+Hilfe@answerable.example")
    mail = receive(raw, at=at, to="support+hilfe@answerable.example")
    assert mail.ticket
    assert mail.ticket.language == "de"
    assert ticket_of("somebody@elsewhere.example", at).language == "en"
