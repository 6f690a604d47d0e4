"""What a mail says is found wherever it stands: in its parts, and wrapped in them."""

from __future__ import annotations

import base64
import binascii
import struct

from answerable.channels.email.core.parse import Mail, plain_mail, read_mail
from answerable.channels.email.core.texts import LONGEST_TEXT

ENDED = b"\r\n"


def mail(*headers: str, body: bytes = b"") -> Mail:
    head = "".join(f"{header}\r\n" for header in ("From: a@b.example", *headers))
    return read_mail(head.encode() + b"\r\n" + body)


def mixed(*parts: tuple[str, bytes], kind: str = "mixed") -> Mail:
    body = b"".join(
        b"--b\r\n" + head.encode() + b"\r\n\r\n" + content + ENDED for head, content in parts
    )
    return mail(f"Content-Type: multipart/{kind}; boundary=b", body=body + b"--b--\r\n")


HTML, PLAIN = "Content-Type: text/html", "Content-Type: text/plain"
PNG = "Content-Type: image/png; name=a.png"


def test_it_joins_the_texts_between_files() -> None:
    says = mixed((PLAIN, b"Above."), (PNG, b"x"), (PLAIN, b"Below."))
    assert says.text == "Above.\n\nBelow."
    assert [(file.name, file.inline) for file in says.attachments] == [("a.png", True)]


def test_it_keeps_the_html_beside_the_text() -> None:
    says = mixed((PLAIN, b"Plain."), (HTML, b"<p>Rich.</p>"), kind="alternative")
    assert (says.text, says.html, says.is_html_only) == ("Plain.", "<p>Rich.</p>", False)


def test_it_knows_a_picture_in_the_text_from_a_file() -> None:
    shown = PNG + "\r\nContent-ID: <one@nordwind>"
    other = PNG + "\r\nContent-ID: <two@nordwind>"
    says = mixed(
        (HTML, b"<img src='cid:one@nordwind'>"), (shown, b"1"), (other, b"2"), kind="related"
    )
    assert [(f.content_id, f.inline) for f in says.attachments] == [
        ("one@nordwind", True),
        ("two@nordwind", False),
    ]


def test_it_takes_uuencoded_files_out_of_the_lines() -> None:
    lines = b"begin 644 report.csv\r\n" + binascii.b2a_uu(b"a;b\n") + b"`\r\nend\r\n"
    says = mail(body=b"See below.\r\n\r\n" + lines + b"Above.\r\n")
    assert says.text.split() == ["See", "below.", "Above."]
    (file,) = says.attachments
    assert (file.name, file.type, file.read()) == ("report.csv", "text/csv", b"a;b\n")


def test_it_takes_pictures_out_of_html() -> None:
    data = base64.b64encode(b"\x89PNG" * 9).decode()
    says = mail(HTML, body=f"<img src='data:image/png;base64,{data}'>".encode())
    assert says.html == "<img src='cid:picture1.png'>"
    (file,) = says.attachments
    assert (file.content_id, file.inline, file.size) == ("picture1.png", True, 36)


def _attribute(level: int, name: int, value: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, 0, len(value)) + value + b"\0\0"


def _property(kind: int, number: int, value: bytes) -> bytes:
    head = struct.pack("<HHII", kind, number, 1, len(value))
    return head + value + b"\0" * (-len(value) % 4)


def winmail() -> bytes:
    body = struct.pack("<I", 1) + _property(0x1E, 0x1000, b"Inside.\0")
    name = struct.pack("<I", 1) + _property(0x1F, 0x3707, "Übersicht.pdf".encode("utf-16-le"))
    return b"\x78\x9f\x3e\x22\0\0" + b"".join(
        [
            _attribute(1, 0x9003, body),
            _attribute(2, 0x9002, b"\0" * 14),
            _attribute(2, 0x8010, b"UBERSI~1.PDF\0"),
            _attribute(2, 0x800F, b"%PDF"),
            _attribute(2, 0x9005, name),
        ]
    )


def test_it_opens_what_outlook_wraps() -> None:
    says = mail("Content-Type: application/ms-tnef; name=winmail.dat", body=winmail())
    assert says.text == "Inside."
    assert [(f.name, f.type, f.read()) for f in says.attachments] == [
        ("Übersicht.pdf", "application/pdf", b"%PDF")
    ]


