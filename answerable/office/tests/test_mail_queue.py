"""Administrators see what has not gone out and why, have it tried, or give it up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.channels.email.actions import Holder, hold_next, send_letter, send_waiting
from answerable.channels.email.models import MailServer, OutgoingMail
from answerable.channels.email.send import Unreachable
from answerable.channels.email.tests.server import free_port
from answerable.channels.email.transport import Way, ways
from answerable.sla.models import Clock
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Answer
from answerable.tickets.models import Message
from answerable.tickets.tests.openings import opened

QUEUE = "/office/mail/queue/"


@pytest.fixture
def reply(here: Cast) -> Message:
    ticket = opened(here.dana, timezone.now())
    OutgoingMail.objects.all().delete()
    return tickets.answer(ticket, agent=here.ana, body="Fixed.", seen=2**62, at=timezone.now())


@pytest.fixture
def down(reply: Message) -> Way:
    """A server that is not there, and that was just asked."""
    (way,) = ways(f"smtp://127.0.0.1:{free_port()}")
    with pytest.raises(Unreachable):
        send_waiting(way, holder=Holder(1), clock=timezone.now)
    return way


def shown(client: Client) -> str:
    return client.get(QUEUE).content.decode()


def test_it_says_that_nothing_waits(here: Cast, ida: Client) -> None:
    assert "No mail waits. Everything has gone out." in shown(ida)


def test_it_says_what_waits_and_why(down: Way, reply: Message, ida: Client) -> None:
    page = shown(ida)
    assert f"{down.name} does not answer." in page
    assert "Connection refused" in page
    assert "dana@nordwind.example" in page
    assert f'href="/desk/tickets/{reply.ticket_id}/"' in page
    assert "1 try so far" in page


def test_the_oldest_stands_first(here: Cast, ida: Client) -> None:
    for number in (2, 1):
        at = timezone.now() - timedelta(minutes=number)
        send_letter(to="dana@nordwind.example", subject=f"Number {number}", body="x", at=at)
    page = shown(ida)
    assert page.index("Number 2") < page.index("Number 1")


def test_what_its_writer_may_take_back_is_not_among_it(here: Cast, ida: Client) -> None:
    ticket = opened(here.dana, timezone.now())
    OutgoingMail.objects.all().delete()
    said = Answer(here.ana, "Fixed.", 2**62, grace=lambda *_: timedelta(seconds=10))
    tickets.send(ticket, said, at=timezone.now())
    assert "No mail waits." in shown(ida)


def test_it_is_tried_now(down: Way, ida: Client) -> None:
    mail = OutgoingMail.objects.get()
    assert mail.next_try_at > timezone.now()
    answer = ida.post(f"{QUEUE}{mail.pk}/now/", follow=True)
    assert "It is tried now." in answer.content.decode()
    mail.refresh_from_db()
    assert mail.next_try_at <= timezone.now()
    assert MailServer.objects.get().not_before is None


def test_it_is_given_up_for_a_reason(reply: Message, ida: Client) -> None:
    mail = OutgoingMail.objects.get()
    address = f"{QUEUE}{mail.pk}/cancel/"
    assert "its promise is not kept by it" in ida.get(address).content.decode()
    assert "Enter a reason" in ida.post(address, {"reason": " "}).content.decode()
    answer = ida.post(address, {"reason": "Dana has left"}, follow=True)
    assert "Cancelled. It is not sent." in answer.content.decode()
    event = reply.ticket.events.get(verb="undelivered")
    assert event.data["why"] == "Cancelled by Ida Holm: Dana has left"
    assert Clock.objects.get(ticket=reply.ticket).outcome == "running"
    mail.refresh_from_db()
    assert mail.state == "failed"
    assert ida.get(address).status_code == 404


def test_what_is_being_sent_is_left_to_who_sends_it(reply: Message, ida: Client) -> None:
    mail = OutgoingMail.objects.get()
    hold_next(Holder(7), at=timezone.now())
    assert "being sent" in shown(ida)
    for what, data in (("now", {}), ("cancel", {"reason": "x"})):
        answer = ida.post(f"{QUEUE}{mail.pk}/{what}/", data, follow=True)
        assert "It no longer waits." in answer.content.decode()
    mail.refresh_from_db()
    assert mail.state == "held"


def test_the_desk_says_when_mail_waits_for_long(reply: Message, ida: Client) -> None:
    hint = "1 mail has waited for more than 10 minutes."
    assert hint not in ida.get("/desk/").content.decode()
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    page = ida.get("/desk/").content.decode()
    assert hint in page
    assert 'href="/office/mail/queue/"' in page


def test_the_ticket_says_what_became_of_its_reply(
    down: Way, reply: Message, ida: Client
) -> None:
    page = f"/desk/tickets/{reply.ticket_id}/parts/"
    assert "Not sent yet, next try " in ida.get(page).content.decode()
    tickets.mark_delivered(reply, at=timezone.now())
    assert "Delivered " in ida.get(page).content.decode()
    tickets.mark_undelivered(reply, why="mailbox full", at=timezone.now())
    assert "Bounced: mailbox full" in ida.get(page).content.decode()
