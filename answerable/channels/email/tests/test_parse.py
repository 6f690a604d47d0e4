"""Any bytes are a mail that can be read, and the ugly ones read well."""

from __future__ import annotations

import base64
from email.message import EmailMessage

from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.letter import written
from answerable.channels.email.core.parse import read_mail
from answerable.channels.email.tests.post import mail_of


def raw(*lines: str | bytes) -> bytes:
    return b"\r\n".join(line.encode() if isinstance(line, str) else line for line in lines)


def test_it_reads_an_ordinary_mail() -> None:
    mail = read_mail(mail_of("Dana Wolf <Dana@Nordwind.example>", "Exports fail.\n"))
    assert (mail.sender_name, mail.sender) == ("Dana Wolf", "dana@nordwind.example")
    assert (mail.subject, mail.text) == ("Exports fail", "Exports fail.\n")
    assert mail.problems == ()


@given(st.binary(max_size=600))
def test_it_reads_any_bytes(junk: bytes) -> None:
    assert written(read_mail(junk)).body


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_it_reads_any_headers_and_any_body(head: bytes, body: bytes) -> None:
    mail = read_mail(b"From: dana@nordwind.example\r\nSubject: " + head + b"\r\n\r\n" + body)
    assert mail.sender == "dana@nordwind.example"
    assert not any(ord(letter) < 32 for letter in mail.subject)


def test_it_decodes_names_and_subjects() -> None:
    mail = read_mail(
        raw(
            "From: =?iso-8859-1?Q?G=FCnther_M=FCller?= <g@nordwind.example>",
            "Subject: =?utf-8?B?w5xiZXJzaWNodA==?=",
            "",
            "Hi",
        )
    )
    assert (mail.sender_name, mail.subject) == ("Günther Müller", "Übersicht")


def test_it_reads_eight_bit_headers_in_either_charset() -> None:
    for charset in ("utf-8", "iso-8859-1"):
        head = "From: Günther <g@nordwind.example>\r\nSubject: Übersicht".encode(charset)
        mail = read_mail(head + b"\r\n\r\nHi")
        assert (mail.sender_name, mail.subject) == ("Günther", "Übersicht"), charset


def test_it_reads_a_body_whose_charset_is_wrong_or_unknown() -> None:
    for named in ("us-ascii", "x-unknown", "utf-8", ""):
        head = f'From: a@b.example\r\nContent-Type: text/plain; charset="{named}"\r\n\r\n'
        assert read_mail(head.encode() + "Zahlungsübersicht".encode("cp1252")).text == (
            "Zahlungsübersicht"
        ), named


def test_it_takes_plain_text_before_html() -> None:
    message = EmailMessage()
    message["From"] = "dana@nordwind.example"
    message.set_content("Plain.")
    message.add_alternative("<p>Rich.</p>", subtype="html")
    assert read_mail(message.as_bytes()).text.strip() == "Plain."


def test_it_takes_html_when_the_plain_part_is_empty() -> None:
    message = EmailMessage()
    message.set_content("  \n")
    message.add_alternative("<p>Rich.</p>", subtype="html")
    assert read_mail(message.as_bytes()).text == "Rich."


def test_it_says_so_when_there_is_no_text() -> None:
    message = EmailMessage()
    message["From"] = "dana@nordwind.example"
    message.add_attachment(
        b"x" * 5000, maintype="image", subtype="png", filename="Fehler 1.png"
    )
    said = written(read_mail(message.as_bytes()))
    assert said.body == "(no text)"


def test_it_keeps_what_is_too_long_in_the_folded_part() -> None:
    text = "\n".join(f"line {n}" for n in range(40_000))
    said = written(read_mail(raw("From: a@b.example", "", text)))
    assert len(said.body) <= 200_000
    assert said.body + said.folded == text


def test_it_reads_headers_below_a_broken_line() -> None:
    mail = read_mail(
        raw("X-One: 1", "this is no header", "From: dana@nordwind.example", "", "Hi")
    )
    assert (mail.sender, mail.text) == ("dana@nordwind.example", "Hi")


def test_it_reads_a_multipart_that_lacks_its_boundary() -> None:
    head = 'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="none"\r\n\r\n'
    assert read_mail(head.encode() + b"Still here.").text == "Still here."


def test_it_ends_at_parts_without_number_and_depth_without_end() -> None:
    part = b"--b\r\n\r\nx\r\n"
    many = (
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 3000
    )
    assert read_mail(many).problems == ("It has too many parts.",)
    deep = b"From: a@b.example\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(3000)
    )
    assert read_mail(deep).sender == "a@b.example"


def test_it_keeps_a_forwarded_mail_as_a_named_file() -> None:
    inner = mail_of("ana@answerable.example", Subject="Inner")
    head = (
        "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    mail = read_mail(head.encode() + inner + b"\r\n--b--\r\n")
    assert [a.name for a in mail.attachments] == ["Inner.eml"]
    assert mail.text.strip() == "See below."


def test_it_reads_a_base64_body_with_broken_padding() -> None:
    body = base64.b64encode("Grüße".encode()).rstrip(b"=")
    mail = read_mail(
        b"From: a@b.example\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + body
    )
    assert mail.text == "Grüße"
