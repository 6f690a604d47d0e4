"""Of a mail whose words were taken out for good the headers stay, and nothing else."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage

from answerable.channels.email.core.emptying import carries, emptied, speaks_of

SECRET = "swordfish ü 77"


def is_in(text: str) -> bool:
    return SECRET in text


def mail(subject: str = "Log in", cte: str = "base64") -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "dana@nordwind.example", subject
    message["Message-ID"] = "<1@nordwind.example>"
    message.set_content(f"It is {SECRET}.", cte=cte)
    message.add_attachment(b"a,b\n", maintype="text", subtype="csv", filename="a.csv")
    return message.as_bytes()


def test_it_finds_words_however_they_are_encoded() -> None:
    assert speaks_of(mail(cte="base64"), is_in)
    assert speaks_of(mail(cte="quoted-printable"), is_in)
    assert not speaks_of(mail().replace(b"SXQ", b"SXX"), lambda text: "not there" in text)


def test_it_finds_files_by_their_bytes() -> None:
    assert carries(mail(), hashlib.sha256(b"a,b\n").hexdigest())
    assert not carries(mail(), hashlib.sha256(b"a,c\n").hexdigest())


def test_headers_stay_and_the_body_goes() -> None:
    left = emptied(mail(), is_in)
    assert b"From: dana@nordwind.example\nSubject: Log in\n" in left
    assert b"Message-ID: <1@nordwind.example>" in left
    assert left.endswith(b"\n\n[removed]\n")
    assert b"Content-Type" not in left
    assert not speaks_of(left, is_in)


def test_a_header_that_says_it_keeps_its_name_alone() -> None:
    raw = mail(subject=f"Password {SECRET}")
    assert speaks_of(raw, is_in)
    left = emptied(raw, is_in)
    assert b"Subject: [removed]\n" in left
    assert not speaks_of(left, is_in)
