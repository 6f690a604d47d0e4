"""Replies: the new text without the quotation below it, in texts and in HTML.

Two of the sets know no signatures: there a text is right with its signature or without. The
others are compared without it.
"""

from __future__ import annotations

import base64
import re
from email import message_from_bytes
from email.message import Message
from typing import Any

from answerable.channels.email.core.html import text_of
from answerable.channels.email.core.parse import read_mail
from answerable.channels.email.core.quote import Split, split_reply
from answerable.channels.email.core.quote_html import HtmlSplit, split_html
from bench.mail_sets.forwards import SETS as FORWARDS
from bench.mail_sets.forwards import unwrapped
from bench.mail_sets.verdict import Verdict

# What shows no letters: blanks, rules, marks of quotation, targets of links, broken tags.
BLANK = re.compile(r"[\s>_\ufffc\ufeff]+")
TARGET = re.compile(r"<(?:https?:|mailto:|/)[^<>]*>")
ELIDED = re.compile(r"<details.*", re.DOTALL)
BOLD = re.compile(r"\*+")


def squash(text: str) -> str:
    """Return a text without what shows no letters."""
    return BLANK.sub("", TARGET.sub("", text))


def talon(line: dict[str, Any]) -> Verdict:
    """Judge a text, a body of HTML or a mail; signatures belong to the reply there."""
    split: Split | HtmlSplit
    expected = line["expected_reply"] or ""
    if line["kind"] == "html":
        split, expected = split_html(line["body"] or ""), text_of(expected)
    elif line["kind"] == "eml":
        split = split_reply(read_mail(base64.b64decode(line["raw_b64"])).text)
    else:
        split = split_reply(line["body"])
    where, _, test = line["ref"].partition(" ")
    return _signed(split, expected, f"{test or where}:{where.rpartition(':')[2]}")


def mailspring(line: dict[str, Any]) -> Verdict:
    """Judge a body of HTML; signatures belong to the reply there."""
    return _signed(split_html(line["html"]), text_of(line["expected_html"]), line["file"])


def _signed(split: Split | HtmlSplit, expected: str, name: str) -> Verdict:
    right = {squash(split.new), squash(split.new + split.signature)}
    return Verdict(squash(expected) in right, expected, split.new, name)


def zapier(line: dict[str, Any]) -> Verdict:
    """Judge a text; one is only there to take long."""
    new = split_reply(line["body"]).new
    expected = line.get("peer_reply", new)
    return Verdict(squash(new) == squash(expected), expected, new, line["file"])


def quotequail(line: dict[str, Any]) -> Verdict:
    """Judge a text that is quoted below, or one that passes a mail on."""
    values = dict(zip(line["args"], line["values"], strict=True))
    if "expected_quote_intro_line" not in values:
        return unwrapped(values["text"], values["expected"])
    parts = values["expected_quote_intro_line"] or values["expected"]
    expected = "\n".join(text for is_new, text in parts if is_new)
    new = split_reply(values["text"]).new
    return Verdict(squash(new) == squash(expected), expected, new, "")


def discourse(line: dict[str, Any]) -> Verdict | None:
    """Judge a mail whose text the set knows, in a product that writes Markdown."""
    if "expected_raw_markdown" not in line:
        return None
    raw, test = base64.b64decode(line["raw_b64"]), line["test"]
    mail, html = read_mail(raw), _html(message_from_bytes(raw))
    wants_html = html and ("prefers html" in test or "text/plain" not in raw.decode("latin-1"))
    new = split_html(html).new if wants_html else split_reply(mail.text).new
    if "trim_incoming_emails is disabled" in test:
        new = mail.text
    expected = ELIDED.sub("", line["expected_raw_markdown"])
    right = squash(BOLD.sub("", expected)) == squash(BOLD.sub("", new))
    return Verdict(right, expected, new, line["file"])


def _html(message: Message) -> str:
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(payload, bytes):
            return payload.decode(part.get_content_charset() or "utf-8", "replace")
    return ""


SETS = {
    "replies_talon.jsonl": talon,
    "replies_zapier.jsonl": zapier,
    "replies_mailspring_html.jsonl": mailspring,
    "quotequail.jsonl": quotequail,
    "discourse_receiver.jsonl replies": discourse,
    **FORWARDS,
}
