"""What a bounce says: which mail of ours, whether that is final, and why. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from answerable.channels.email.core.parse import Mail

STATUS = re.compile(r"^status\s*:\s*([245])\.\d+\.\d+", re.IGNORECASE | re.MULTILINE)
ACTION = re.compile(r"^action\s*:\s*(\w+)", re.IGNORECASE | re.MULTILINE)
DIAGNOSIS = re.compile(
    r"^diagnostic-code\s*:\s*(?:[\w-]+\s*;\s*)?([^\n]{1,400}(?:\n[ \t][^\n]{0,200}){0,3})",
    re.IGNORECASE | re.MULTILINE,
)
SERVER_SAYS = re.compile(r"\b[45]\d\d[ -][#(]?[45]\.\d+\.\d+[^\n]{0,300}")
MOST_IDS = 20


@dataclass(frozen=True, slots=True)
class Failure:
    """The mails that a bounce may be about, whether it is final, and the server's words."""

    message_ids: tuple[str, ...]
    final: bool
    why: str


def failure_of(mail: Mail, domain: str) -> Failure:
    """Return what a bounce says. Message-IDs are looked for in all of it: servers differ."""
    text = f"{mail.text}\n{mail.report}"
    ids = re.findall(rf"<[^<>\s@]{{1,200}}@{re.escape(domain)}>", text, re.IGNORECASE)
    own = [mail.in_reply_to, *mail.references.split(), *ids]
    numbers = tuple(dict.fromkeys(number for number in own if number))[:MOST_IDS]
    return Failure(numbers, _is_final(text), _why(text))


def _is_final(text: str) -> bool:
    action = ACTION.search(text)
    if action:
        return action.group(1).lower() == "failed"
    status = STATUS.search(text)
    return status is None or status.group(1) == "5"


def _why(text: str) -> str:
    found = DIAGNOSIS.search(text) or SERVER_SAYS.search(text)
    if found is None:
        return "The receiving server returned it."
    words = found.group(1) if found.re is DIAGNOSIS else found.group()
    return " ".join(words.split())[:400]
