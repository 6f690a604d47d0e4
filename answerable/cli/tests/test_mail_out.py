"""`answerable mail queue` and `answerable mail test` say in words what goes out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from django.utils.timezone import now
from pytest_django import Settings

from answerable.channels.email.actions import Holder, send_letter, send_waiting
from answerable.channels.email.core.dns_steps import dns_steps
from answerable.channels.email.models import OutboxMail
from answerable.channels.email.send import Unreachable
from answerable.channels.email.tests.name_server import NameServer
from answerable.channels.email.tests.server import Server, free_port
from answerable.channels.email.transport import ways
from answerable.channels.email.trial import Step, steps
from answerable.cli import mail_queue, mail_test
from answerable.cli.parser import parse
from answerable.cli.wrong import Wrong

pytestmark = pytest.mark.django_db
TO = "ida@example.com"


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    outside = Server()
    outside.controller.start()
    settings.ANSWERABLE_MAIL_URL = outside.url
    yield outside
    outside.controller.stop()


def said(address: str = TO) -> list[Step]:
    return list(steps(address, now()))


def test_a_test_says_each_step_with_the_servers_words(server: Server) -> None:
    found = said()
    assert all(fine for fine, _ in found)
    words = "\n".join(says for _, says in found)
    for part in ("not signed", "goes out by 127.0.0.1:", "Connected", "not encrypted"):
        assert part in words
    assert words.endswith("Accepted: 250 OK")
    (mail,) = server.received
    assert (mail["To"], mail["Auto-Submitted"]) == (TO, "auto-generated")
    assert server.envelopes == [("support@answerable.example", [TO])]


def test_it_says_what_the_server_does_not_take(server: Server) -> None:
    server.rcpt = "550 5.1.1 No such user"
    assert said()[-1] == (
        False,
        "The server does not take the recipient: 550 5.1.1 No such user",
    )
    assert server.received == []


@pytest.mark.parametrize(
    ("scheme", "says"),
    [
        ("smtp://u:p@127.0.0.1:{port}", "does not offer that: SMTP AUTH"),
        ("smtp+starttls://127.0.0.1:{port}", "does not offer that: STARTTLS"),
        ("smtps://127.0.0.1:{port}", "The line broke: "),
    ],
)
def test_it_says_where_it_ended(
    server: Server, settings: Settings, scheme: str, says: str
) -> None:
    settings.ANSWERABLE_MAIL_URL = scheme.format(port=server.port)
    fine, words = said()[-1]
    assert not fine
    assert says in words


def test_it_says_that_nobody_is_there(settings: Settings) -> None:
    settings.ANSWERABLE_MAIL_URL = f"smtp://127.0.0.1:{free_port()}"
    assert said()[-1][1].startswith("The line broke: ConnectionRefusedError")


def test_it_says_that_a_demonstration_keeps_it() -> None:
    assert [says for _, says in said()][-2:] == [
        "Mail is kept in the outbox page of this demonstration; nothing leaves.",
        "It is in the outbox.",
    ]
    assert OutboxMail.objects.get().to == TO


def test_it_says_what_can_be_no_address() -> None:
    ((fine, says),) = said("no\naddress")
    assert not fine
    assert "cannot be an address" in says


def test_the_command_ends_with_what_it_found(
    server: Server, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mail_test.run(Namespace(address=TO)) == 0
    out = capsys.readouterr().out
    assert "✓ Accepted: 250 OK" in out
    assert "✓ DNS was not asked: nobody can have the name answerable.example." in out
    server.data = "554 5.7.1 Spam"
    assert mail_test.run(Namespace(address=TO)) == 1
    assert "✗ The server does not take the mail: 554 5.7.1 Spam" in capsys.readouterr().out
    settings.ANSWERABLE_MAIL_URL = "pigeon:"
    with pytest.raises(Wrong, match="must begin with"):
        mail_test.run(Namespace(address=TO))


def test_the_command_asks_the_name_servers_of_the_settings(
    server: Server, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    names = NameServer()
    settings.ANSWERABLE_MAIL_DNS = [names.address]
    names.publish(
        {
            "MX answerable.example": ["10 mx.answerable.example."],
            "answerable.example": ["v=spf1 mx -all"],
        }
    )
    try:
        assert mail_test.run(Namespace(address=TO)) == 1
    finally:
        names.stop()
    out = capsys.readouterr().out
    assert "✓ MX: mail to answerable.example goes to mx.answerable.example." in out
    assert "✓ SPF of answerable.example: v=spf1 mx -all" in out
    assert "✗ DMARC of answerable.example: none." in out


ZONE = {
    ("a.example", "MX"): ["mx.a.example"],
    ("a.example", "TXT"): ["v=spf1 mx -all", "other"],
    ("s._domainkey.a.example", "TXT"): ["v=DKIM1; k=rsa;p=AAAA"],
    ("_dmarc.a.example", "TXT"): ["v=DMARC1; p=reject"],
}


def asked(name: str, kind: str) -> Sequence[str]:
    return ZONE.get((name, kind), [])


def test_it_says_what_dns_has() -> None:
    key = ("s._domainkey.a.example", "v=DKIM1; k=rsa; p=AAAA")
    assert list(dns_steps("a.example", [key], asked)) == [
        (True, "MX: mail to a.example goes to mx.a.example."),
        (True, "SPF of a.example: v=spf1 mx -all"),
        (True, "DKIM: s._domainkey.a.example is published."),
        (True, "DMARC of a.example: v=DMARC1; p=reject"),
    ]


def test_it_says_what_dns_lacks() -> None:
    key = ("s._domainkey.a.example", "v=DKIM1; k=rsa; p=BBBB")
    fine = [fine for fine, _ in dns_steps("b.example", [key], asked)]
    assert fine == [False, False, False, False]


def test_the_queue_is_printed_with_its_reasons(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mail_queue.run(Namespace(most=50)) == 0
    assert capsys.readouterr().out == "0 mails wait.\n"
    send_letter(to=TO, subject="Hello", body="x", at=now() - timedelta(minutes=11))
    (way,) = ways(f"smtp://127.0.0.1:{free_port()}")
    with pytest.raises(Unreachable):
        send_waiting(way, holder=Holder(1), clock=now)
    assert mail_queue.run(Namespace(most=50)) == 1
    printed = capsys.readouterr().out
    assert f"{way.name} does not answer" in printed
    assert f"Sign-in link to {TO}, waits since 11 min, 1 try, next try in " in printed
    assert printed.endswith("1 mail waits.\n")


def test_the_door_keeps_its_own_command() -> None:
    assert parse(["mail"]).run == "answerable.cli.loops:mail"
    assert parse(["mail", "queue"]).run == "answerable.cli.mail_queue:run"
    options = parse(["mail", "--data", "/tmp/x", "test", TO])
    assert (options.run, options.data) == ("answerable.cli.mail_test:run", "/tmp/x")
