"""A raw mail as the tree of its parts, within limits. Pure; never raises.

The parts are the standard library's messages under our policy. They are cut out of the raw
bytes here and not by the library's parser: that one knows no limits, and loses headers below a
line that is none, parts below a broken boundary, and mails that were encoded once more. What a
part holds stays where it is, and is given by pieces.
"""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

from answerable.channels.email.core.charsets import decoded, mended
from answerable.channels.email.core.mapped import Buffer, beginning, gathered, pieces_of
from answerable.channels.email.core.parameters import Value, value_of
from answerable.channels.email.core.signed import KINDS as SIGNED
from answerable.channels.email.core.signed import signed_content
from answerable.channels.email.core.spans import BLANK, HEADER_LINE, blocks, spans
from answerable.channels.email.core.transfer import plain_pieces

MOST_PARTS = 2000
MOST_DEPTH = 40
MOST_HEADERS = 2000
LONGEST_HEAD = 512 * 1024
LONGEST_VALUE = 100_000
# As much of a part as anybody looks at who asks for it in the library's words.
LONGEST_PAYLOAD = 512 * 1024

HEADER = re.compile(rb"^([!-9;-~]{1,200})[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
KNOWN = (
    rb"(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|reply-to|sender"
    rb"|references|in-reply-to|content-[a-z-]{1,40}|x-[a-z0-9-]{1,80}|dkim-signature)[ \t]*:"
)
ABOVE = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*\r*\n)*(?:>?From [^\r\n]*\r*\n)?")
HEADED = re.compile(HEADER_LINE)
HEADED_BELOW = re.compile(rb"[^\r\n]*\r*\n(?=" + KNOWN + rb")", re.IGNORECASE)
LINE_END = re.compile(rb"\r{0,3}\n|\r")
NO_HEADER = re.compile(rb"(?:\r{0,3}\n|\r)(?![ \t\r\n]|" + HEADER_LINE + rb")")
KNOWN_BELOW = re.compile(rb"[\r\n]" + KNOWN, re.IGNORECASE)
KIND = re.compile(r"[\w!#$&^+-]+/[\w!#$&^.+-]+")


