"""Real and odd mails, where the folder with them is at hand: all are read, most are right.

The scores are what was reached; a change that reads fewer of them well fails here.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from answerable.channels.email.core.automatic import Kind, Signs, why_automatic
from answerable.channels.email.core.html import text_of
from answerable.channels.email.core.parse import Mail, read_mail
from answerable.channels.email.core.quote import split_reply
from answerable.channels.email.core.quote_html import split_html

FOLDER = Path(__file__).parents[5] / "shared" / "mail"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="The folder with real mails, ../shared/mail, is not here."
)
Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / name).read_text().splitlines()]


def read(row: Row) -> Mail:
    return read_mail(base64.b64decode(row["raw_b64"]))


def squash(text: str) -> str:
    return re.sub(r"\s+", "", text)


def share(found: list[bool]) -> float:
    return sum(found) / len(found)


@pytest.mark.parametrize(
    "name", ["zammad_mail", "mime_stalwart", "bounces_sisimai", "discourse_receiver"]
)
def test_it_reads_each_as_a_mail(name: str) -> None:
    problems = [problem for row in rows(f"{name}.jsonl") for problem in read(row).problems]
    assert [problem for problem in problems if "encrypted" not in problem] == []


def test_it_knows_senders_and_subjects() -> None:
    mails = [(read(row), row["expected"]) for row in rows("zammad_mail.jsonl")]
    senders = [mail.sender == wanted["from_email"].lower() for mail, wanted in mails]
    subjects = [squash(m.subject) == squash(w["subject"]) for m, w in mails if w["subject"]]
    assert share(senders) >= 0.95
    assert share(subjects) >= 0.95


def signs(mail: Mail) -> Signs:
    path = mail.headers.get("return-path", "somebody@elsewhere.example").strip("<>")
    return Signs(
        headers=mail.headers,
        content_type=mail.content_type,
        envelope_from=path,
        sender=mail.sender,
        subject=mail.subject,
        is_own=False,
    )


def test_it_knows_bounces() -> None:
    found = [why_automatic(signs(read(row))) for row in rows("bounces_sisimai.jsonl")]
    assert share([machine is not None for machine in found]) >= 0.97


def test_it_calls_no_ordinary_mail_a_bounce() -> None:
    wrong = []
    for row in rows("mime_stalwart.jsonl"):
        machine = why_automatic(signs(read(row)))
        if machine and machine.kind == Kind.BOUNCE:
            wrong.append(row["file"])
    assert wrong == []


def talon(kind: str) -> list[tuple[str, str]]:
    return [
        (row["body"], row["expected_reply"])
        for row in rows("replies_talon.jsonl")
        if row["kind"] == kind
    ]


def zapier() -> list[tuple[str, str]]:
    known = [row for row in rows("replies_zapier.jsonl") if "peer_reply" in row]
    return [(row["body"], row["peer_reply"]) for row in known]


@pytest.mark.parametrize(
    ("name", "pairs", "reached"),
    [
        ("talon", lambda: talon("text"), 0.93),
        ("zapier", zapier, 0.95),
    ],
)
def test_it_finds_the_new_text(
    name: str, pairs: Callable[[], list[tuple[str, str]]], reached: float
) -> None:
    found = [squash(split_reply(body).new) == squash(wanted) for body, wanted in pairs()]
    assert share(found) >= reached, name


def test_it_finds_the_new_text_of_html() -> None:
    known = rows("replies_mailspring_html.jsonl")
    found = [
        squash(split_html(row["html"]).new) == squash(text_of(row["expected_html"]))
        for row in known
    ]
    assert share(found) >= 0.92


def test_it_loses_nothing_of_forwarded_mails() -> None:
    for row in rows("forwards_crisp.jsonl"):
        split = split_reply(row["body"])
        kept = squash(split.new + split.folded)
        assert sorted(kept) == sorted(squash(row["body"])), row["body_file"]
