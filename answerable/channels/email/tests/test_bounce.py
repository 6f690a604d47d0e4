"""A bounce names the mail it is about, and whether that is final."""

from __future__ import annotations

from answerable.channels.email.core.bounce import Failure, failure_of
from answerable.channels.email.core.parse import read_mail

OURS = "<1.abcdef@answerable.example>"


def report(action: str, status: str, original: str = OURS) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.nordwind.example\r\nSubject: Undelivered\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nI could not deliver your mail.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.nordwind.example\r\n\r\n"
        f"Final-Recipient: rfc822; dana@nordwind.example\r\nAction: {action}\r\n"
        f"Status: {status}\r\nDiagnostic-Code: smtp; 550 5.2.2 mailbox\r\n full\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {original}\r\nSubject: [#1] Re: Exports\r\n\r\n--b--\r\n"
    ).encode()


def failure(raw: bytes) -> Failure:
    return failure_of(read_mail(raw), "answerable.example")


def test_it_reads_a_report() -> None:
    found = failure(report("failed", "5.2.2"))
    assert found == Failure((OURS,), True, "550 5.2.2 mailbox full")


def test_it_takes_a_delay_for_no_end() -> None:
    assert not failure(report("delayed", "4.4.1")).final


def test_it_finds_our_mail_in_a_returned_original() -> None:
    raw = (
        "From: postmaster@mx.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        "--b\r\n\r\nReturned.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"Message-ID: {OURS}\r\n\r\nText\r\n--b--\r\n"
    ).encode()
    assert failure(raw).message_ids == (OURS,)


def test_it_reads_a_bounce_in_free_text() -> None:
    raw = (
        "From: mailer-daemon@mx.example\r\n\r\nYour mail was returned.\r\n"
        f"550 5.1.1 <dana@nordwind.example>: no such user\r\n\r\nMessage-Id: {OURS}\r\n"
    ).encode()
    found = failure(raw)
    assert (found.message_ids, found.final) == ((OURS,), True)
    assert found.why.startswith("550 5.1.1")


def test_it_takes_no_foreign_mail_for_ours() -> None:
    assert failure(report("failed", "5.1.1", "<1@elsewhere.example>")).message_ids == ()
