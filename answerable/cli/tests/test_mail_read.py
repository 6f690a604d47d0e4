"""`answerable mail read` prints what is understood of anything that is bytes."""

from __future__ import annotations

import base64
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from answerable.cli.main import main

MAIL = b"From: Dana Wolf <dana@nordwind.example>\r\nSubject: Exports fail\r\n\r\nThey stop.\r\n"
KEYS = [
    "from", "to", "cc", "reply_to", "subject", "date", "message_id", "in_reply_to",
    "references", "kind", "bounce", "text", "html", "reply", "quoted", "signature",
    "forwarded", "attachments", "problems",
]  # fmt: skip


def file_of(tmp_path: Path, raw: bytes) -> str:
    file = tmp_path / "mail.eml"
    file.write_bytes(raw)
    return str(file)


def asked(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    given = io.TextIOWrapper(io.BytesIO("\n".join(lines).encode()))
    monkeypatch.setattr(sys, "stdin", given)


def answers(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_it_prints_what_a_mail_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mail", "read", file_of(tmp_path, MAIL)]) == 0
    says = json.loads(capsys.readouterr().out)
    assert list(says) == KEYS
    assert says["from"] == {"name": "Dana Wolf", "address": "dana@nordwind.example"}
    assert (says["subject"], says["reply"]) == ("Exports fail", "They stop.")


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\r\n", b"\r\n\r\n\r\n", b"From"])
def test_it_reads_anything(
    raw: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mail", "read", file_of(tmp_path, raw)]) == 0
    assert list(json.loads(capsys.readouterr().out)) == KEYS


def test_it_reads_a_bare_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = b"They stop.\n\nOn Monday, Ana wrote:\n> Do they?\n"
    assert main(["mail", "read", "--body", file_of(tmp_path, text)]) == 0
    says = json.loads(capsys.readouterr().out)
    assert list(says) == KEYS
    assert says["reply"] == "They stop."


def test_it_answers_each_line_and_goes_on_after_a_broken_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = json.dumps({"raw_b64": base64.b64encode(MAIL).decode()})
    asked(monkeypatch, raw, "{", "7", "{}", '{"raw_b64": "*"}', '{"body": "They stop."}')
    assert main(["mail", "read", "--jsonl"]) == 0
    first, *broken, last = answers(capsys)
    assert first["subject"] == "Exports fail"
    assert [list(line) for line in broken[:3]] == [["error"]] * 3
    assert last["text"] == "They stop."


def test_it_names_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mail", "read", "/nowhere/mail.eml"]) == 2
    assert "Cannot read /nowhere/mail.eml" in capsys.readouterr().err