def test_it_keeps_a_winmail_that_is_none() -> None:
    says = mail("Content-Type: application/ms-tnef; name=winmail.dat", body=winmail()[:20])
    assert [file.name for file in says.attachments] == ["winmail.dat"]


def _element(tag: int, *inside: bytes) -> bytes:
    content = b"".join(inside)
    return bytes([tag, 0x82]) + len(content).to_bytes(2, "big") + content


SIGNED, DATA = "2a864886f70d010702", "2a864886f70d010701"


def _sealed(kind: str, content: bytes) -> bytes:
    octets = _element(0x24, _element(4, content[:9]), _element(4, content[9:]))
    info = _element(0x30, _element(6, bytes.fromhex(DATA)), _element(0xA0, octets))
    signed = _element(0x30, _element(2, b"\1"), _element(0x31), info)
    return _element(0x30, _element(6, bytes.fromhex(kind)), _element(0xA0, signed))


def test_it_reads_what_was_signed_as_a_whole() -> None:
    raw = _sealed(SIGNED, b"Content-Type: text/plain\r\n\r\nSigned.")
    says = mail("Content-Type: application/pkcs7-mime; name=smime.p7m", body=raw)
    assert (says.text, says.problems) == ("Signed.", ())
    assert [file.name for file in says.attachments] == ["smime.p7m"]


def test_it_says_that_a_mail_is_encrypted() -> None:
    raw = _sealed("2a864886f70d010703", b"secret content")
    says = mail("Content-Type: application/pkcs7-mime; name=smime.p7m", body=raw)
    assert says.problems == ("It is encrypted (S/MIME), and cannot be read here.",)
    assert [file.name for file in says.attachments] == ["smime.p7m"]


CALENDAR = (
    b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Exports\\, again\r\n"
    b"DTSTART;TZID=Europe/Berlin:20251027T100000\r\nDTEND;TZID=Europe/Berlin:20251027T110000\r\n"
    b"LOCATION:Room\r\n  4\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_it_says_what_an_invitation_is_to() -> None:
    says = mail("Content-Type: text/calendar", body=CALENDAR)
    assert says.text.splitlines() == [
        "Invitation: Exports, again",
        "When: 2025-10-27 10:00 \u2013 11:00 (Europe/Berlin)",
        "Where: Room 4",
    ]
    assert [file.name for file in says.attachments] == ["calendar.ics"]


def test_it_joins_lines_that_flow() -> None:
    says = mail(
        "Content-Type: text/plain; format=flowed",
        body=b"They \r\nstop.\r\n> Do \r\n> they?\r\n-- \r\nDana\r\n",
    )
    assert says.text == "They stop.\n> Do they?\n-- \nDana\n"


def test_it_leaves_out_a_footer_below_base64() -> None:
    body = base64.encodebytes("Grüße".encode()) + b"\r\n____\r\nA list's footer\r\n"
    head = ("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64")
    assert mail(*head, body=body).text == "Grüße"


def test_all_of_a_very_long_text_is_a_file_too() -> None:
    line = "Zeile für Zeile.\r\n".encode()
    says = mail(
        "Content-Type: text/plain; charset=utf-8", body=line * (LONGEST_TEXT // len(line) + 2)
    )
    assert says.problems == ("Its text is too long to be read to the end; it is a file too.",)
    assert says.text == "Zeile für Zeile.\n" * (LONGEST_TEXT // len(line))
    (file,) = says.attachments
    assert (file.name, file.read()) == ("document.txt", line * (LONGEST_TEXT // len(line) + 2))


def test_a_mail_that_is_too_large_to_be_read_is_a_file_too() -> None:
    raw = b"From: a@b.example\r\n\r\n" + b"Line by line.\r\n" * (LONGEST_TEXT // 15 + 2)
    says = plain_mail(raw, "It is too large.")
    assert (says.sender, says.problems) == ("a@b.example", ("It is too large.",))
    assert says.text == "Line by line.\n" * (LONGEST_TEXT // 15)
    (file,) = says.attachments
    assert (file.name, file.type, file.read()) == ("mail.eml", "message/rfc822", raw)
