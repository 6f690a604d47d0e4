"""A bounce names whom a mail did not reach, why, and which mail it was."""

from __future__ import annotations

import pytest

from answerable.channels.email.core.bounce import Bounced, bounces_in
from answerable.channels.email.core.failure import Failure, failure_of
from answerable.channels.email.core.parse import read_mail
from answerable.channels.email.core.tree import parsed

OURS = "<1.abcdef@answerable.example>"
FULL = Bounced(
    recipient="dana@nordwind.example",
    status="5.2.2",
    reason="mailboxfull",
    hard=False,
    final=True,
    original="dana@nordwind.example",
    why="550 5.2.2 mailbox full",
)


def block(
    who: str, action: str, status: str, diagnosis: str = "550 5.2.2 mailbox\r\n full"
) -> str:
    return (
        f"Final-Recipient: rfc822; {who}\r\nAction: {action}\r\n"
        f"Status: {status}\r\nDiagnostic-Code: smtp; {diagnosis}\r\n\r\n"
    )


def report(
    action: str, status: str, original: str = OURS, who: str = "dana@nordwind.example"
) -> bytes:
    return report_of(block(who, action, status), original=original)


def report_of(*blocks: str, original: str = OURS) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.nordwind.example\r\nSubject: Undelivered\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nI could not deliver your mail.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.nordwind.example\r\n\r\n{''.join(blocks)}"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {original}\r\nSubject: [#1] Re: Exports\r\n\r\n--b--\r\n"
    ).encode()


def failure(raw: bytes) -> Failure:
    return failure_of(read_mail(raw), parsed(raw), "answerable.example")


def bounced(raw: bytes) -> tuple[Bounced, ...]:
    return bounces_in(parsed(raw), read_mail(raw).text)


def test_it_reads_a_report() -> None:
    assert failure(report("failed", "5.2.2")) == Failure((OURS,), (FULL,))


def test_it_takes_a_delay_for_no_end() -> None:
    (late,) = bounced(report("delayed", "4.4.1"))
    assert (late.final, late.hard) == (False, False)


def test_it_leaves_out_whom_the_mail_reached() -> None:
    raw = report_of(
        block("ben@nordwind.example", "delivered", "2.0.0", "250 ok"),
        block("dana@nordwind.example", "failed", "5.2.2"),
        block("sam@nordwind.example", "relayed", "2.0.0", "250 ok"),
    )
    assert [one.recipient for one in bounced(raw)] == ["dana@nordwind.example"]


def test_it_tells_several_recipients_apart() -> None:
    raw = report_of(
        block("dana@nordwind.example", "failed", "5.1.1", "550 5.1.1 no such user"),
        block("sam@nordwind.example", "delayed", "4.2.2", "452 4.2.2 over quota"),
    )
    assert [(one.recipient, one.status, one.reason, one.hard) for one in bounced(raw)] == [
        ("dana@nordwind.example", "5.1.1", "userunknown", True),
        ("sam@nordwind.example", "4.2.2", "mailboxfull", False),
    ]


def test_it_finds_the_one_that_we_wrote_to_by_either_address() -> None:
    passed_on = "Original-Recipient: rfc822; dana@nordwind.example\r\n" + block(
        "d.wolf@elsewhere.example", "failed", "5.1.1"
    )
    found = failure(report_of(block("sam@nordwind.example", "failed", "5.1.1"), passed_on))
    about = found.of("Dana@Nordwind.example")
    assert about
    assert about.recipient == "d.wolf@elsewhere.example"


def test_it_says_nothing_of_an_address_that_is_none_of_several() -> None:
    raw = report_of(
        block("x@nordwind.example", "failed", "5.1.1"),
        block("y@nordwind.example", "failed", "5.1.1"),
    )
    assert failure(raw).of("dana@nordwind.example") is None


def test_it_finds_our_mail_in_a_returned_original() -> None:
    raw = (
        "From: postmaster@mx.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        "--b\r\n\r\nReturned.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"Message-ID: {OURS}\r\nTo: dana@nordwind.example\r\n\r\nText\r\n--b--\r\n"
    ).encode()
    found = failure(raw)
    assert found.message_ids == (OURS,)
    assert [one.recipient for one in found.bounced] == ["dana@nordwind.example"]


def test_it_takes_no_foreign_mail_for_ours() -> None:
    assert failure(report("failed", "5.1.1", "<1@elsewhere.example>")).message_ids == ()


def test_it_fails_without_naming_anybody() -> None:
    raw = f"From: mailer-daemon@mx.example\r\n\r\nReturned.\r\nMessage-Id: {OURS}\r\n".encode()
    (one,) = failure(raw).bounced
    assert (one.recipient, one.reason, one.final) == ("", "undefined", True)
    assert one.why == "The receiving server returned it."


