"""Files that customers attach: sent with what they write, kept when something is wrong."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from answerable.accounts.actions import let_in
from answerable.apart.tests.opening import attached
from answerable.cast import Cast
from answerable.files import capability
from answerable.files.models import StoredFile, Upload
from answerable.files.reading import pieces
from answerable.files.tests.samples import PDF, PNG
from answerable.portal.tests.helping import answered_by, form_with, sent_by, text_of
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Came
from answerable.tickets.models import Attachment, HtmlBody, Message, Ticket

PART = {"HX-Request": "true"}


def a_file(content: bytes = PNG, name: str = "error 17.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def waiting_in(page: str) -> list[int]:
    return [int(n) for n in re.findall(r'name="files" value="(\d+)"', page)]


def test_a_request_takes_its_files_along(cast: Cast, dana: Client) -> None:
    files = [a_file(), a_file(PDF, "log.pdf")]
    dana.post("/contact/", form_with(dana) | {"new_files": files})
    found = Attachment.objects.order_by("pk")
    assert [one.name for one in found] == ["error 17.png", "log.pdf"]
    assert b"".join(pieces(found[1].file)) == PDF
    assert not Upload.objects.exists()
    assert found[0].message
    page = dana.get(f"/requests/{found[0].message.ticket_id}/")
    assert "error 17.png" in text_of(page)
    assert "PDF, " in text_of(page)


def test_a_form_with_an_error_keeps_its_files(cast: Cast, dana: Client) -> None:
    answer = dana.post("/contact/", form_with(dana, body="") | {"new_files": [a_file()]})
    assert answer.status_code == 422
    numbers = waiting_in(answer.content.decode())
    assert len(numbers) == 1
    dana.post("/contact/", form_with(dana) | {"files": numbers})
    assert Attachment.objects.get().name == "error 17.png"


def test_a_file_is_left_out_where_that_is_ticked(cast: Cast, dana: Client) -> None:
    dana.post("/contact/", form_with(dana, body="") | {"new_files": [a_file()]})
    number = Upload.objects.get().pk
    dana.post("/contact/", form_with(dana) | {"files": [number], "drop": [number]})
    assert Ticket.objects.count() == 1
    assert not Attachment.objects.exists()


def test_only_listed_files_are_sent(cast: Cast, dana: Client) -> None:
    dana.post("/contact/", form_with(dana, body="") | {"new_files": [a_file()]})
    dana.post("/contact/", form_with(dana))
    assert not Attachment.objects.exists()
    assert Upload.objects.count() == 1


def test_somebody_elses_file_cannot_be_sent(cast: Cast, dana: Client, olive: Client) -> None:
    dana.post("/contact/", form_with(dana, body="") | {"new_files": [a_file()]})
    number = Upload.objects.get().pk
    olive.post("/contact/", form_with(olive) | {"files": [number], "drop": [number]})
    assert not Attachment.objects.exists()
    assert Upload.objects.filter(pk=number).exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the selected file is empty"),
        (b"x" * (1024 * 1024 + 1), "the selected file must be smaller than 1 MB"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_text_stays(
    cast: Cast, dana: Client, settings: Settings, content: bytes, says: str
) -> None:
    settings.ANSWERABLE_FILES_MAX_BYTES = 1024 * 1024
    answer = dana.post("/contact/", form_with(dana) | {"new_files": [a_file(content, "a.log")]})
    assert answer.status_code == 422
    assert f"a.log: {says}" in text_of(answer)
    assert "Exports fail" in answer.content.decode()
    assert "Up to 1 MB together." in text_of(answer)
    assert not Ticket.objects.exists()


def test_a_strangers_files_wait_for_them_to_sign_in(cast: Cast, at: datetime) -> None:
    stranger = Client()
    stranger.post("/contact/", form_with(stranger) | {"new_files": [a_file()]})
    assert Upload.objects.get().owner.startswith("stranger-")
    other = Client()
    assert waiting_in(other.get("/contact/").content.decode()) == []
    stranger.force_login(let_in(cast.dana, at=at))
    page = stranger.get("/contact/").content.decode()
    assert "Exports fail" in page
    assert len(waiting_in(page)) == 1
    stranger.post("/contact/", form_with(stranger) | {"files": waiting_in(page)})
    assert Attachment.objects.get(message__contact=cast.dana)


def test_an_answer_takes_its_files_along_after_a_session_that_ended(
    cast: Cast, at: datetime
) -> None:
    ticket = sent_by(cast.dana, at=at)
    browser = Client()
    sent = {"body": "Here it is", "new_files": [a_file()]}
    assert browser.post(f"/requests/{ticket.pk}/messages/", sent).status_code == 302
    browser.force_login(let_in(cast.dana, at=at))
    page = browser.get(f"/requests/{ticket.pk}/").content.decode()
    assert "Here it is" in page
    again = {"body": "Here it is", "files": waiting_in(page)}
    browser.post(f"/requests/{ticket.pk}/messages/", again)
    assert Attachment.objects.get(message__body="Here it is")


def test_a_script_sends_one_file_and_gets_its_line(cast: Cast, dana: Client) -> None:
    answer = dana.post("/contact/uploads/", {"new_files": [a_file()]}, headers=PART)
    assert answer.status_code == 200
    (number,) = waiting_in(answer.content.decode())
    assert dana.post("/contact/uploads/", {"drop": [number]}, headers=PART).status_code == 200
    assert not Upload.objects.exists()
    empty = dana.post("/contact/uploads/", {"new_files": [a_file(b"")]}, headers=PART)
    assert (empty.status_code, empty["Content-Type"][:10]) == (422, "text/plain")
    stranger = Client().post("/contact/uploads/", {"new_files": [a_file()]}, headers=PART)
    assert stranger.status_code == 401


def test_nobody_attaches_to_a_request_that_is_not_theirs(
    cast: Cast, at: datetime, olive: Client
) -> None:
    ticket = sent_by(cast.dana, at=at)
    answer = olive.post(f"/requests/{ticket.pk}/uploads/", {"new_files": [a_file()]})
    assert answer.status_code == 404
    assert not StoredFile.objects.exists()


def with_a_file(message: Message, at: datetime) -> Attachment:
    """Add HTML and a file to a message that is there."""
    tickets.attach_parts([Came(message=message, html="<p>Hello</p>")], at=at)
    return attached(message, PNG, "a.png", at=at)


def test_who_may_read_a_message_is_led_to_its_file(
    cast: Cast, at: datetime, dana: Client, sam: Client, olive: Client
) -> None:
    ticket = sent_by(cast.dana, at=at)
    file = with_a_file(answered_by(cast.ana, ticket, "Try this", at=at), at)
    address = f"/requests/{ticket.pk}/files/{file.pk}/"
    led = dana.get(address)
    assert led.status_code == 302
    assert "no-store" in led["Cache-Control"]
    token = led["Location"].split("/")[2]
    assert capability.read(token) == ("file", [file.pk])
    assert capability.read(dana.get(f"{address}?view=1")["Location"].split("/")[2]) == (
        "view",
        [file.pk],
    )
    for stranger in (sam, olive):
        assert stranger.get(address).status_code == 404
        assert (
            stranger.get(f"/requests/{ticket.pk}/written/{file.message_id}/").status_code == 404
        )
    assert Client().get(address).status_code == 302
    assert Client().get(address)["Location"].startswith("/sign-in/")
    mine = sent_by(cast.olive, at=at)
    assert olive.get(f"/requests/{mine.pk}/files/{file.pk}/").status_code == 404


def test_a_notes_file_is_no_customers(cast: Cast, at: datetime, dana: Client) -> None:
    ticket = sent_by(cast.dana, at=at)
    note = tickets.add_note(ticket, agent=cast.ana, body="Look", at=at)
    file = with_a_file(note, at)
    assert dana.get(f"/requests/{ticket.pk}/files/{file.pk}/").status_code == 404
    assert dana.get(f"/requests/{ticket.pk}/written/{note.pk}/").status_code == 404
    assert "a.png" not in dana.get(f"/requests/{ticket.pk}/").content.decode()


def test_a_file_that_is_held_back_is_said_to_be(cast: Cast, at: datetime, dana: Client) -> None:
    ticket = sent_by(cast.dana, at=at)
    file = with_a_file(answered_by(cast.ana, ticket, "Try this", at=at), at)
    StoredFile.objects.update(verdict="infected", found="Eicar-Signature")
    page = dana.get(f"/requests/{ticket.pk}/")
    words = "Not offered: the scanner found Eicar-Signature in it."
    assert words in text_of(page)
    assert f"/files/{file.pk}/" not in page.content.decode()
    held = dana.get(f"/requests/{ticket.pk}/files/{file.pk}/")
    assert held.status_code == 409
    assert words in text_of(held)


def test_a_mail_as_it_was_written_is_framed(cast: Cast, at: datetime, dana: Client) -> None:
    ticket = sent_by(cast.dana, at=at)
    first = ticket.messages.get()
    html = '<p>Hello</p><img data-remote="https://a.example/b.png">'
    came = Came(message=first, html=html, remote=["https://a.example/b.png"])
    tickets.attach_parts([came], at=at)
    page = dana.get(f"/requests/{ticket.pk}/").content.decode()
    frame = re.search(r"<iframe [^>]*>", page)
    assert frame
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in frame[0]
    assert "Show as it was written" in page
    assert "Show pictures from other servers" in page
    led = dana.get(f"/requests/{ticket.pk}/written/{first.pk}/")
    assert led["Location"].startswith("/files/mail-")
    HtmlBody.objects.update(is_rich=True, remote=[])
    page = dana.get(f"/requests/{ticket.pk}/").content.decode()
    assert "Show as text" in page
    assert "Show pictures" not in page
