"""The door among strangers: TLS, LMTP, limits, slowness, and what is sent to confuse it."""

from __future__ import annotations

import smtplib
import socket
import ssl
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.utils.timezone import now
from pytest_django import Settings

from answerable.channels.email import conversation, door
from answerable.channels.email.actions import Arrival, store_mail
from answerable.channels.email.core.pace import Limits
from answerable.channels.email.models import InboundMail
from answerable.channels.email.spool import MOST_IN_MEMORY, Spool
from answerable.channels.email.tests.doors import DANA, Door, certificate_in
from answerable.channels.email.tests.post import SUPPORT, mail_of

MEGABYTE = 1024 * 1024
STRICT = Limits(connections=2, mails_a_minute=2, spares_this_machine=False)


@pytest.fixture
def opened(transactional_db: None) -> Iterator[Door]:
    with Door() as opened:
        yield opened


@pytest.fixture
def certified(settings: Settings, tmp_path: Path) -> Path:
    certificate, key = certificate_in(tmp_path)
    settings.ANSWERABLE_MAIL_CERTIFICATE = str(certificate)
    settings.ANSWERABLE_MAIL_CERTIFICATE_KEY = str(key)
    return certificate


def said(line: socket.socket, *commands: bytes) -> list[bytes]:
    """Say commands one by one, and return the answers, the greeting first."""
    answers = line.makefile("rb")
    heard = [answers.readline()]
    for command in commands:
        line.sendall(command)
        answer = answers.readline()
        while answer[3:4] == b"-":
            answer = answers.readline()
        heard.append(answer)
    return heard


def test_it_turns_to_tls(certified: Path, transactional_db: None) -> None:
    trust = ssl.create_default_context(cafile=str(certified))
    trust.check_hostname = False
    raw = mail_of(DANA, "x" * 2 * MEGABYTE)
    with Door() as opened, opened.client() as client:
        client.starttls(context=trust)
        client.ehlo()
        assert not client.has_extn("starttls")
        client.sendmail(DANA, [SUPPORT], raw)
        client.sendmail(DANA, [SUPPORT], mail_of(DANA))
    assert InboundMail.objects.count() == 2
    assert InboundMail.objects.earliest("pk").size > 2 * MEGABYTE


def test_it_forgets_what_was_said_before_tls(certified: Path, transactional_db: None) -> None:
    with Door() as opened, opened.line() as line:
        heard = said(line, b"EHLO a.example\r\n", b"STARTTLS\r\nMAIL FROM:<x@y.example>\r\n")
        assert heard[-1].startswith(b"220")
        trust = ssl.create_default_context(cafile=str(certified))
        trust.check_hostname = False
        with trust.wrap_socket(line) as secure:
            secure.sendall(b"RCPT TO:<support@answerable.example>\r\n")
            assert secure.recv(100).startswith(b"503")


def test_it_shows_a_renewed_certificate(certified: Path, transactional_db: None) -> None:
    def shown(opened: Door) -> str:
        with opened.client() as client:
            trust = ssl.create_default_context(cafile=str(certified))
            trust.check_hostname = False
            client.starttls(context=trust)
            assert isinstance(client.sock, ssl.SSLSocket)
            certificate = client.sock.getpeercert() or {}
            return str(certificate["subject"][0][0][1])

    with Door() as opened:
        assert shown(opened) == "answerable.example"
        certificate_in(certified.parent, "renewed.example")
        assert shown(opened) == "renewed.example"
        (certified.parent / "mail.key").write_text("half a key")
        with opened.client() as client:
            client.ehlo()
            assert client.has_extn("starttls")


def test_it_says_what_is_wrong_with_a_certificate(settings: Settings, tmp_path: Path) -> None:
    settings.ANSWERABLE_MAIL_CERTIFICATE = str(tmp_path / "none.crt")
    with pytest.raises(door.DoorError, match="No such file or directory"):
        door._certificate()
    (tmp_path / "none.crt").write_text("nothing")
    with pytest.raises(door.DoorError, match="ANSWERABLE_MAIL_CERTIFICATE: cannot use"):
        door._certificate()


