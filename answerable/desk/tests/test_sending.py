"""The bar of replies that have not left: undo, send now, and what is too late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.email.actions import Holder, hold_next, send_waiting
from answerable.channels.email.transport import open_way
from answerable.desk.tests.opening import PART, SignIn, ask, last_event
from answerable.sla.models import Clock
from answerable.tickets.models import Message, Ticket

BAR = "/desk/sending/"


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    return ask(here.dana)


@pytest.fixture
def reply(ticket: Ticket, ana: Client) -> Message:
    send(ana, ticket)
    return ticket.messages.get(kind="reply")


def send(client: Client, ticket: Ticket, body: str = "It is fixed.") -> str:
    sent = {"reply": body, "seen": last_event(ticket)}
    answer = client.post(f"/desk/tickets/{ticket.pk}/reply/", sent, headers=PART)
    return answer.content.decode()


def act(client: Client, message: Message, what: str) -> str:
    return client.post(f"{BAR}{message.pk}/{what}/", headers=PART).content.decode()


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_every_page_of_the_desk_shows_what_waits(
    reply: Message, here: Cast, ana: Client, sign_in: SignIn
) -> None:
    for path in ("/desk/", "/desk/q/mine/", f"/desk/tickets/{reply.ticket_id}/", BAR):
        shown = text_of(ana, path)
        assert "Sending at " in shown
        assert f"{BAR}{reply.pk}/undo/" in shown
    assert f"{BAR}{reply.pk}" not in text_of(sign_in(here.ben), "/desk/")


def test_undo_brings_the_words_back_into_the_box(
    reply: Message, ticket: Ticket, ana: Client
) -> None:
    answer = ana.post(f"{BAR}{reply.pk}/undo/", headers=PART)
    assert "Not sent. It is your draft again." in answer.content.decode()
    assert "desk:undone" in answer.headers["HX-Trigger"]
    page = text_of(ana, f"/desk/tickets/{ticket.pk}/")
    assert ">It is fixed.</textarea>" in page
    assert "Reply taken back by Ana Silva before it left" in page
    assert "Sending at " not in text_of(ana, BAR)
    assert "Not sent." in act(ana, reply, "undo")
    assert ticket.drafts.get().body == "It is fixed."


def test_it_works_as_a_plain_form(reply: Message, ticket: Ticket, ana: Client) -> None:
    answer = ana.post(f"{BAR}{reply.pk}/undo/", follow=True)
    assert answer.redirect_chain == [(f"/desk/tickets/{ticket.pk}/", 302)]
    assert ">It is fixed.</textarea>" in answer.content.decode()


def test_no_customer_sees_it_before_it_has_left(
    reply: Message, ticket: Ticket, here: Cast, sign_in: SignIn
) -> None:
    dana = sign_in(here.dana)
    pages = ("/requests/", f"/requests/{ticket.pk}/", f"/requests/{ticket.pk}/conversation/")
    for path in pages:
        assert "It is fixed." not in text_of(dana, path)
    hold_next(Holder(1), at=timezone.now() + timedelta(seconds=11))
    for path in pages:
        assert "It is fixed." in text_of(dana, path)


def test_no_customer_ever_sees_what_was_taken_back(
    reply: Message, ticket: Ticket, here: Cast, ana: Client, sign_in: SignIn
) -> None:
    act(ana, reply, "undo")
    dana = sign_in(here.dana)
    for path in ("/requests/", f"/requests/{ticket.pk}/"):
        assert "It is fixed." not in text_of(dana, path)


def test_undo_can_be_too_late(reply: Message, ana: Client) -> None:
    later = timezone.now() + timedelta(seconds=11)
    hold_next(Holder(1), at=later)
    assert "It is on its way already. Write a correction?" in act(ana, reply, "undo")
    Message.objects.filter(pk=reply.pk).update(delivered_at=later)
    said = act(ana, reply, "undo")
    assert "Already delivered at " in said
    assert f'href="/desk/tickets/{reply.ticket_id}/#reply-text"' in said


def test_it_can_be_sent_now(reply: Message, ana: Client) -> None:
    assert "Sending now." in act(ana, reply, "now")
    send_waiting(open_way("outbox:"), holder=Holder(1), clock=timezone.now)
    reply.refresh_from_db()
    assert reply.delivered_at


@pytest.mark.parametrize("what", ["undo", "now"])
def test_nobody_else_has_its_buttons(
    reply: Message, here: Cast, sign_in: SignIn, what: str
) -> None:
    assert sign_in(here.ben).post(f"{BAR}{reply.pk}/{what}/").status_code == 404
    reply.refresh_from_db()
    assert reply.kind == "reply"


def test_d_11_it_says_why_it_could_not_wait(ticket: Ticket, ana: Client) -> None:
    left = timezone.now() + timedelta(seconds=12.5)
    Clock.objects.filter(ticket=ticket).update(due_at=left)
    assert "Sent at once: 12 s were left on the promise." in send(ana, ticket)
    assert ticket.messages.get(kind="reply").leaves_at is None


def test_what_is_late_goes_out_at_once(ticket: Ticket, ana: Client) -> None:
    Clock.objects.filter(ticket=ticket).update(due_at=timezone.now() - timedelta(minutes=1))
    assert "Sent at once: the promise is late already." in send(ana, ticket)


def test_the_vendor_may_do_without(ticket: Ticket, ana: Client, settings: Settings) -> None:
    settings.ANSWERABLE_UNDO_SECONDS = 0
    assert "Sending to Dana Wolf." in send(ana, ticket)
    assert "Sending at " not in text_of(ana, BAR)


def test_each_agent_chooses_for_how_long_it_waits(here: Cast, ana: Client) -> None:
    assert 'value="10"' in ana.get("/desk/signatures/").content.decode()
    for seconds, words in (("25", "Sending in 25 s."), ("0", "Sending to Dana Wolf.")):
        chosen = ana.post("/desk/signatures/", {"seconds": seconds}, follow=True)
        assert "Saved." in chosen.content.decode()
        ticket = ask(here.dana)
        sent = {"reply": "Fixed.", "seen": last_event(ticket)}
        answer = ana.post(f"/desk/tickets/{ticket.pk}/reply/", sent, headers=PART)
        assert words in answer.content.decode()
    for wrong in ("31", "-1", "soon", ""):
        answer = ana.post("/desk/signatures/", {"seconds": wrong})
        assert "Enter whole seconds from 0 to 30" in answer.content.decode()
