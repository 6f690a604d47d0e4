"""Agents take passages and files out of tickets for good: nothing of them is anywhere after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from answerable.accounts.models import Contact, DataExport
from answerable.cast import Cast
from answerable.channels.email.models import InboundMail
from answerable.channels.email.tests.post import mail_of, receive, send_all
from answerable.desk.tests.opening import PART, SignIn, ask, last_event
from answerable.files.actions import Content, keep
from answerable.files.models import StoredFile
from answerable.search.actions import index_tickets
from answerable.search.models import Document
from answerable.sla.models import Clock, ClockEntry
from answerable.tickets import actions
from answerable.tickets.actions import Sender, add_message, merge, save_draft
from answerable.tickets.actions.attaching import attach_file
from answerable.tickets.actions.drafts import NewerDraft, Typed, keep_draft
from answerable.tickets.core.redaction import MARK
from answerable.tickets.models import Draft, Message, Ticket, TicketEvent

SECRET = "swordfish & tuna 77"
CARD = "4111 1111 1111 1111"
OTHER = "Or charge 5555 5555 5555 4444."


def act(client: Client, ticket: Ticket, of: Message | None = None, **data: object) -> str:
    path = f"/desk/tickets/{ticket.pk}/remove/{f'{of.pk}/' if of else ''}"
    answered = client.post(path, data, headers=PART)
    return " ".join(answered.content.decode().split())


def remove(client: Client, ticket: Ticket, passage: str = SECRET, **more: object) -> str:
    asked = {"what": "passage", "passage": passage, "kind": "password", "sure": "1", **more}
    return act(client, ticket, None, **asked)


def rows_of_all_tables() -> Iterator[tuple[str, str]]:
    """Everything that the database says, a row at a time; bytes as text where they are some."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            for (row,) in cursor.fetchall():
                yield table, row


def tables_with(*words: str) -> set[str]:
    hexed = [word.encode().hex() for word in words]
    wanted = [*words, *hexed]
    return {name for name, row in rows_of_all_tables() for one in wanted if one in row}


@pytest.fixture
def lena(here: Cast, sign_in: SignIn) -> Client:
    """The browser of Lena, who leads."""
    return sign_in(here.lena)


def said_everywhere(here: Cast) -> Ticket:
    """A ticket that came by mail, on which the secret stands wherever people write."""
    at = timezone.now() - timedelta(minutes=9)
    mail = receive(
        mail_of("dana@nordwind.example", f"Log in with\n{SECRET} and look.", Subject="Log in"),
        at=at,
        by="dana@nordwind.example",
    )
    ticket = mail.ticket
    assert ticket is not None
    other = ask(here.dana, f"About {SECRET}", body="The same again.", at=at)
    merge(ticket, other, agent=here.ana, at=at)
    body = f"You wrote:\n> {SECRET.replace(' & ', chr(10) + '> & ')}"
    actions.answer(ticket, agent=here.ana, body=body, seen=last_event(ticket), at=at)
    add_message(ticket, sender=Sender(contact=here.dana), body="Thanks", folded=body, at=at)
    actions.add_note(ticket, agent=here.ana, body=f"It is {SECRET}.", at=at)
    save_draft(ticket, agent=here.ben, mode="reply", body=f"With {SECRET}", at=at)
    actions.resolve(ticket, agent=here.ana, contact=None, at=at, reason=f"{SECRET} works")
    send_all()
    index_tickets([ticket.pk, other.pk])
    return ticket


def test_a_passage_is_nowhere_in_the_database_any_more(here: Cast, lena: Client) -> None:
    ticket = said_everywhere(here)
    before = list(ClockEntry.objects.order_by("pk").values_list("pk", "at", "verb"))
    clocks = list(Clock.objects.order_by("pk").values())
    assert len(tables_with("swordfish")) >= 6
    assert "Removed for good" in remove(lena, ticket, why=f"Dana asked; it was {SECRET}")
    assert tables_with("swordfish", "tuna 77") == set()
    assert list(ClockEntry.objects.order_by("pk").values_list("pk", "at", "verb")) == before
    assert list(Clock.objects.order_by("pk").values()) == clocks
    line = TicketEvent.objects.get(verb="redacted")
    assert (line.agent, line.data["what"]) == (here.lena, "password")
    assert line.data["why"] == f"Dana asked; it was {MARK}"
    page = lena.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "Password or key removed by Lena" in page
    assert MARK in page


def test_the_mail_as_it_was_stored_keeps_its_headers_alone(here: Cast, lena: Client) -> None:
    ticket = said_everywhere(here)
    remove(lena, ticket)
    mail = InboundMail.objects.get()
    raw = bytes(mail.raw)
    assert b"Subject: Log in" in raw
    assert raw.endswith(b"\n[removed]\n")
    assert mail.size == len(raw)
    again = receive(
        mail_of(
            "dana@nordwind.example",
            f"Log in with\n{SECRET} and look.",
            Subject="Log in",
            Message_ID=mail.mail_id,
        ),
        at=timezone.now(),
        by="dana@nordwind.example",
    )
    assert again.state in {"duplicate", "accepted"}


def test_it_shows_where_it_stands_and_removes_nothing_before(here: Cast, lena: Client) -> None:
    ticket = said_everywhere(here)
    asked = act(lena, ticket, what="passage", passage=SECRET, kind="password")
    assert "This cannot be undone." in asked
    assert asked.count('name="from"') == 4
    assert "the subject, replies that are not sent yet, the log" in asked
    assert "swordfish" in ticket.messages.earliest("pk").body


