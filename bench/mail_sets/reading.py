"""The sets about reading: senders, subjects, texts, HTML, files."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from answerable.channels.email.core.charsets import decoded
from answerable.channels.email.core.html import text_of
from answerable.channels.email.core.understood import Understood
from answerable.channels.email.understand import understand
from bench.mail_sets.verdict import Line, Sets, Verdict, bare, same, squash

MARKS = re.compile(r"<(?:https?|mailto):[^<>]*>|^\s*[-*] |^> |_{20,}|\u2022", re.MULTILINE)
LETTERS = re.compile(r"\W+")


@lru_cache(maxsize=2)
def _read(raw: str) -> Understood:
    return understand(base64.b64decode(raw))


def _mail(line: Line) -> Understood:
    return _read(line["raw_b64"])


def sender(line: Line) -> Verdict:
    """Judge the sender's address."""
    wanted, got = line["expected"]["from_email"], _mail(line).sender.address
    return Verdict(wanted.lower() == got.lower(), wanted, got, line["file"])


def name(line: Line) -> Verdict:
    """Judge the sender's name."""
    return same(line, line["expected"]["from_display_name"], _mail(line).sender.name)


def subject(line: Line) -> Verdict | None:
    """Judge the subject."""
    wanted = line["expected"]["subject"]
    return None if wanted is None else same(line, wanted, _mail(line).subject)


def body(line: Line) -> Verdict:
    """Judge the text, or the letters that the HTML shows."""
    wanted, mail = line["expected"]["body"], _mail(line)
    if wanted == "no visible content":
        wanted = ""
    if line["expected"]["content_type"] != "text/html":
        return same(line, wanted, mail.text)
    shown = bare(mail.html) or squash(mail.text)
    return Verdict(bare(wanted) == shown, bare(wanted), shown, line["file"])


def named_files(line: Line) -> Verdict:
    """Judge the names and sizes of the files; the other product's copy of the HTML is none."""
    given = line["expected"]["attachments"]
    wanted = [(a["filename"], a["data"]) for a in given if not _is_copy(a)]
    got = [(each.name, each.read()) for each in _mail(line).attachments]
    ok = len(wanted) == len(got) and all(map(_is_named, wanted, got))
    said = [(name, len(data)) for name, data in wanted]
    return Verdict(ok, str(said), str([(n, len(c)) for n, c in got]), line["file"])


def _is_copy(attachment: dict[str, Any]) -> bool:
    return bool(attachment["preferences"].get("content-alternative"))


def _is_named(wanted: tuple[str, str], got: tuple[str, bytes]) -> bool:
    """Compare names and contents; the set has bytes in base64, and texts with plain ends."""
    if len(got[1]) == len(wanted[1]):
        return wanted[0] == got[0]
    content = got[1].replace(b"\r\n", b"\n").rstrip()
    texts = {decoded(content, "utf-8"), base64.b64encode(got[1]).decode()}
    return wanted[0] == got[0] and wanted[1].rstrip() in texts


def tree_text(line: Line) -> Verdict:
    """Judge the text of a MIME tree."""
    parts = list(_bodies(line, "text_body"))
    wanted = "".join(text if kind == "Text" else bare(text) for kind, text in parts)
    got = _mail(line).text
    if any(kind == "Html" for kind, _ in parts):
        wanted, got = _letters(text_of(wanted) if "<" in wanted else wanted), _letters(got)
    return same(line, wanted, got)


def _letters(text: str) -> str:
    return LETTERS.sub("", MARKS.sub("", text))


def tree_html(line: Line) -> Verdict | None:
    """Judge the HTML of a MIME tree, by the letters that it shows."""
    parts = list(_bodies(line, "html_body"))
    if not any(kind == "Html" for kind, _ in parts):
        return None
    wanted = "".join(bare(text) if kind == "Html" else squash(text) for kind, text in parts)
    got = bare(_mail(line).html)
    return Verdict(wanted == got, wanted, got, line["file"])


def _bodies(line: Line, which: str) -> Iterator[tuple[str, str]]:
    parts = line["expected"]["parts"]
    for number in line["expected"][which]:
        ((kind, content),) = parts[number]["body"].items()
        if kind in {"Text", "Html"}:
            yield kind, content


def tree_files(line: Line) -> Verdict:
    """Judge the files of a MIME tree: names, and what they hold."""
    expected = line["expected"]
    wanted = [_file(expected["parts"][number]) for number in expected["attachments"]]
    got = [(each.name, each.read()) for each in _mail(line).attachments]
    ok = len(wanted) == len(got) and all(map(_is_file, wanted, got))
    said = [(name, len(content)) for name, content in wanted]
    return Verdict(ok, str(said), str([(n, len(c)) for n, c in got]), line["file"])


def _file(part: dict[str, Any]) -> tuple[str, bytes]:
    ((kind, content),) = part["body"].items()
    named = {
        attribute["name"]: attribute["value"]
        for header in part["headers"]
        if header["name"] in ("content_type", "content_disposition")
        for attribute in (header["value"].get("ContentType") or {}).get("attributes") or []
    }
    name = named.get("filename") or named.get("name") or ""
    if kind in {"Text", "Html"}:
        return name, squash(content).encode()
    return name, b"" if kind == "Message" else bytes(content)


def _is_file(wanted: tuple[str, bytes], got: tuple[str, bytes]) -> bool:
    if wanted[0] and squash(wanted[0]) != squash(got[0]):
        return False
    texts = {squash(decoded(got[1], name)) for name in ("utf-8", "cp1252", "utf-7")}
    return wanted[1] in {b"", got[1]} or wanted[1].decode("utf-8", "replace") in texts


SETS: Sets = {
    "zammad_mail.jsonl senders": sender,
    "zammad_mail.jsonl names": name,
    "zammad_mail.jsonl subjects": subject,
    "zammad_mail.jsonl texts": body,
    "zammad_mail.jsonl files": named_files,
    "mime_stalwart.jsonl texts": tree_text,
    "mime_stalwart.jsonl HTML": tree_html,
    "mime_stalwart.jsonl files": tree_files,
}
