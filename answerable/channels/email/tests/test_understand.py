"""Anything that is bytes is understood, as far as it can be."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.understood import as_json
from answerable.channels.email.tests.post import mail_of
from answerable.channels.email.tests.test_tree import PIECES
from answerable.channels.email.understand import TANGLED, understand, understand_body


def test_it_understands_an_ordinary_mail() -> None:
    raw = mail_of(
        "Dana Wolf <Dana@nordwind.example>",
        "They stop.\n\nOn Monday, Ana wrote:\n> Do they?\n",
        To="Support <support@answerable.example>, Sam <sam@nordwind.example>",
        Date="Mon, 27 Oct 2025 10:00:00 +0100",
        In_Reply_To="<1@answerable.example>",
        References="<0@answerable.example> <1@answerable.example>",
    )
    says = as_json(understand(raw))
    assert says["from"] == {"name": "Dana Wolf", "address": "Dana@nordwind.example"}
    assert [person["name"] for person in says["to"]] == ["Support", "Sam"]
    assert says["date"] == "2025-10-27T10:00:00+01:00"
    assert says["in_reply_to"] == "<1@answerable.example>"
    assert says["references"] == ["<0@answerable.example>", "<1@answerable.example>"]
    assert (says["kind"], says["reply"]) == ("human", "They stop.")


def test_it_says_that_html_is_too_tangled_to_be_shown() -> None:
    head = b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n"
    says = understand(head + b"Hello" + b"<div>" * 20_000)
    assert (says.text, says.html, says.problems) == ("Hello", "", (TANGLED,))


@given(PIECES | st.binary(max_size=200).map(lambda raw: [raw]))
def test_it_understands_anything(pieces: list[bytes]) -> None:
    said = json.dumps(as_json(understand(b"".join(pieces))), ensure_ascii=False)
    assert said.encode()
    assert "\\u0000" not in said


@given(st.binary(max_size=300))
def test_it_understands_any_text(body: bytes) -> None:
    assert json.dumps(as_json(understand_body(body)), ensure_ascii=False).encode()


def test_it_takes_no_half_letters_from_a_report() -> None:
    report = (
        b"From: MAILER-DAEMON@b.example\r\nSubject: Undeliverable\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; b.example\r\n"
        b"\r\nFinal-Recipient: rfc822; d\x8d\x9c@b.example\r\nAction: failed\r\n"
        b"Status: 5.1.1\r\n--b--\r\n"
    )
    says = as_json(understand(report))
    assert says["kind"] == "bounce"
    assert json.dumps(says, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("body", "reply"),
    [
        (b'Yes<div class="gmail_quote">On Monday Ana wrote:<br>No</div>', "Yes"),
        (b"<p>Yes</p>", "Yes"),
        (b"Close it by </div>", "Close it by </div>"),
        (b"1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ],
)
def test_a_body_is_html_when_it_is_built_like_it(body: bytes, reply: str) -> None:
    assert understand_body(body).reply == reply
