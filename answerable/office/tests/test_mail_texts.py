"""Administrators say how mails look and what they all say, and a broken text stops no mail."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.channels.email.models import MailLook, OutgoingMail
from answerable.tickets import actions as tickets
from answerable.tickets.tests.openings import opened

TEXTS = "/office/mail/texts/"
TYPED = {
    "accent": "#AA0000",
    "logo": "",
    "signature_en": "Yours,\n{agent} of {vendor}",
    "closing_de": "Viele Grüße",
}


def reply(here: Cast) -> OutgoingMail:
    ticket = opened(here.dana, timezone.now())
    now = timezone.now()
    tickets.answer(ticket, agent=here.ana, body="Fixed.", seen=2**62, at=now)
    return OutgoingMail.objects.filter(kind="reply").latest("pk")


def test_the_next_mails_say_what_was_saved(here: Cast, ida: Client) -> None:
    assert ida.post(TEXTS, TYPED).status_code == 302
    mail = reply(here)
    assert "Fixed.\n\nYours,\nAna Silva of Answerable\n" in mail.text
    assert "solid #aa0000" in mail.html
    here.dana.language = "de"
    here.dana.save()
    german = reply(here)
    assert "Fixed.\n\nViele Grüße\n\nAna Silva\n" in german.text
    page = ida.get(TEXTS).content.decode()
    assert "{agent} of {vendor}</textarea>" in page
    assert "Ida Holm" in page


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("signature_en", "{agnet}", "Nobody fills {agnet}. Here you can use: {agent}"),
        ("footer_de", "{url", "A brace stands alone."),
        ("greeting_en", "x" * 501, "The text must be 500 characters or fewer"),
        ("accent", "red", "Enter a colour like #3b6ea8"),
        ("accent", "", "Enter a colour like #3b6ea8"),
        ("logo", "http://a.example/x.png", "Enter an address that begins with https://"),
    ],
)
def test_what_cannot_be_used_is_found_and_not_kept(
    ida: Client, field: str, typed: str, says: str
) -> None:
    for address in (TEXTS, f"{TEXTS}test/"):
        answer = ida.post(address, TYPED | {field: typed})
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert not MailLook.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_a_text_that_breaks_later_stops_no_mail(
    here: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    MailLook.objects.create(
        pk=1,
        accent="#aa0000",
        texts={"en": {"signature": "{gone}", "footer": 7}},
        changed_at=timezone.now(),
    )
    assert "Ana Silva\nSpecialist\nAnswerable Support\n" in reply(here).text
    assert "has a gap that nobody fills" in caplog.text


def test_a_preview_shows_what_was_typed_and_keeps_nothing(here: Cast, ida: Client) -> None:
    answer = ida.post(f"{TEXTS}preview/", TYPED | {"kind": "reply", "language": "en"})
    page = answer.content.decode()
    assert "Yours,<br>\nIda Holm of Answerable" in page
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    german = ida.get(f"{TEXTS}preview/?language=de&kind=acknowledgement").content.decode()
    assert "Garantierte Antwort" in german
    assert not MailLook.objects.exists()


def test_a_preview_of_what_is_broken_shows_our_own_words(ida: Client) -> None:
    answer = ida.post(f"{TEXTS}preview/", TYPED | {"signature_en": "{agnet}", "accent": "red"})
    assert "Ida Holm<br>" in answer.content.decode()


def test_a_test_goes_to_its_reader_alone(here: Cast, ida: Client) -> None:
    answer = ida.post(f"{TEXTS}test/", TYPED | {"kind": "reply", "language": "en"})
    page = answer.content.decode()
    assert "Sent to ida@answerable.example. Nothing was saved." in page
    assert "{agent} of {vendor}</textarea>" in page
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("test", here.ida.user.email)
    assert "Ida Holm of Answerable" in mail.text
    assert mail.ticket_id is None
