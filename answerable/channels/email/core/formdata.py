"""The fields of a multipart/form-data body, byte for byte as they came (RFC 7578). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

MOST_PARTS = 2000
MOST_HEAD = 8192
BLANK = b"\r\n\r\n"
LINE_END = b"\r\n"
PARAMETER = re.compile(rb'\b(name|filename)="((?:[^"\\]|\\.)*)"')
TYPE = re.compile(rb"^content-type:[ \t]*([^\r\n]+)", re.IGNORECASE | re.MULTILINE)


class BadForm(Exception):
    """A body is no form with this boundary."""


@dataclass(frozen=True, slots=True)
class Part:
    """One field: its name, its bytes, and of a file its name and type."""

    name: str
    value: bytes
    file_name: str | None
    type: str


def boundary_of(content_type: str) -> str:
    """Return the boundary that a Content-Type names; nothing for what is no such form."""
    header = Message()
    header["Content-Type"] = content_type
    if header.get_content_type() != "multipart/form-data":
        return ""
    return str(header.get_param("boundary") or "")


def parts_of(body: bytes, boundary: str) -> Iterator[Part]:
    """Return the fields of a body. Raises BadForm."""
    mark = b"--" + boundary.encode("latin-1", "replace")
    at = 0 if body.startswith(mark) else body.find(LINE_END + mark) + len(LINE_END)
    if not boundary or not body.startswith(mark, at):
        raise BadForm
    for _ in range(MOST_PARTS):
        at += len(mark)
        if body.startswith(b"--", at):
            return
        begin, end = body.find(LINE_END, at), body.find(LINE_END + mark, at)
        blank = body.find(BLANK, begin, begin + MOST_HEAD)
        if begin < 0 or end < 0 or not begin <= blank <= end:
            raise BadForm
        yield _part(body[begin:blank], body[blank + len(BLANK) : end])
        at = end + len(LINE_END)
    raise BadForm


def _part(head: bytes, value: bytes) -> Part:
    said = {name: _unquoted(words) for name, words in PARAMETER.findall(head)}
    kind = TYPE.search(head)
    return Part(
        name=said.get(b"name", ""),
        value=value,
        file_name=said.get(b"filename"),
        type=kind[1].decode("latin-1").strip() if kind else "",
    )


def _unquoted(words: bytes) -> str:
    return re.sub(r"\\(.)", r"\1", words.decode("utf-8", "replace"))