FREE = {
    "exim": """This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  dana@nordwind.example
    host mx.nordwind.example [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<dana@nordwind.example>:
    550 5.1.1 no such user

------ This is a copy of the message, including all the headers. ------

Received: from mx
""",
    "qmail": """Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<dana@nordwind.example>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 User unknown
Giving up on 192.0.2.1.

--- Below this line is a copy of the message.

Return-Path: <support@answerable.example>
""",
    "sendmail": """The original message was received at Mon, 1 Jan 2024 10:00:00 GMT

   ----- The following addresses had permanent fatal errors -----
<dana@nordwind.example>
    (reason: 550 5.1.1 <dana@nordwind.example>... User unknown)

   ----- Transcript of session follows -----
... while talking to mx.nordwind.example.:
>>> RCPT To:<dana@nordwind.example>
<<< 550 5.1.1 <dana@nordwind.example>... User unknown
""",
    "a sentence": "Your mail to dana@nordwind.example could not be delivered. Unknown user.\n",
    "German": """Ihre Nachricht konnte nicht zugestellt werden an:

dana@nordwind.example

550 5.1.1 Empf\u00e4nger unbekannt
""",
    "Russian": """\u043d\u0435 \u043c\u043e\u0436\u0435\u0442 \u0431\u044b\u0442\u044c:

  dana@nordwind.example
    550 5.1.1 User unknown
""",
    "fields in the text": """This is the mail system.

Final-Recipient: rfc822; dana@nordwind.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown
""",
}


@pytest.mark.parametrize("it", FREE)
def test_it_reads_free_text_of(it: str) -> None:
    head = "From: mailer-daemon@mx.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    (one,) = bounced(f"{head}{FREE[it]}".encode())
    told = (one.recipient, one.status, one.reason, one.hard, one.final)
    assert told == ("dana@nordwind.example", "5.1.1", "userunknown", True, True)


@pytest.mark.parametrize(
    ("words", "status", "reason", "hard"),
    [
        ("550 5.1.1 no such user", "5.1.1", "userunknown", True),
        ("550 5.1.2 Host unknown", "5.1.2", "hostunknown", True),
        ("551 5.1.6 recipient has moved", "5.1.6", "hasmoved", True),
        ("556 5.1.10 domain has null MX", "5.1.10", "notaccept", True),
        ("552 over quota", "5.2.2", "mailboxfull", False),
        ("550 5.2.1 this account is disabled", "5.2.1", "suspend", False),
        ("552 5.3.4 message too large", "5.3.4", "mesgtoobig", False),
        ("554 5.7.1 blocked using zen.spamhaus.org", "5.7.1", "blocked", False),
        ("550 5.7.26 DMARC check failed", "5.7.26", "authfailure", False),
        ("550 5.7.25 no PTR record", "5.7.25", "requireptr", False),
        ("554 5.7.1 message detected as spam", "5.7.1", "spamdetected", False),
        ("554 virus found", "5.7.1", "virusdetected", False),
        ("553 5.1.8 sender domain does not resolve", "5.1.8", "rejected", False),
        ("554 5.7.1 relay access denied", "5.7.1", "norelaying", False),
        ("451 4.7.650 rate limited due to IP reputation", "4.7.650", "badreputation", False),
        ("connect to mx: Connection timed out", "5.4.7", "expired", False),
        ("554 5.4.6 too many hops", "5.4.6", "networkerror", False),
        ("554 5.5.0 strange", "5.5.0", "syntaxerror", False),
        ("550 \u00fcberraschung", "5.0.0", "undefined", False),
    ],
)
def test_it_understands(words: str, status: str, reason: str, hard: bool) -> None:
    fields = block("dana@nordwind.example", "failed", "", words)
    (one,) = bounced(report_of(fields))
    assert (one.status, one.reason, one.hard) == (status, reason, hard)


def test_it_takes_a_user_who_is_unknown_after_the_mail_was_sent_for_filtered() -> None:
    fields = block(
        "dana@nordwind.example",
        "failed",
        "5.0.0",
        "550 user unknown (in reply to end of DATA command)",
    )
    (one,) = bounced(report_of(fields))
    assert (one.reason, one.hard) == ("filtered", False)


def test_it_reads_a_notice_as_json() -> None:
    notice = (
        '{"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":'
        '"dana@nordwind.example","action":"failed","status":"5.1.1",'
        '"diagnosticCode":"smtp; 550 5.1.1 user unknown"}]}}'
    )
    (one,) = bounced(f"From: no-reply@sns.example\r\n\r\n{notice}\r\n".encode())
    assert (one.recipient, one.reason, one.hard) == (
        "dana@nordwind.example",
        "userunknown",
        True,
    )


def test_it_finds_nothing_in_a_persons_mail() -> None:
    assert (
        bounced(b"From: dana@nordwind.example\r\nTo: x@y.example\r\n\r\nExports fail.\r\n")
        == ()
    )
