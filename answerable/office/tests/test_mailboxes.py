"""Mailboxes are entered, changed and left in pages; their secrets are never shown."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.channels.email.actions import following
from answerable.channels.email.models import Mailbox

BOXES = "/office/mail/mailboxes/"
FACTS = {
    "address": "Support@Nordwind.example",
    "host": "imap.example.com",
    "port": "993",
    "security": "tls",
    "user": "support",
    "sign_in": "password",
    "new_secret": "very secret",
    "folder": "INBOX",
    "takes": "new",
    "after": "leave",
    "is_followed": "on",
}


def entered(ida: Client, path: str = f"{BOXES}new/", **others: str) -> str:
    answer = ida.post(path, FACTS | others, follow=True)
    return " ".join(answer.content.decode().split())


def test_it_says_so_when_there_is_none(here: Cast, ida: Client) -> None:
    assert "No mailbox is followed." in ida.get(BOXES).content.decode()


def test_it_keeps_a_mailbox_and_seals_its_secret(here: Cast, ida: Client) -> None:
    page = entered(ida)
    mailbox = Mailbox.objects.get()
    assert "support@nordwind.example" in page
    assert "asked soon" in page
    assert "very secret" not in mailbox.secret
    assert mailbox.opened_secret() == "very secret"
    shown = ida.get(f"{BOXES}{mailbox.pk}/").content.decode()
    assert "very secret" not in shown
    assert mailbox.secret not in shown


def test_a_secret_that_is_left_empty_stays(here: Cast, ida: Client) -> None:
    entered(ida)
    mailbox = Mailbox.objects.get()
    entered(ida, f"{BOXES}{mailbox.pk}/", new_secret="", user="other")
    mailbox.refresh_from_db()
    assert (mailbox.user, mailbox.opened_secret()) == ("other", "very secret")


def test_it_says_what_is_missing(here: Cast, ida: Client) -> None:
    page = entered(ida, address="x", host="", port="0", new_secret="", secret_name="HOME")
    for words in (
        "Enter an email address like name@example.com",
        "Enter the server&#x27;s name",
        "Enter a port, like 993",
        "Enter a name that begins with ANSWERABLE_IMAP_",
        "Enter a password or a refresh token",
    ):
        assert words in page, words
    page = entered(ida, sign_in="oauth", after="move")
    for words in (
        "Enter where access tokens",
        "Enter the client ID",
        "Enter the folder to move",
    ):
        assert words in page, words
    assert not Mailbox.objects.exists()


def test_it_says_why_a_mailbox_cannot_be_read(here: Cast, ida: Client) -> None:
    entered(ida)
    mailbox = Mailbox.objects.get()
    following.troubled(mailbox, why="signin", says="[AUTHENTICATIONFAILED] No")
    words = "imap.example.com does not let support in: [AUTHENTICATIONFAILED] No."
    assert words in ida.get(BOXES).content.decode()
    assert words in ida.get(f"{BOXES}{mailbox.pk}/").content.decode()


def test_it_follows_a_mailbox_no_more(here: Cast, ida: Client) -> None:
    entered(ida)
    mailbox = following.save_mailbox(Mailbox.objects.get(), at=timezone.now())
    answer = ida.post(f"{BOXES}{mailbox.pk}/delete/", follow=True)
    assert "support@nordwind.example is followed no more." in answer.content.decode()
    assert not Mailbox.objects.exists()
    assert ida.post(f"{BOXES}{mailbox.pk}/delete/").status_code == 404
