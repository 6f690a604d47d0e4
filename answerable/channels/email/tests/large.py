"""Large mails for tests, and how much memory reading them takes."""

from __future__ import annotations

import base64
import binascii
import gc
import tracemalloc
from collections.abc import Callable
from email.message import EmailMessage
from random import Random

MEGABYTE = 1024 * 1024
CONTENT = Random(7).randbytes(3 * MEGABYTE)
HEAD = b"From: Dana Wolf <dana@nordwind.example>\r\nMessage-ID: <large@nordwind.example>\r\n"


def most_memory(work: Callable[[], object]) -> float:
    """Return how many megabytes something had at once that it asked Python for."""
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()


def with_file() -> bytes:
    """Return a mail with a file of 3 MB, as most programs send it."""
    message = EmailMessage()
    message["From"] = "Dana Wolf <dana@nordwind.example>"
    message["Message-ID"] = "<large@nordwind.example>"
    message.set_content("See this.")
    message.add_attachment(CONTENT, "application", "octet-stream", filename="rows.bin")
    return message.as_bytes().replace(b"\n", b"\r\n")


def in_its_lines() -> bytes:
    """Return a text with the file in its lines (uuencode)."""
    lines = (CONTENT[at : at + 45] for at in range(0, len(CONTENT), 45))
    coded = b"".join(map(binascii.b2a_uu, lines))
    return HEAD + b"\r\nSee this.\r\nbegin 644 rows.bin\r\n" + coded + b"`\nend\r\n"


def in_its_html() -> bytes:
    """Return a page with the file as a picture in a data: address."""
    picture = b"<img src='data:image/png;base64,%s'>" % base64.b64encode(CONTENT)
    return HEAD + b"Content-Type: text/html\r\n\r\n<p>See this.</p>" + picture


def in_a_mail() -> bytes:
    """Return a mail to which another is attached that has the file."""
    parts = (
        HEAD + b"Content-Type: multipart/mixed; boundary=out\r\n\r\n--out\r\n\r\nSee this.\r\n"
    )
    inner = b"--out\r\nContent-Type: message/rfc822\r\n\r\n" + with_file()
    return parts + inner + b"\r\n--out--\r\n"
