"""Mails as programs write them: plain, with HTML and a quotation, some with a file."""

from __future__ import annotations

from email.message import EmailMessage

WORDS = (
    "Since the update of last night the export of contacts stops after a few thousand rows. "
    "We tried it in two browsers and from two offices. It says that a cursor was closed. "
)
QUOTED = "\n".join(f"> {line}" for line in [WORDS[:78], WORDS[78:150], "Kind regards", "Ana"])
HTML = (
    "<html><head><style>p {{ margin: 0 }}</style></head><body><div dir='ltr'><p>{text}</p>"
    "<p>Kind regards<br>Person</p></div><blockquote type='cite'><p>{quoted}</p></blockquote>"
    "</body></html>"
)
FILE = bytes(range(256)) * 200  # 50 kB


def letter(number: int, sender: str, to: str) -> bytes:
    """Return the bytes of a mail; of ten, four have HTML too, and one a file."""
    mail = EmailMessage()
    mail["From"] = f"Person {number} <{sender}>"
    mail["To"] = to
    mail["Subject"] = f"Export stops after a few thousand rows ({number})"
    mail["Date"] = "Mon, 20 Oct 2025 10:00:00 +0200"
    mail["Message-ID"] = f"<bench-{number}@customer.example>"
    mail["User-Agent"] = "Mozilla Thunderbird"
    text = f"{WORDS}{WORDS}\n\nThis is number {number}.\n\n-- \nPerson {number}\n"
    mail.set_content(f"{text}\n{QUOTED}\n" if number % 10 < 5 else text)
    if number % 10 in {1, 3, 5, 7}:
        mail.add_alternative(HTML.format(text=WORDS * 3, quoted=WORDS), subtype="html")
    if number % 10 == 9:
        mail.add_attachment(FILE, "application", "octet-stream", filename="rows.bin")
    return mail.as_bytes().replace(b"\n", b"\r\n")
