"""Files at the desk: read by agents alone, sent with replies and notes, and kept until then."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from answerable.apart.tests.opening import attached
from answerable.cast import Cast
from answerable.channels.email import actions as mail
from answerable.desk.tests.opening import PART, SignIn, ask
from answerable.files import capability
from answerable.files.models import Upload
from answerable.files.tests.samples import PDF, PNG, png
from answerable.tickets import actions
from answerable.tickets.models import Attachment, Message, Ticket


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    return ask(here.dana)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def a_file(content: bytes = PNG, name: str = "fix.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page_of(browser: Client, ticket: Ticket) -> str:
    return browser.get(f"/desk/tickets/{ticket.pk}/").content.decode()


def reply(browser: Client, ticket: Ticket, **more: object) -> int:
    seen = ticket.events.latest("pk").pk
    sent = {"reply": "Try this", "seen": seen, **more}
    return browser.post(f"/desk/tickets/{ticket.pk}/reply/", sent, headers=PART).status_code


def test_a_reply_and_a_note_take_their_files_along(ana: Client, ticket: Ticket) -> None:
    for mode in ("reply", "note"):
        address = f"/desk/tickets/{ticket.pk}/uploads/{mode}/"
        ana.post(address, {"new_files": [a_file(name=f"{mode}.png")]}, headers=PART)
    numbers = dict(Upload.objects.values_list("place", "pk"))
    assert reply(ana, ticket, files=numbers[f"reply-{ticket.pk}"]) == 200
    note = {"note": "Look", "files": list(numbers.values())}
    ana.post(f"/desk/tickets/{ticket.pk}/note/", note, headers=PART)
    sent = Attachment.objects.order_by("name").values_list("name", "message__kind")
    assert list(sent) == [("note.png", "note"), ("reply.png", "reply")]


def test_files_wait_for_their_writer_alone(
    ana: Client, here: Cast, sign_in: SignIn, ticket: Ticket
) -> None:
    ana.post(f"/desk/tickets/{ticket.pk}/uploads/reply/", {"new_files": [a_file()]})
    assert "fix.png" in page_of(ana, ticket)
    assert "fix.png" not in page_of(sign_in(here.ben), ticket)


def test_a_reply_that_is_stopped_keeps_its_files(
    ana: Client, here: Cast, ticket: Ticket, now: datetime
) -> None:
    seen = ticket.events.latest("pk").pk
    sender = actions.Sender(contact=here.dana)
    actions.add_message(ticket, sender=sender, body="Any news?", at=now)
    sent = {"reply": "Try this", "seen": seen, "new_files": [a_file()]}
    answer = ana.post(f"/desk/tickets/{ticket.pk}/reply/", sent)
    assert answer.status_code == 422
    assert re.search(r'name="files" value="\d+"', answer.content.decode())
    assert not Attachment.objects.exists()


def test_a_reply_that_is_taken_back_leaves_its_files_beside_the_draft(
    ana: Client, here: Cast, ticket: Ticket, now: datetime
) -> None:
    assert reply(ana, ticket, new_files=[a_file()]) == 200
    sent = Message.objects.get(kind="reply")
    assert sent.attachments.count() == 1
    mail.take_back(sent, agent=here.ana, at=now)
    assert sent.attachments.count() == 0
    page = page_of(ana, ticket)
    assert "fix.png" in page
    assert "Try this" in page


def test_agents_alone_are_led_to_files(
    ana: Client, here: Cast, sign_in: SignIn, ticket: Ticket, now: datetime
) -> None:
    file = attached(ticket.messages.get(), PDF, "log.pdf", at=now)
    address = f"/desk/tickets/{ticket.pk}/files/{file.pk}/"
    assert capability.read(ana.get(address)["Location"].split("/")[2]) == ("file", [file.pk])
    assert sign_in(here.dana).get(address).status_code == 404
    other = ask(here.olive)
    assert ana.get(f"/desk/tickets/{other.pk}/files/{file.pk}/").status_code == 404


def test_small_pictures_of_a_mail_are_folded_and_twins_are_listed_once(
    ana: Client, ticket: Ticket, now: datetime
) -> None:
    message = ticket.messages.get()
    for content, name in ((PNG, "logo.png"), (png(400, 300), "screen.png")):
        for _ in range(2):
            file = attached(message, content, name, at=now)
            Attachment.objects.filter(pk=file.pk).update(inline=True, content_id=name)
    page = page_of(ana, ticket)
    assert "1 small picture between the words" in page
    assert page.count('<bdi class="file-name">screen.png</bdi>') == 1
    assert page.count('<bdi class="file-name">logo.png</bdi>') == 1


def test_names_and_types_are_text_wherever_they_stand(
    ana: Client, ticket: Ticket, now: datetime
) -> None:
    name = '"><img src=x onerror=alert(1)>.pdf'
    attached(ticket.messages.get(), PDF, name, at=now, declared="text/html")
    page = page_of(ana, ticket)
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;.pdf" in page
