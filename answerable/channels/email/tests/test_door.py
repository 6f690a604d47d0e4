"""The door, over real SMTP: what was acknowledged is on disk, and what is not is not."""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from answerable.channels.email import door, store
from answerable.channels.email.actions import Arrival, waking
from answerable.channels.email.models import InboundMail
from answerable.channels.email.tests.doors import DANA, Door
from answerable.channels.email.tests.post import SUPPORT, mail_of


@pytest.fixture
def opened(transactional_db: None) -> Iterator[Door]:
    with Door() as opened:
        yield opened


def stored() -> InboundMail:
    return InboundMail.objects.get()


def test_it_stores_a_mail_exactly_as_it_came(opened: Door) -> None:
    raw = b"From: d\xfcna@nordwind.example\r\nSubject: 8 bit \xff\r\n\r\n..dots\r\n\x00\xfe\r\n"
    opened.send(raw)
    mail = stored()
    assert bytes(mail.raw) == raw
    assert (mail.envelope_from, mail.envelope_to, mail.peer) == (DANA, [SUPPORT], "127.0.0.1")
    assert (mail.state, mail.mailbox) == ("stored", SUPPORT)


def test_it_has_a_stored_mail_read(opened: Door) -> None:
    for _ in range(3):
        opened.send(mail_of(DANA))
    jobs = ProcrastinateJob.objects.filter(task_name=waking.DRAIN, status="todo")
    assert jobs.count() == 1


def test_it_takes_lines_of_any_length(opened: Door) -> None:
    raw = b"From: dana@nordwind.example\r\n\r\n" + b"x" * 300_000 + b"\r\n"
    opened.send(raw)
    assert bytes(stored().raw) == raw


def test_it_takes_an_empty_return_path(opened: Door) -> None:
    opened.send(mail_of(DANA), by="")
    assert stored().envelope_from == ""


@pytest.mark.parametrize(
    "to",
    [
        "Support@Answerable.Example",
        "support+aeasf3vpw6ozbdozf6aa@answerable.example",
        "postmaster@answerable.example",
    ],
)
def test_it_knows_its_addresses(opened: Door, to: str) -> None:
    opened.send(mail_of(DANA), to=to)
    assert stored().envelope_to == [to]


@pytest.mark.parametrize(
    "to",
    ["sales@answerable.example", "support@elsewhere.example", "supportx@answerable.example"],
)
def test_it_refuses_mail_for_anybody_else(opened: Door, to: str) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        opened.send(mail_of(DANA), to=to)
    assert refused.value.recipients[to][0] == 550
    assert not InboundMail.objects.exists()


def test_it_refuses_what_is_too_large(transactional_db: None, settings: Settings) -> None:
    settings.ANSWERABLE_MAIL_MAX_MB = 1
    with Door() as opened:
        with opened.client() as client:
            assert client.ehlo()[1].decode().splitlines()[1] == "SIZE 1048576"
            with pytest.raises(smtplib.SMTPSenderRefused, match="552"):
                client.sendmail(DANA, [SUPPORT], b"x" * 1_100_000)
        with opened.client() as client:
            client.helo()
            client.mail(DANA)
            client.rcpt(SUPPORT)
            assert client.data(b"x\r\n" * 400_000)[0] == 552
    assert not InboundMail.objects.exists()


def test_it_takes_many_connections_at_once(opened: Door) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda n: opened.send(mail_of(DANA, f"Text {n}")), range(60)))
    assert InboundMail.objects.count() == 60


def test_it_takes_many_mails_on_one_connection(opened: Door) -> None:
    with opened.client() as client:
        for number in range(10):
            client.sendmail(DANA, [SUPPORT], mail_of(DANA, f"Text {number}"))
    assert InboundMail.objects.count() == 10


def test_it_says_later_when_the_database_is_away(
    opened: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE email_inboundmail RENAME TO away")
    try:
        with pytest.raises(smtplib.SMTPDataError) as later:
            opened.send(mail_of(DANA))
        assert later.value.smtp_code == 451
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO email_inboundmail")
    opened.send(mail_of(DANA))
    assert InboundMail.objects.count() == 1


def test_it_goes_on_when_its_connection_to_the_database_was_cut(opened: Door) -> None:
    opened.send(mail_of(DANA))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    opened.send(mail_of(DANA))
    assert InboundMail.objects.count() == 2


def test_it_stores_the_others_when_one_cannot_be_stored(transactional_db: None) -> None:
    good, bad = mail_of(DANA), mail_of(DANA)
    at: Any = {good: now(), bad: None}
    arrivals = [
        Arrival(raw=raw, envelope_from="", envelope_to=(SUPPORT,), peer="", at=at[raw])
        for raw in (good, bad)
    ]
    assert store.store_all(arrivals) == [True, False]
    assert bytes(stored().raw) == good


def test_it_says_which_port_is_taken(opened: Door) -> None:
    with pytest.raises(door.DoorError) as closed:
        door.run(threading.Event(), "127.0.0.1", opened.port)
    assert f"Mail cannot come in at 127.0.0.1:{opened.port}: Address already in use." in str(
        closed.value
    )


def test_it_closes_while_somebody_is_connected(transactional_db: None) -> None:
    with Door() as opened:
        client = opened.client()
        client.ehlo()
    with pytest.raises(smtplib.SMTPServerDisconnected):
        client.noop()
    client.close()
