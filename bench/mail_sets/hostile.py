"""Mails that were made to hang or bloat whoever reads them: what each costs us.

python -m bench.mail_sets.hostile [NAME…]
"""

from __future__ import annotations

import base64
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from answerable.channels.email.understand import understand

MILLION = 1_000_000
SLOW = 0.5  # seconds from which a mail is named
HEAD = b"From: a@b.example\r\nSubject: x\r\n"
TYPED = HEAD + b"Content-Type: "
MIXED = TYPED + b"multipart/mixed; boundary=b\r\n\r\n"


def _header(name: bytes, value: bytes) -> bytes:
    return b"From: a@b.example\r\n" + name + b": " + value + b"\r\n\r\nx"


def _of(kind: bytes, body: bytes) -> bytes:
    return TYPED + kind + b"\r\n\r\n" + body


def _encoded(encoding: bytes, body: bytes) -> bytes:
    return HEAD + b"Content-Transfer-Encoding: " + encoding + b"\r\n\r\n" + body


def _html(body: bytes) -> bytes:
    return _of(b"text/html", body)


def _text(body: bytes) -> bytes:
    return _of(b"text/plain", body)


def _deep() -> bytes:
    levels = (
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(20_000)
    )
    return HEAD + b"".join(levels)


def _boxed() -> bytes:
    """A mail in a mail in a mail, each encoded once more."""
    mail, box = HEAD + b"\r\nx", TYPED + b"message/rfc822\r\nContent-Transfer-Encoding: base64"
    for _ in range(20):
        mail = box + b"\r\n\r\n" + base64.encodebytes(mail)
    return mail


def _large() -> bytes:
    file = base64.encodebytes(b"x" * 25 * MILLION)
    head = b"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return MIXED + head + file + b"\r\n--b--"


BODIES = (
    b"\r", b"\n", b" ", b"x\r\n", b">", b"> \n", b"-", b"_", b"-- \n", b"*", b"On ",
    b"\xff\xfe",
    b"On Mon, x wrote:\n", b"From: x\nTo: y\n", b"begin 644 x\n", b"begin 644 x\nM", b"http://",
    b"a@b.example ", b"<a@b.example> ", b"550 5.1.1 <a@b.example>: unknown\n", b"|", b"\t",
    b"=",
)  # fmt: skip
MARKUPS = (
    b"<", b"<a", b'<a "', b"<a '<a \"", b"<a b='", b"<!--", b"<script>", b"<div>",
    b"<b a=1><p>",    b"<td>x", b"<ul><li>", b"<blockquote>x", b"&#99999", b"&", b"&amp;", b"<a href=http://x>",
    b"<img src='data:image/png;base64,", b"<p style='a:(", b"<div style='display:none'>",
    b"<table><tr><td>", b"<svg><math>", b"</p>", b"<font a=1><table>", b"<![CDATA[", b"<title>",
)  # fmt: skip
PEOPLE = (
    b"a", b"a@", b'"', b'\\"', b"(", b"(a\\", b"<", b"<a@b>,", b",", b":", b";",
    b"=?utf-8?q?a?= ",
)  # fmt: skip
SUBJECTS = (
    b"=?utf-8?q?", b"=?utf-8?q?a?=", b"=?a?b?", b"=?", b"=?utf-8?Q?a b ", b"=?utf-8?Q?a? ",
    b"Re: ",    b"Fwd: [#1] ", b" ", b"\xe4",
)  # fmt: skip
TYPES = (
    b" ", b'; x="', b"; n*0*=x", b";", b'; name="a" "', b"(", b"=", b"; charset=x",
)  # fmt: skip


def _filled(piece: bytes, size: int = MILLION) -> bytes:
    return piece * (size // len(piece))


def _repeated(make: Callable[[bytes], bytes], piece: bytes) -> bytes:
    return make(_filled(piece))


def _typed(parameters: bytes) -> bytes:
    return _of(b"a/b" + parameters, b"x")


def mails() -> Mapping[str, Callable[[], bytes]]:
    """Return what makes each mail, by its name."""
    made: dict[str, Callable[[], bytes]] = {"deep": _deep, "boxed": _boxed, "25 MB": _large}
    for piece in BODIES:
        made[f"text {piece!r}"] = partial(_repeated, _text, piece)
    for piece in MARKUPS:
        made[f"html {piece!r}"] = partial(_repeated, _html, piece)
    for piece in PEOPLE:
        made[f"to {piece!r}"] = partial(_repeated, partial(_header, b"To"), piece)
    for piece in SUBJECTS:
        made[f"subject {piece!r}"] = partial(_repeated, partial(_header, b"Subject"), piece)
    for piece in TYPES:
        made[f"type {piece!r}"] = partial(_repeated, _typed, piece)
    return made | OTHERS


OTHERS: dict[str, Callable[[], bytes]] = {
    "attributes": lambda: _html(
        b"<a " + b" ".join(b"a%d=1" % n for n in range(150_000)) + b">"
    ),
    "boundaries": lambda: MIXED + _filled(b"--b\r\n\r\nx\r\n"),
    "boundaries in lines": lambda: MIXED + _filled(b"--b"),
    "no boundary": lambda: MIXED + _filled(b"--c\r\nA: b\r\n"),
    "headers": lambda: _filled(b"A: b\r\n"),
    "one header": lambda: b"A: " + _filled(b"x\n ") + b"\n\nx",
    "carriage returns in a header": lambda: b"From: a" + _filled(b"\r") + b"\nx",
    "mails in mails": lambda: HEAD + _filled(b"Content-Type: message/rfc822\r\n\r\n"),
    "report": lambda: _of(b"message/delivery-status", _filled(b"Action: failed\r\n\r\n")),
    "base64": lambda: _encoded(b"base64", _filled(b"QQ==\n")),
    "base64 on one line": lambda: _encoded(b"base64", b"A" * 5 * MILLION + b"!"),
    "quoted": lambda: _encoded(b"quoted-printable", _filled(b"=\n")),
    "flowed": lambda: _of(b"text/plain; format=flowed", _filled(b"> a \n")),
    "escapes": lambda: _of(b"text/plain; charset=iso-2022-jp", _filled(b"\x1b$B!!\xff")),
    "utf-7": lambda: _of(b"text/plain; charset=utf-7", _filled(b"+AAA")),
    "signed": lambda: _of(b"application/pkcs7-mime", _filled(b"\x30\x80")),
    "calendar": lambda: _of(b"text/calendar", b"BEGIN:VEVENT\n" + _filled(b"X;")),
    "references": lambda: _header(b"References", _filled(b"<a@b> ")),
    "date": lambda: _header(b"Date", _filled(b"1 ")),
    "file name": lambda: _of(b'image/png; name="' + _filled(b"/..") + b'"', b"x"),
}


def main(names: Sequence[str]) -> None:
    """Read each mail; name what is slow, and the most memory that was needed."""
    for name, make in mails().items():
        if names and name not in names:
            continue
        raw = make()
        began = time.process_time()
        understand(raw)
        took = time.process_time() - began
        if took > SLOW or names:
            sys.stdout.write(f"{name:<40} {took:6.2f} s\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{len(mails())} mails, {peak} MB at most\n")


if __name__ == "__main__":
    main(sys.argv[1:])
