"""Mailboxes on a real IMAP server: each mail is stored once, whatever ends in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import Error, connection
from django.utils.timezone import now
from pytest_django import Settings

from answerable.channels.email.actions import following
from answerable.channels.email.mailboxes import Mailbox
from answerable.channels.email.tests.boxes import (
    DANA,
    look,
    mailbox_of,
    stored,
)
from answerable.channels.email.tests.dovecot import Dovecot, dovecot
from answerable.channels.email.tests.post import mail_of

ALL, NEW = Mailbox.Takes.ALL, Mailbox.Takes.NEW
MEGABYTE = 1024 * 1024
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as server:
        yield server


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    return str(request.node.name).replace("[", "-").strip("]")[:60]


def test_it_takes_what_comes_from_now_on(server: Dovecot, user: str) -> None:
    server.deliver(user, mail_of(DANA, "Before."))
    mailbox = mailbox_of(server, user, takes=NEW)
    look(mailbox)
    assert stored() == []
    came = datetime(2025, 10, 20, 8, 30, tzinfo=UTC)
    raw = mail_of(DANA, "After.")
    server.deliver(user, raw, at=came)
    look(mailbox)
    (mail,) = stored()
    assert bytes(mail.raw) == raw.replace(b"\n", b"\r\n")
    assert (mail.door, mail.mailbox, mail.received_at) == (
        "imap",
        "support@answerable.example",
        came,
    )
    assert mail.envelope_from == "dana@nordwind.example"


def test_it_takes_all_when_asked_and_each_once(server: Dovecot, user: str) -> None:
    server.deliver(user, *(mail_of(DANA, f"Text {n}.") for n in range(120)))
    mailbox = mailbox_of(server, user)
    for _ in range(3):
        look(mailbox)
    assert len(stored()) == 120
    mailbox.refresh_from_db()
    assert mailbox.last_uid == 120
    assert mailbox.problem == ""


def test_it_knows_to_which_address_a_mail_came(server: Dovecot, user: str) -> None:
    token = "support+aeasf3vpw6ozbdozf6aa@answerable.example"
    head = f"Return-Path: <>\r\nDelivered-To: {token}\r\n".encode()
    server.deliver(user, head + mail_of("MAILER-DAEMON@nordwind.example"))
    look(mailbox_of(server, user))
    (mail,) = stored()
    assert (mail.envelope_from, mail.envelope_to) == ("", [token])


def test_it_stores_a_mail_and_its_mark_together_or_neither(server: Dovecot, user: str) -> None:
    server.deliver(user, mail_of(DANA))
    mailbox = mailbox_of(server, user)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE email_inboundmail RENAME TO away")
    try:
        with pytest.raises(Error):
            look(mailbox)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO email_inboundmail")
    mailbox.refresh_from_db()
    assert mailbox.last_uid == 0
    look(mailbox)
    assert len(stored()) == 1


def test_it_finds_its_place_when_the_server_numbers_mails_anew(
    server: Dovecot, user: str
) -> None:
    server.deliver(user, *(mail_of(DANA, f"Text {n}.", Message_ID="") for n in range(5)))
    mailbox = mailbox_of(server, user)
    look(mailbox)
    mailbox.refresh_from_db()
    before = mailbox.validity
    server.forget_numbers(user)
    server.deliver(user, mail_of(DANA, "Meanwhile."))
    look(mailbox)
    mailbox.refresh_from_db()
    assert mailbox.validity != before
    assert len(stored()) == 6
    server.deliver(user, mail_of(DANA, "Later."))
    look(mailbox)
    assert len(stored()) == 7


def test_mails_that_were_not_to_be_taken_are_not_when_numbered_anew(
    server: Dovecot, user: str
) -> None:
    server.deliver(user, mail_of(DANA, "Before."), at=now() - timedelta(days=9))
    mailbox = mailbox_of(server, user, takes=NEW)
    look(mailbox)
    server.deliver(user, mail_of(DANA, "After."), at=now() + timedelta(seconds=5))
    server.forget_numbers(user)
    look(mailbox)
    assert [b"After." in bytes(mail.raw) for mail in stored()] == [True]


def test_it_leaves_mails_as_they_are(server: Dovecot, user: str) -> None:
    server.deliver(user, mail_of(DANA))
    look(mailbox_of(server, user))
    assert b"\\Seen" not in server.flags(user)[0]


def test_it_marks_mails_as_read(server: Dovecot, user: str) -> None:
    server.deliver(user, mail_of(DANA), mail_of(DANA, "Two."))
    look(mailbox_of(server, user, after=Mailbox.After.FLAG))
    assert all(b"\\Seen" in flags for flags in server.flags(user))


def test_it_moves_mails_also_those_that_a_killed_process_left(
    server: Dovecot, user: str
) -> None:
    server.deliver(user, mail_of(DANA))
    mailbox = mailbox_of(server, user, after=Mailbox.After.MOVE, move_to="Answered elsewhere")
    look(mailbox)
    assert len(server.flags(user)) == 0
    server.deliver(user, mail_of(DANA, "Two."), mail_of(DANA, "Three."))
    mailbox.refresh_from_db()
    following.take_in(mailbox, [], last_uid=3, at=now())  # stored, and killed before it moved
    look(mailbox)
    assert len(server.flags(user)) == 0
    assert len(server.flags(user, "Answered elsewhere")) == 3


def test_it_takes_a_large_mail_in_pieces(server: Dovecot, user: str) -> None:
    raw = mail_of(DANA, "x" * 60 + "\n" + "long line\n" * 330_000)
    server.deliver(user, raw, mail_of(DANA, "Behind."))
    look(mailbox_of(server, user))
    large, behind = stored()
    assert large.size > 3 * MEGABYTE
    assert bytes(large.raw) == raw.replace(b"\n", b"\r\n")
    assert b"Behind." in bytes(behind.raw)


def test_it_puts_what_is_too_long_on_record(
    server: Dovecot, user: str, settings: Settings
) -> None:
    settings.ANSWERABLE_MAIL_MAX_MB = 1
    server.deliver(user, mail_of(DANA, "long line\n" * 150_000), mail_of(DANA, "Behind."))
    look(mailbox_of(server, user))
    large, behind = stored()
    assert (large.state, behind.state) == ("refused", "stored")
    assert large.reason == "It is longer than 1 MB. Its text stayed on the mail server."
    assert b"From: Dana Wolf" in bytes(large.raw)
