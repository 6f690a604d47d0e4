"""A mail is cut into its parts, whatever is broken about it, and within limits."""

from __future__ import annotations

import base64

from hypothesis import example, given
from hypothesis import strategies as st

from answerable.channels.email.core.tree import MOST_PARTS, Part, parsed
from answerable.channels.email.tests.post import mail_of

MIXED = b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
TWO = b"--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n"


def bodies(part: Part) -> list[bytes]:
    return [bytes(each.content()) for each in part.parts()]


def test_it_cuts_at_boundaries() -> None:
    assert bodies(parsed(MIXED + TWO + b"--b--\r\nbehind")) == [b"one", b"two"]


def test_it_needs_no_end() -> None:
    assert bodies(parsed(MIXED + TWO)) == [b"one", b"two\r\n"]
    assert bodies(parsed(MIXED + b"--b\r\n\r\none--b--")) == [b"one"]


def test_it_takes_any_line_ends() -> None:
    for end in (b"\n", b"\r", b"\r\r\n"):
        root = parsed((MIXED + TWO + b"--b--\r\n").replace(b"\r\n", end))
        assert [body.strip() for body in bodies(root)] == [b"one", b"two"], end


def test_it_guesses_a_boundary_that_is_named_wrongly() -> None:
    raw = (
        MIXED.replace(b"=b", b"=wrong") + b"--b\r\nContent-Type: text/plain\r\n\r\none\r\n--b--"
    )
    assert bodies(parsed(raw)) == [b"one"]


def test_it_takes_no_line_for_a_boundary_that_only_begins_like_one() -> None:
    assert bodies(parsed(MIXED + b"--b\r\n\r\n--bb\r\nx --b\r\n--b--")) == [b"--bb\r\nx --b"]


def test_it_goes_on_behind_an_inner_multipart_without_end() -> None:
    inner = b"--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\none\r\n"
    first, second = parsed(MIXED + inner + b"--b\r\n\r\ntwo\r\n--b--").parts()
    assert (bodies(first), second.content()) == ([b"one"], b"two")


def test_it_reads_headers_below_what_is_none() -> None:
    for above in (
        b"From dana Mon Jan  1\r\n",
        b"\r\n\r\n",
        b"\xef\xbb\xbf",
        b"some log line\r\n",
    ):
        assert parsed(above + mail_of("dana@nordwind.example"))["From"], above


def test_it_finds_a_text_whose_empty_line_was_forgotten() -> None:
    root = parsed(b"From: a@b.example\r\nSubject: x\r\nHello there,\r\nit stops.\r\n")
    assert (root["Subject"], root.content()) == ("x", b"Hello there,\r\nit stops.\r\n")


def test_it_opens_a_mail_that_was_encoded_once_more() -> None:
    head = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    raw = b"From: a@b.example\r\n" + head + base64.encodebytes(mail_of("c@d.example"))
    (inner,) = parsed(raw).parts()
    assert inner["From"] == "c@d.example"


def test_it_takes_a_delivery_report_apart() -> None:
    fields = b"Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; a@b\r\nAction: failed\r\n"
    raw = b"From: a@b.example\r\nContent-Type: message/delivery-status\r\n\r\n" + fields
    assert [part.get("Action") for part in parsed(raw).parts()] == [None, "failed"]


def test_it_ends_at_parts_without_number_and_says_so() -> None:
    root = parsed(MIXED + b"--b\r\n\r\nx\r\n" * (MOST_PARTS + 50))
    assert len(root.parts()) == MOST_PARTS - 1
    assert root.problems == ("It has too many parts.",)


def test_it_is_a_message_of_the_library() -> None:
    root = parsed(MIXED + TWO + b"--b--\r\n")
    texts = [part.get_payload(decode=True) for part in root.walk() if not part.is_multipart()]
    assert texts == [b"one", b"two"]
    assert root.get_content_type() == "multipart/mixed"


PIECES = st.lists(
    st.sampled_from(
        [
            b"From: a@b.example\r\n", b"Content-Type: multipart/mixed; boundary=b\r\n",
            b"Content-Type: message/rfc822\r\n", b"Content-Type: text/html; charset=utf-7\r\n",
            b"Content-Type: application/pkcs7-mime\n", b"Content-Type: application/ms-tnef\n",
            b"Content-Type: text/calendar\r\n", b"Content-Transfer-Encoding: base64\r\n",
            b"Content-Transfer-Encoding: x-uuencode\n",
            b"Content-Type: message/delivery-status\n",
            b"Content-Disposition: attachment; filename*0*=utf-8''%\r\n", b"\r\n", b"\n", b"\r",
            b"--b\r\n", b"--b--\r\n", b"begin 644 x\r\n", b"#86)C\r\nend\r\n",
            b"x\x9f\x3e\x22\0\0",
            b"\x30\x80\x06\x09", b"BEGIN:VEVENT\r\n", b"<p>x<a href=", b"=?utf-8?B?", b"\0",
            b"\xff",
            b"Subject: =?utf-8?q?=C3", b" folded\r\n", b"To: <a@b.example>, \"x\r\n",
        ]
    )
    | st.binary(max_size=8),
    max_size=40,
)  # fmt: skip


@given(PIECES)
@example([b"Content-Type: multipart/mixed; boundary=b\r\n", b"\r\n", b"--b\r\n"] * 3)
def test_it_cuts_up_anything(pieces: list[bytes]) -> None:
    root = parsed(b"".join(pieces))
    assert sum(1 for _ in root.walk()) <= MOST_PARTS
    assert all(isinstance(part.get_payload(), list | str) for part in root.walk())


def test_it_answers_for_a_charset_with_a_nul_in_it() -> None:
    head = b'From: a@b.example\r\nContent-Type: text/plain; charset="a\0b"; name="\0"\r\n\r\n'
    root = parsed(head + "Grüße".encode())
    assert root.get_payload() == "Grüße"
    assert root.get_payload(decode=True) == "Grüße".encode()