class _Policy(email.policy.EmailPolicy):
    """The modern policy, for headers that break it too."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return mended(value)


POLICY = _Policy(raise_on_defect=False)


class Part(EmailMessage):
    """A part of a mail: a message of the standard library that knows its raw bytes."""

    def __init__(self, raw: Buffer, begin: int, end: int, default: str = "text/plain") -> None:
        super().__init__(POLICY)
        self._raw, self._begin, self._end = raw, begin, end
        self.set_default_type(default)
        self.kind = default  # its content type in lower case
        self.parameters: dict[str, str] = {}
        self.disposition = Value()
        self.encoding = ""
        self.problems: tuple[str, ...] = ()

    def pieces(self) -> Iterator[bytes]:
        """Give what its bytes stand for."""
        return plain_pieces(memoryview(self._raw)[self._begin : self._end], self.encoding)

    def content(self) -> Buffer:
        """Return what its bytes stand for: in memory, or in a file if it is much."""
        return gathered(self.pieces())

    def head(self, most: int) -> bytes:
        """Return the first bytes that it stands for; of more than so many, whole lines."""
        return beginning(self.pieces(), most)

    def parts(self) -> list[Part]:
        """Return the parts inside it, in order."""
        inside: Any = super().get_payload()
        return inside if isinstance(inside, list) else []

    # Where the library asks, it is answered from what was read above: its own way raises for
    # a charset with a NUL in it, and reads each header anew.

    def get_payload(self, i: int | None = None, decode: bool = False) -> Any:
        """Return its parts; else its first text as it was sent, or what that stands for."""
        inside = self.parts()
        if inside:
            return None if decode else inside if i is None else inside[i]
        if decode:
            return self.head(LONGEST_PAYLOAD)
        as_sent = pieces_of(memoryview(self._raw)[self._begin : self._end])
        return decoded(beginning(as_sent, LONGEST_PAYLOAD), self.get_content_charset())

    def get_content_type(self) -> str:
        """Return its content type."""
        return self.kind

    def get_content_charset(self, failobj: Any = None) -> Any:
        """Return the charset that it names."""
        return self.parameters.get("charset", failobj)

    def get_content_disposition(self) -> Any:
        """Return whether it is “inline” or an “attachment”."""
        return self.disposition.word or None

    def get_filename(self, failobj: Any = None) -> Any:
        """Return the name of the file that it is."""
        given = self.disposition.parameters.get("filename") or self.parameters.get("name")
        return given or failobj

    def take(self, headers: list[tuple[str, str]]) -> None:
        """Take these headers, and learn from the first of each kind what the part is."""
        for name, value in reversed(headers):
            match name.lower():
                case "content-type":
                    self._type(value_of(value))
                case "content-disposition":
                    self.disposition = value_of(value)
                case "content-transfer-encoding":
                    self.encoding = value
        for name, value in headers:
            self.set_raw(name, value)

    def _type(self, value: Value) -> None:
        if KIND.fullmatch(value.word):
            self.kind = value.word
        elif value.word in {"text", "html", "plain", "multipart"}:
            self.kind = {"html": "text/html", "multipart": "multipart/mixed"}.get(
                value.word, "text/plain"
            )
        self.parameters = dict(value.parameters)


def parsed(raw: Buffer) -> Part:
    """Return the tree of a mail's parts; what stopped at a limit is in the root's problems."""
    cutter = _Cutter()
    root = cutter.part(raw, _start(raw), len(raw), depth=0)
    root.problems = tuple(cutter.problems)
    return root


class _Cutter:
    """Cuts parts out of bytes, and counts them."""

    def __init__(self) -> None:
        self.seen = 0
        self.problems: dict[str, None] = {}  # a set that keeps its order

    def part(
        self, raw: Buffer, begin: int, end: int, *, depth: int, default: str = "text/plain"
    ) -> Part:
        """Return the part that stands between two places, with all that is inside it."""
        self.seen += 1
        headers, body = _headers(raw, begin, end)
        part = Part(raw, body, end, default)
        part.take(headers)
        if part.kind.startswith(("multipart/", "message/")) or part.kind in SIGNED:
            if depth >= MOST_DEPTH:
                self.problems["It is nested too deeply to be read to the end."] = None
            elif part.kind.startswith("multipart/"):
                self._split(part, raw, body, end, depth)
            elif part.kind in SIGNED:
                self._unseal(part, depth)
            else:
                self._open(part, raw, body, end, depth)
        return part

    def _split(self, part: Part, raw: Buffer, begin: int, end: int, depth: int) -> None:
        inner = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
        for first, last in spans(part.parameters.get("boundary", ""), raw, begin, end):
            if self.seen >= MOST_PARTS:
                self.problems["It has too many parts."] = None
                return
            part.attach(self.part(raw, first, last, depth=depth + 1, default=inner))

    def _unseal(self, part: Part, depth: int) -> None:
        """Open what was signed as a whole (S/MIME); what was encrypted stays closed."""
        content = signed_content(part.content())
        if len(content):
            part.attach(self.part(content, _start(content), len(content), depth=depth + 1))

    def _open(self, part: Part, raw: Buffer, begin: int, end: int, depth: int) -> None:
        """Open a mail inside a mail; one that was encoded is decoded first."""
        if part.encoding and part.encoding[:1].lower() in "bqxu":
            content = part.content()
            if HEADED.match(content, _start(content)) or not HEADED.match(raw, begin, end):
                raw, begin, end = content, 0, len(content)
        if part.kind == "message/delivery-status":
            found = list(blocks(raw, begin, end))[:MOST_PARTS]
        else:
            found = [(begin + _start(raw[begin : begin + 2000]), end)]
        for first, last in found:
            if first < last and self.seen < MOST_PARTS:
                part.attach(self.part(raw, first, last, depth=depth + 1))


def _start(raw: Buffer) -> int:
    """Return where the headers of a mail begin: below blank lines, mbox's From, a log line."""
    found = ABOVE.match(raw)
    begin = found.end() if found else 0
    if not HEADED.match(raw, begin):
        below = HEADED_BELOW.match(raw, begin)
        return below.end() if below else begin
    return begin


def _headers(raw: Buffer, begin: int, end: int) -> tuple[list[tuple[str, str]], int]:
    """Return the headers that begin here as they stand, unfolded, and where the body begins."""
    line_end = LINE_END.match(raw, begin, end)
    if line_end:
        return [], line_end.end()
    if not HEADED.match(raw, begin, end):
        return [], begin
    stop, body = _head_end(raw, begin, end)
    head = LINE_END.sub(b"\n", NO_HEADER.sub(b"\n ", raw[begin:stop]))
    headers = []
    for count, found in enumerate(HEADER.finditer(head)):
        if count == MOST_HEADERS:
            break
        value = found.group(2)[:LONGEST_VALUE].replace(b"\n", b"")
        name = found.group(1).decode("ascii")
        headers.append((name, value.decode("ascii", "surrogateescape").rstrip()))
    return headers, body


def _head_end(raw: Buffer, begin: int, end: int) -> tuple[int, int]:
    """Return where the headers end and where the body begins.

    A line that is no header belongs to the header above it when known headers stand below, and
    is the first of the body when none does: somebody left out the empty line.
    """
    blank = BLANK.search(raw, begin, min(end, begin + LONGEST_HEAD))
    stop, body = (
        (blank.start(), blank.end()) if blank else (min(end, begin + LONGEST_HEAD),) * 2
    )
    strange = NO_HEADER.search(raw, begin, stop)
    if strange and not KNOWN_BELOW.search(raw, strange.end(), stop):
        return strange.start(), strange.end()
    return stop, body
