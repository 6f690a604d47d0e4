"""Replies, notes and drafts: what is sent once, what is never lost, what no customer sees."""

from __future__ import annotations

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.desk.tests.opening import PART, SignIn, ask, last_event, stranger_asks
from answerable.files.tests.samples import png
from answerable.tickets import actions
from answerable.tickets.actions import LONGEST, Sender
from answerable.tickets.models import Message, Ticket


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    return ask(here.dana)


def address(ticket: Ticket, what: str) -> str:
    return f"/desk/tickets/{ticket.pk}/{what}/"


def replies(ticket: Ticket) -> list[str]:
    return list(
        ticket.messages.filter(kind="reply").order_by("pk").values_list("body", flat=True)
    )


def test_a_reply_is_sent_and_shows_as_held_at_once(ticket: Ticket, ana: Client) -> None:
    answer = ana.post(
        address(ticket, "reply"),
        {"reply": "It is fixed.", "seen": last_event(ticket)},
        headers=PART,
    )
    assert answer.status_code == 200
    assert "desk:sent" in answer.headers["HX-Trigger"]
    assert replies(ticket) == ["It is fixed."]
    assert "Held 10 s" in ana.get(address(ticket, "parts")).content.decode()


def test_it_works_as_a_plain_form(ticket: Ticket, ana: Client) -> None:
    answer = ana.post(
        address(ticket, "reply"), {"reply": "Fixed.", "seen": last_event(ticket)}, follow=True
    )
    assert "Sending in 10 s." in answer.content.decode()
    assert replies(ticket) == ["Fixed."]


@pytest.mark.parametrize(
    ("what", "body", "words"),
    [
        ("reply", "", "Enter a reply"),
        ("reply", " \n ", "Enter a reply"),
        ("note", "", "Enter a note"),
        ("reply", "x" * (LONGEST + 1), "The reply must be 10,000 characters or fewer"),
        ("note", "x" * (LONGEST + 1), "The note must be 10,000 characters or fewer"),
    ],
)
def test_what_cannot_be_sent_is_said_and_kept(
    ticket: Ticket, ana: Client, what: str, body: str, words: str
) -> None:
    part = ana.post(address(ticket, what), {what: body}, headers=PART)
    assert (part.status_code, words in part.content.decode()) == (422, True)
    page = ana.post(address(ticket, what), {what: body})
    assert page.status_code == 422
    shown = page.content.decode()
    assert words in shown
    assert "<title>Error: " in shown
    assert f">{body}</textarea>" in shown
    assert ticket.messages.count() == 1


def test_d_13_a_newer_message_stops_a_reply_until_its_writer_has_seen_it(
    ticket: Ticket, here: Cast, ana: Client
) -> None:
    seen = last_event(ticket)
    sender = Sender(contact=here.dana)
    actions.add_message(ticket, sender=sender, body="It is EU-2.", at=timezone.now())
    sent = {"reply": "Which region?", "seen": seen}
    part = ana.post(address(ticket, "reply"), sent, headers=PART)
    shown = part.content.decode()
    assert part.status_code == 422
    assert "1 new message since you started" in shown
    assert "It is EU-2." in shown
    page = ana.post(address(ticket, "reply"), sent)
    assert ">Which region?</textarea>" in page.content.decode()
    assert replies(ticket) == []
    ana.post(address(ticket, "reply"), sent | {"seen_now": last_event(ticket)})
    assert replies(ticket) == ["Which region?"]


def test_marks_and_notes_of_others_stop_no_reply(
    ticket: Ticket, here: Cast, ana: Client
) -> None:
    seen = last_event(ticket)
    actions.take(ticket, agent=here.ben, at=timezone.now())
    actions.add_note(ticket, agent=here.ben, body="Looking", at=timezone.now())
    ana.post(address(ticket, "reply"), {"reply": "Hello", "seen": seen}, headers=PART)
    assert replies(ticket) == ["Hello"]


def test_a_second_press_sends_nothing(ticket: Ticket, ana: Client) -> None:
    sent = {"reply": "Once.", "seen": last_event(ticket)}
    first = ana.post(address(ticket, "reply"), sent)
    again = ana.post(address(ticket, "reply"), sent)
    assert (first.status_code, again.status_code) == (302, 302)
    assert replies(ticket) == ["Once."]


