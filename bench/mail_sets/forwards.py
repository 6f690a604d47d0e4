"""Mails that pass a mail on: who wrote it, to whom, when, and what its forwarder says."""

from __future__ import annotations

from typing import Any

from answerable.channels.email.core.forward import Forwarded, forwarded_in
from answerable.channels.email.core.named_people import Named, named_in, one_named
from bench.mail_sets.verdict import Verdict

Fields = dict[str, Any]


def crisp(line: dict[str, Any]) -> Verdict:
    """Judge all that the set knows of a mail that was passed on, or that it was not."""
    expected, inner = line["expected"], line["expected"]["email"]
    wanted: Fields = {}
    if expected["forwarded"]:
        wanted = {
            "from": _named(inner["from"]),
            "to": [_named(person) for person in inner["to"] or []],
            "cc": [_named(person) for person in inner["cc"] or []],
            "subject": inner["subject"],
            "date": inner["date"],
            "body": inner["body"],
            "note": expected["message"] or "",
        }
    found = forwarded_in(line["subject"], line["body"])
    subject = (line["subject_file"] or "").rpartition("/")[2]
    return _compared(wanted, found, f"{line['body_file']}{'+' if subject else ''}{subject}")


def unwrapped(text: str, expected: dict[str, str] | None) -> Verdict:
    """Judge a text without a subject: what it passes on, or that it passes nothing on."""
    wanted: Fields = {}
    if expected and expected["type"] == "forward":
        wanted = {
            "from": one_named(expected.get("from", "")),
            "to": list(named_in(expected.get("to", ""))),
            "subject": expected.get("subject", ""),
            "date": expected.get("date", ""),
            "body": expected["text"],
            "note": expected.get("text_top", ""),
        }
    return _compared(wanted, forwarded_in(None, text), "")


def _compared(wanted: Fields, found: Forwarded | None, name: str) -> Verdict:
    """Return a verdict that names the fields that differ."""
    got = _fields(found) if found else {}
    differs = [key for key in wanted if got.get(key) != wanted[key]]
    if bool(wanted) != bool(found):
        return Verdict(False, _forwarded(bool(wanted)), _forwarded(bool(found)), name)
    said = [", ".join(f"{key} {fields[key]!r}" for key in differs) for fields in (wanted, got)]
    return Verdict(not differs, said[0], said[1], name)


def _forwarded(is_one: bool) -> str:
    return "forwarded" if is_one else "not forwarded"


def _fields(found: Forwarded) -> Fields:
    return {
        "from": found.sender,
        "to": list(found.to),
        "cc": list(found.cc),
        "subject": found.subject,
        "date": found.date,
        "body": found.body,
        "note": found.note,
    }


def _named(person: dict[str, str | None]) -> Named:
    return Named(person["name"] or "", person["address"] or "")


SETS = {"forwards_crisp.jsonl": crisp}
