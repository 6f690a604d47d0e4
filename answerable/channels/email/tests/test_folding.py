"""Names and subjects arrive as they were written, whatever is in them."""

from __future__ import annotations

import email
import email.policy
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.compose import one_line, shortened
from answerable.channels.email.core.parse import read_mail
from answerable.channels.email.wire import WIRE, WireMessage


def sent(subject: str, name: str = "Dana") -> bytes:
    wire = WireMessage(policy=WIRE)
    wire["From"] = Address(one_line(name, 100), addr_spec="dana@nordwind.example")
    wire["Subject"] = one_line(subject, 400)
    wire.set_content("x")
    return wire.as_bytes()


def lines_of(raw: bytes) -> list[bytes]:
    return raw.partition(b"\r\n\r\n")[0].split(b"\r\n")


WRITTEN = [
    "Exports fail",
    "Grüße aus Köln — es geht wieder",
    "日本語の件名" * 20,
    "=?utf-8?q?not_encoded?= is what I typed",
    "word " * 70,
    "a  b   c " + "word " * 30,
    "x" * 300,
    '"quoted" \\ (comment) <angle> a@b.example, and; more:',
    "🧑‍🚀" * 40,
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_subject_is_read_as_it_was_written(text: str) -> None:
    raw = sent(text)
    wanted = one_line(text, 400)
    assert email.message_from_bytes(raw, policy=email.policy.default)["Subject"] == wanted
    assert read_mail(raw).subject == wanted


@pytest.mark.parametrize("text", WRITTEN)
def test_a_name_is_read_as_it_was_written(text: str) -> None:
    # The modern reader keeps the line ends between encoded words of a name; the old does not.
    written = email.message_from_bytes(sent("x", text), policy=email.policy.compat32)["From"]
    phrase, address = parseaddr("".join(written.splitlines()))
    name = str(make_header(decode_header(phrase)))
    assert (address, name.split()) == ("dana@nordwind.example", one_line(text, 100).split())


@given(subject=st.text(max_size=200), name=st.text(max_size=100))
def test_headers_are_ascii_and_their_lines_short(subject: str, name: str) -> None:
    raw = sent(subject, name)
    lines = lines_of(raw)
    assert raw.isascii()
    assert all(len(line) < 998 for line in lines)
    heads = [line.split(b":")[0] for line in lines if line[:1] not in b" \t"]
    assert heads == [
        b"From",
        b"Subject",
        b"Content-Type",
        b"Content-Transfer-Encoding",
        b"MIME-Version",
    ]
    assert all(line.strip() for line in lines)


@given(subject=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=99))
def test_any_subject_comes_back(subject: str) -> None:
    read = email.message_from_bytes(sent(subject), policy=email.policy.default)["Subject"]
    assert read == one_line(subject, 400)


def test_a_long_thread_keeps_its_first_and_its_newest() -> None:
    thread = [f"<{number}@nordwind.example>" for number in range(40)]
    assert shortened(thread) == [thread[0], *thread[-11:]]
    long = [f"<{number:0240}@x>" for number in range(40)]
    kept = shortened(long)
    assert (kept[0], kept[-1]) == (long[0], long[-1])
    assert len(" ".join(kept)) <= 1800
    assert shortened([]) == []
    assert shortened(["<a b>", "<x@y>"]) == ["<x@y>"]
