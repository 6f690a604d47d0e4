"""What a mail is, from all that it shows; nothing raises, and little is read of the longest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.channels.email.core import bounce_parts
from answerable.channels.email.core.bounce import bounces_in
from answerable.channels.email.core.bounce_parts import lines_of, notice_in
from answerable.channels.email.core.kinds import kind_of
from answerable.channels.email.core.parse import read_mail
from answerable.channels.email.core.tree import parsed
from answerable.channels.email.tests.test_bounce import block, report, report_of

FAILED = "Your message could not be delivered to:\n\n  dana@nordwind.example\n    550 no\n"


def kind(raw: bytes | str, envelope_from: str | None = None) -> str:
    raw = raw.encode() if isinstance(raw, str) else raw
    return kind_of(read_mail(raw), parsed(raw), envelope_from=envelope_from).value


def mail(sender: str, text: str, *headers: str) -> str:
    return "\r\n".join(
        [f"From: {sender}", "To: support@answerable.example", *headers, "", text]
    )


def carrying(sender: str, kind_of_part: str, part: str) -> str:
    return mail(
        sender,
        f"--b\r\n\r\nSee below.\r\n--b\r\nContent-Type: {kind_of_part}\r\n\r\n{part}\r\n--b--",
        "Content-Type: multipart/mixed; boundary=b",
    )


@pytest.mark.parametrize(
    ("it", "raw", "wanted"),
    [
        ("writes", mail("dana@nordwind.example", "Exports fail."), "human"),
        ("asks what a bounce means", mail("dana@nordwind.example", FAILED), "human"),
        (
            "forwards a bounce",
            carrying(
                "dana@nordwind.example", "message/rfc822", "From: mailer-daemon@x\r\n\r\n5"
            ),
            "human",
        ),
        (
            "forwards a report with its parts",
            carrying("dana@nordwind.example", "message/delivery-status", "Action: failed"),
            "human",
        ),
        (
            "is a postmaster who writes",
            mail("postmaster@nordwind.example", "Help us."),
            "human",
        ),
        ("is a mail server", mail("mailer-daemon@mx.example", FAILED), "bounce"),
        ("is a postmaster that returns", mail("postmaster@mx.example", FAILED), "bounce"),
        ("has no sender", mail("<>", FAILED), "bounce"),
        (
            "is a server with a report in parts",
            carrying("postmaster@mx.example", "message/delivery-status", "Action: failed"),
            "bounce",
        ),
        ("reports a failure", report("failed", "5.1.1").decode(), "bounce"),
        ("reports a delay", report("delayed", "4.4.1").decode(), "bounce"),
        (
            "reports success",
            report_of(block("dana@nordwind.example", "delivered", "2.0.0")).decode(),
            "auto_reply",
        ),
        (
            "is a read receipt",
            mail(
                "dana@nordwind.example",
                "--b\r\n\r\nRead.\r\n--b--",
                "Content-Type: multipart/report; report-type=disposition-notification;"
                " boundary=b",
            ),
            "auto_reply",
        ),
        (
            "complains",
            mail(
                "fbl@provider.example",
                "--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n"
                "--b--",
                "Content-Type: multipart/report; report-type=feedback-report; boundary=b",
            ),
            "feedback",
        ),
        (
            "accepts",
            mail("dana@nordwind.example", "X", "Content-Type: text/calendar; method=REPLY"),
            "calendar",
        ),
        (
            "invites",
            mail(
                "dana@nordwind.example",
                "BEGIN:VCALENDAR\r\nMETHOD:REQUEST",
                "Content-Type: text/calendar",
            ),
            "calendar",
        ),
        (
            "is away",
            mail("dana@nordwind.example", "Back on Monday.", "Subject: Automatic reply: Hi"),
            "out_of_office",
        ),
        (
            "confirms by itself",
            mail("dana@nordwind.example", "We have it.", "Auto-Submitted: auto-replied"),
            "auto_reply",
        ),
        ("is a list", mail("news@x.example", "News.", "List-Id: <x.example>"), "list"),
    ],
)
def test_it_knows_who(it: str, raw: str, wanted: str) -> None:
    assert kind(raw) == wanted, it


def test_it_takes_a_persons_mail_without_return_path_for_no_bounce() -> None:
    assert kind(mail("dana@nordwind.example", "Exports fail."), "") == "auto_reply"


def test_it_takes_a_mail_that_speaks_of_a_providers_notice_for_a_persons() -> None:
    text = 'What is "notificationType":"Complaint" and "bouncedRecipients"?'
    assert kind(mail("dana@nordwind.example", text)) == "human"


WORDS = st.sampled_from(
    [
        "Final-Recipient: rfc822; a@b.example", "Action: failed", "Status: 5.1.1", "550 5.1.1",
        "<a@b.example>:", "could not be delivered", "-----", "Received: from x", "\n\n", "\n",
        ">>> RCPT TO:<a@b.example>", "<<< 550 no", "@", "<", "5.", '{"bouncedRecipients":[',
        "--b", "Content-Type: message/delivery-status",
        "Content-Transfer-Encoding: base64",
    ]
)  # fmt: skip
HEADS = st.sampled_from(
    [
        "From: mailer-daemon@x.example\n\n",
        "From: <>\nContent-Type: multipart/report; boundary=b\n\n--b\n",
        "From: postmaster@x\nX-Failed-Recipients: a@b.example, @, <\n\n",
        "Content-Type: message/delivery-status\n\n",
        "",
    ]
)


@settings(max_examples=300)
@given(head=HEADS, parts=st.lists(WORDS | st.text(max_size=40), max_size=40))
def test_it_reads_any_notice(head: str, parts: list[str]) -> None:
    raw = (head + " ".join(parts)).encode("utf-8", "replace")
    for one in bounces_in(parsed(raw), read_mail(raw).text):
        assert "@" in one.recipient
        assert one.reason
        assert one.status[0] in "45"
    assert kind(raw)


@given(raw=st.binary(max_size=300))
def test_it_reads_any_bytes(raw: bytes) -> None:
    bounces_in(parsed(raw), read_mail(raw).text)
    assert kind(raw)


def test_it_looks_at_no_more_of_a_long_notice_than_its_limits() -> None:
    line = "<a@b.example>: " + "550 " * 2000
    lines = lines_of("\n".join([line] * 10_000))
    assert len(lines) <= bounce_parts.MOST_LINES
    assert sum(map(len, lines)) <= bounce_parts.MOST_TEXT
    raw = report_of(*(block(f"u{n}@x.example", "failed", "5.1.1") for n in range(2000)))
    assert len(notice_in(parsed(raw)).fields) <= bounce_parts.MOST_LINES
    assert len(bounces_in(parsed(raw))) == 200