@pytest.mark.django_db(transaction=True)
def test_d_14_of_two_forms_sent_at_once_one_is_stopped(
    ticket: Ticket, here: Cast, sign_in: SignIn
) -> None:
    seen = last_event(ticket)
    codes: list[int] = []
    together = threading.Barrier(2)

    def answer(client: Client) -> None:
        together.wait(timeout=10)
        sent = {"reply": "Mine", "seen": seen}
        codes.append(client.post(address(ticket, "reply"), sent, headers=PART).status_code)
        connection.close()

    clients = [sign_in(here.ana), sign_in(here.ben)]
    threads = [threading.Thread(target=answer, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(codes) == [200, 422]
    assert replies(ticket) == ["Mine"]


@pytest.mark.parametrize("channel", ["form", "email", "chat", "callback"])
def test_d_09_a_note_reaches_no_customer(
    here: Cast, ana: Client, sign_in: SignIn, channel: str
) -> None:
    ticket, words = ask(here.dana, channel=channel), "The IdP certificate is theirs"
    mails = OutgoingMail.objects.count()
    file = SimpleUploadedFile("theirs.png", png(60, 40))
    sent = {"note": f"@ben {words}", "new_files": [file]}
    ana.post(address(ticket, "note"), sent, headers=PART)
    note = ticket.messages.get(kind=Message.Kind.NOTE)
    assert note.body == f"@ben {words}"
    assert note.attachments.get().name == "theirs.png"
    to_them = OutgoingMail.objects.exclude(to=here.ben.user.email)
    assert to_them.count() == mails
    dana = sign_in(here.dana)
    for path in ("", "conversation/", "promise/", "why/"):
        shown = dana.get(f"/requests/{ticket.pk}/{path}").content.decode()
        assert words not in shown
        assert "theirs.png" not in shown
    assert words not in dana.get("/requests/").content.decode()
    ticket.refresh_from_db()
    assert words not in ticket.last_line


def test_neither_box_takes_what_was_typed_in_the_other(ticket: Ticket, ana: Client) -> None:
    assert (
        ana.post(address(ticket, "reply"), {"note": "Internal", "seen": 9}).status_code == 422
    )
    assert ana.post(address(ticket, "note"), {"reply": "For Dana"}).status_code == 422
    assert ticket.messages.count() == 1


def test_a_stranger_is_answered_only_once_let_in(here: Cast, ana: Client) -> None:
    ticket = stranger_asks()
    sent = {"reply": "Hello", "seen": last_event(ticket)}
    refused = ana.post(address(ticket, "reply"), sent, headers=PART)
    assert "Let it in before you reply" in refused.content.decode()
    ana.post(address(ticket, "admit"))
    ana.post(address(ticket, "reply"), sent, headers=PART)
    assert replies(ticket) == ["Hello"]


def others_take(ticket: Ticket, here: Cast) -> None:
    actions.take(ticket, agent=here.ben, at=timezone.now())


def others_resolve(ticket: Ticket, here: Cast) -> None:
    now = timezone.now()
    actions.resolve(ticket, agent=here.ben, contact=None, reason="Twice", at=now)


def others_answer(ticket: Ticket, here: Cast) -> None:
    seen, now = last_event(ticket), timezone.now()
    actions.answer(ticket, agent=here.ben, body="Hello", seen=seen, at=now)


def others_note(ticket: Ticket, here: Cast) -> None:
    actions.add_note(ticket, agent=here.ben, body="Looking", at=timezone.now())


def the_customer_writes(ticket: Ticket, here: Cast) -> None:
    sender = Sender(contact=here.dana)
    actions.add_message(ticket, sender=sender, body="Any news?", at=timezone.now())


@pytest.mark.parametrize("mode", ["reply", "note"])
@pytest.mark.parametrize(
    "happens", [others_take, others_resolve, others_answer, others_note, the_customer_writes]
)
def test_a_draft_stays_whatever_others_do(
    ticket: Ticket, here: Cast, ana: Client, sign_in: SignIn, mode: str, happens: object
) -> None:
    text = "Hello Dana,\n\nhalf a sentence"
    saved = ana.post(address(ticket, f"draft/{mode}"), {"text": text})
    assert saved.json()["saved"].startswith("saved ")
    happens(ticket, here)  # type: ignore[operator]
    again = sign_in(here.ana)
    assert f">{text}</textarea>" in again.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    other = ask(here.dana, "Another")
    assert "half a sentence" not in again.get(f"/desk/tickets/{other.pk}/").content.decode()
    bens = sign_in(here.ben).get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "half a sentence" not in bens


def test_a_draft_goes_with_its_reply_and_leaves_the_note(ticket: Ticket, ana: Client) -> None:
    for mode in ("reply", "note"):
        ana.post(address(ticket, f"draft/{mode}"), {"text": mode})
    ana.post(address(ticket, "reply"), {"reply": "Done", "seen": last_event(ticket)})
    assert [draft.mode for draft in ticket.drafts.all()] == ["note"]


def test_an_emptied_draft_is_forgotten(ticket: Ticket, ana: Client) -> None:
    ana.post(address(ticket, "draft/reply"), {"text": "Hello"})
    assert ana.post(address(ticket, "draft/reply"), {"text": " "}).json() == {
        "saved": "",
        "version": "",
    }
    assert ticket.drafts.count() == 0


def test_a_session_that_ended_is_told_and_nothing_is_sent(
    ticket: Ticket, client: Client
) -> None:
    answer = client.post(address(ticket, "reply"), {"reply": "Hello"}, headers=PART)
    assert answer.status_code == 401
    assert "/sign-in/" in answer.headers["HX-Redirect"]
    assert replies(ticket) == []