def test_it_survives_a_handshake_that_is_none(certified: Path, transactional_db: None) -> None:
    with Door() as opened:
        with opened.line() as line:
            said(line, b"EHLO a.example\r\n", b"STARTTLS\r\n")
            line.sendall(b"GET / HTTP/1.0\r\n\r\n")
            while line.recv(1000):
                pass
        opened.send(mail_of(DANA))
    assert InboundMail.objects.count() == 1


def test_it_answers_lmtp_for_each_recipient(
    transactional_db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.ANSWERABLE_MAIL_LMTP = str(tmp_path / "lmtp")
    settings.ANSWERABLE_MAIL_ALIASES = ["help@answerable.example"]
    with Door(), socket.socket(socket.AF_UNIX) as line:
        line.connect(settings.ANSWERABLE_MAIL_LMTP)
        commands = (
            b"EHLO a.example\r\n",
            b"LHLO a.example\r\n",
            b"MAIL FROM:<dana@nordwind.example>\r\n",
            b"RCPT TO:<support@answerable.example>\r\n",
            b"RCPT TO:<help+x@answerable.example>\r\n",
            b"RCPT TO:<nobody@answerable.example>\r\n",
            b"DATA\r\n",
        )
        codes = [answer[:3] for answer in said(line, *commands)]
        assert codes == [b"220", b"500", b"250", b"250", b"250", b"250", b"550", b"354"]
        line.sendall(b"From: dana@nordwind.example\r\n\r\nTwo.\r\n.\r\nQUIT\r\n")
        heard = line.makefile("rb").read().splitlines()
    assert [answer[:3] for answer in heard] == [b"250", b"250", b"221"]
    assert [mail.door for mail in InboundMail.objects.all()] == ["lmtp"]


def test_it_takes_no_bare_line_feed_for_the_end_of_a_mail(opened: Door) -> None:
    smuggled = (
        b"From: dana@nordwind.example\r\n\r\nHello.\n.\nMAIL FROM:<ida@answerable.example>\n"
        b"RCPT TO:<support@answerable.example>\nDATA\nFrom: ida@answerable.example\n\nPay."
        b"\r\n.\r\nQUIT\r\n"
    )
    with opened.line() as line:
        commands = (
            b"EHLO a.example\r\n",
            b"MAIL FROM:<dana@nordwind.example>\r\n",
            b"RCPT TO:<support@answerable.example>\r\n",
            b"DATA\r\n",
            smuggled,
        )
        assert said(line, *commands)[-1].startswith(b"250")
    mail = InboundMail.objects.get()
    assert b"MAIL FROM:<ida" in bytes(mail.raw)
    assert mail.envelope_from == DANA


def test_it_takes_commands_that_come_at_once(opened: Door) -> None:
    with opened.line() as line:
        answers = line.makefile("rb")
        one = b"MAIL FROM:<dana@nordwind.example>\r\nRCPT TO:<support@answerable.example>\r\n"
        one += b"DATA\r\n"
        line.sendall(
            b"EHLO a.example\r\n" + one + b"One\r\n.\r\n" + one + b"Two\r\n.\r\nQUIT\r\n"
        )
        heard = answers.read()
    assert heard.count(b"250 2.6.0 Stored.") == 2
    assert [bytes(mail.raw) for mail in InboundMail.objects.order_by("pk")] == [
        b"One\r\n",
        b"Two\r\n",
    ]


@pytest.mark.parametrize("address", ["a\rb@c.example", "a\x00@c.example", "a b@c.example"])
def test_it_takes_no_address_that_could_begin_a_line(opened: Door, address: str) -> None:
    with opened.line() as line:
        command = f"MAIL FROM:<{address}>\r\n".encode()
        assert said(line, b"EHLO a.example\r\n", command)[-1].startswith(b"553 5.1.3")


def test_it_takes_addresses_of_all_scripts(opened: Door) -> None:
    with opened.client() as client:
        client.ehlo()
        client.mail("d\xfcna@n\xf6rdwind.example", ["SMTPUTF8"])
        client.rcpt(SUPPORT)
        client.data(mail_of(DANA))
    assert InboundMail.objects.get().envelope_from == "d\xfcna@n\xf6rdwind.example"


def test_it_hears_no_more_from_whoever_guesses_mailboxes(opened: Door) -> None:
    with opened.client() as client:
        client.ehlo()
        client.mail(DANA)
        codes = [client.rcpt(f"guess{n}@answerable.example")[0] for n in range(21)]
        assert codes == [550] * 20 + [421]
        with pytest.raises(smtplib.SMTPServerDisconnected):
            client.noop()


def test_it_relays_for_nobody_and_signs_nobody_in(opened: Door) -> None:
    with opened.client() as client:
        client.ehlo()
        assert not client.has_extn("auth")
        assert client.docmd("AUTH", "PLAIN AGEAYg==")[0] == 502
        client.mail(DANA)
        for address in ("a@elsewhere.example", "a%b@c.example", '"a@b"@c.example'):
            assert client.rcpt(address)[0] == 550


def test_it_limits_connections_of_one_address(transactional_db: None) -> None:
    with Door(STRICT) as opened, opened.client() as first:
        with opened.client() as second:
            second.ehlo()
            with pytest.raises(smtplib.SMTPConnectError, match="Too many connections"):
                opened.client()
        first.ehlo()


def test_it_limits_mails_of_one_address(transactional_db: None) -> None:
    with Door(STRICT) as opened, opened.client() as client:
        for number in range(2):
            client.sendmail(DANA, [SUPPORT], mail_of(DANA, f"Text {number}"))
        with pytest.raises(smtplib.SMTPSenderRefused) as later:
            client.sendmail(DANA, [SUPPORT], mail_of(DANA))
    assert later.value.smtp_code == 451
    assert b"Too many mails from your address" in later.value.smtp_error


def test_it_has_had_enough_of_a_mail_without_end(
    transactional_db: None, settings: Settings
) -> None:
    settings.ANSWERABLE_MAIL_MAX_MB = 1
    with Door() as opened, opened.line() as line:
        commands = (
            b"EHLO a.example\r\n",
            b"MAIL FROM:<dana@nordwind.example>\r\n",
            b"RCPT TO:<support@answerable.example>\r\n",
            b"DATA\r\n",
        )
        said(line, *commands)
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            line.sendall(b"x" * 100 * MEGABYTE)
    assert not InboundMail.objects.exists()


def test_it_waits_for_nobody_for_ever(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "COMMAND_SECONDS", 0.2)
    monkeypatch.setattr(conversation, "PART_SECONDS", 0.2)
    with Door() as opened:
        with opened.line() as silent:
            heard = silent.makefile("rb").read()
            assert heard.endswith(b"421 4.4.2 Nothing came for too long. Good bye.\r\n")
        with opened.line() as slow:
            commands = (
                b"EHLO a.example\r\n",
                b"MAIL FROM:<dana@nordwind.example>\r\n",
                b"RCPT TO:<support@answerable.example>\r\n",
                b"DATA\r\n",
            )
            assert said(slow, *commands)[-1].startswith(b"354")
            slow.sendall(b"From: dana@nord")
            assert slow.makefile("rb").read().startswith(b"421 4.4.2")
    assert not InboundMail.objects.exists()


def test_it_never_has_all_of_a_large_mail_in_memory(db: None) -> None:
    line = b"x" * 76 + b"\r\n"
    with Spool() as spool:
        spool.add(b"From: dana@nordwind.example\r\nSubject: Large\r\n\r\n")
        for _ in range(400):
            spool.add(line * 1000)
        tracemalloc.start()
        try:
            arrival = Arrival(
                raw=spool, envelope_from=DANA, envelope_to=(SUPPORT,), peer="", at=now()
            )
            number = store_mail([arrival])[0]
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    mail = InboundMail.objects.get(pk=number)
    assert mail.size == len(bytes(mail.raw)) > 25 * MEGABYTE
    assert most < 2 * MOST_IN_MEMORY


def test_it_stores_many_large_mails_at_once(opened: Door) -> None:
    raw = mail_of(DANA, "x" * 3 * MEGABYTE)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: opened.send(raw + b"%d" % n), range(8)))
    assert len({mail.digest for mail in InboundMail.objects.defer("raw")}) == 8