def test_a_message_that_is_not_ticked_keeps_it(here: Cast, lena: Client) -> None:
    ticket = said_everywhere(here)
    note = ticket.messages.get(kind="note")
    shown = [row.pk for row in ticket.messages.all() if "swordfish" in row.body + row.folded]
    ticked = [number for number in shown if number != note.pk]
    remove(lena, ticket, SECRET, shown=shown, **{"from": ticked})
    note.refresh_from_db()
    assert SECRET in note.body
    assert not ticket.messages.exclude(pk=note.pk).filter(body__contains="swordfish").exists()


def test_it_offers_numbers_of_cards_and_any_agent_removes_them(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana, body=f"Charge {CARD}, valid to 12/27. My order is 12345678901234.")
    message = ticket.messages.get()
    page = ana.get(f"/desk/tickets/{ticket.pk}/remove/{message.pk}/", headers=PART)
    assert "Card number •••• 1111" in page.content.decode()
    assert "1111 1111" not in page.content.decode()
    found = re.search(r'value="(card-[0-9a-f]+)"', page.content.decode())
    assert found
    add_message(ticket, sender=Sender(contact=here.dana), body=OTHER, at=timezone.now())
    act(ana, ticket, message, what=found[1], sure="1")
    message.refresh_from_db()
    assert message.body == f"Charge {MARK}, valid to 12/27. My order is 12345678901234."
    assert ticket.messages.latest("pk").body == OTHER
    assert (
        "Card number removed by Ana Silva"
        in ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    )


def test_the_last_line_of_the_queue_loses_it_too(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana, body=f"Charge {CARD}")
    page = act(ana, ticket, sure="1")
    found = re.search(r'value="(card-[0-9a-f]+)"', page)
    assert found
    act(ana, ticket, what=found[1], sure="1")
    ticket.refresh_from_db()
    assert ticket.last_line == f"Charge {MARK}"


def test_only_leads_remove_more_than_cards(here: Cast, ana: Client, settings: Settings) -> None:
    ticket = ask(here.dana, body=f"It is {SECRET}")
    assert "removed by a lead" in act(ana, ticket)
    assert "Choose what is removed" in remove(ana, ticket)
    assert SECRET in ticket.messages.get().body
    settings.ANSWERABLE_REMOVED_BY = "agents"
    assert "Removed for good" in remove(ana, ticket)


@pytest.mark.parametrize(
    ("passage", "problem"),
    [("abc", "Enter the passage, 4 characters"), ("not there", "It does not stand on this")],
)
def test_it_says_what_cannot_be_removed(
    here: Cast, lena: Client, passage: str, problem: str
) -> None:
    assert problem in remove(lena, ask(here.dana), passage)


def test_what_was_removed_before_is_not_removed_again(here: Cast, lena: Client) -> None:
    ticket = ask(here.dana, body=f"It is {SECRET}")
    remove(lena, ticket)
    assert "It does not stand on this ticket" in remove(lena, ticket)
    assert TicketEvent.objects.filter(verb="redacted").count() == 1


def test_a_file_goes_with_its_bytes_unless_another_ticket_has_it(
    here: Cast, lena: Client
) -> None:
    first, second = ask(here.dana), ask(here.dana, "Another")
    file = keep(Content.of(b"account,secret\n1,hunter2\n"), at=timezone.now())
    for ticket in (first, second):
        attach_file(ticket.messages.get(), file, name="accounts.csv")
    number = first.messages.get().attachments.get().pk
    shown = act(lena, first, what=f"file-{number}")
    assert "It stays on one other ticket" in shown
    act(lena, first, what=f"file-{number}", sure="1")
    assert not first.messages.get().attachments.exists()
    assert StoredFile.objects.filter(pk=file.pk).exists()
    act(lena, second, what=f"file-{second.messages.get().attachments.get().pk}", sure="1")
    assert not StoredFile.objects.filter(pk=file.pk).exists()


def test_the_customer_reads_that_something_was_removed_and_not_what(
    here: Cast, lena: Client, sign_in: SignIn
) -> None:
    ticket = ask(here.dana, body=f"It is {SECRET}")
    remove(lena, ticket)
    page = sign_in(here.dana).get(f"/requests/{ticket.pk}/").content.decode()
    assert "Some words were removed" in page
    assert MARK in page
    assert "swordfish" not in page


def test_copies_of_data_that_may_have_it_are_gone(here: Cast, lena: Client) -> None:
    ticket = ask(here.dana, body=f"It is {SECRET}")
    for contact in (here.sam, Contact.objects.exclude(customer=here.dana.customer)[0]):
        DataExport.objects.create(contact=contact, asked_at=timezone.now())
    remove(lena, ticket)
    assert not DataExport.objects.filter(contact=here.sam).exists()
    assert DataExport.objects.count() == 1


def test_a_page_with_the_draft_open_does_not_write_it_back(here: Cast, lena: Client) -> None:
    ticket = ask(here.dana, body=f"It is {SECRET}")
    before = timezone.now()
    first = Typed(SECRET, base="", saved_as="a1b2c3.1")
    keep_draft(ticket, first, agent=here.ben, mode="reply", at=before)
    remove(lena, ticket)
    for base in ("", "a1b2c3.1"):
        typed = Typed(f"{SECRET} and more", base=base, saved_as="a1b2c3.2")
        with pytest.raises(NewerDraft):
            keep_draft(ticket, typed, agent=here.ben, mode="reply", at=timezone.now())
    assert Draft.objects.get().body == MARK


def test_search_does_not_find_it_from_then_on(here: Cast, lena: Client) -> None:
    ticket = ask(here.dana, body=f"It is {SECRET}")
    index_tickets([ticket.pk])
    assert "swordfish" in str(Document.objects.get(pk=ticket.pk).words)
    remove(lena, ticket)
    assert "swordfish" not in str(Document.objects.get(pk=ticket.pk).words)
