"""A raw mail as the tree of its parts, within limits. Pure; never raises.

The parts are the standard library's messages under our policy. They are cut out of the raw
bytes here and not by the library's parser: that one knows no limits, and loses headers below a
line that is none, parts below a broken boundary, and mails that were encoded once more.
"""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

from answerable.channels.email.core.charsets import decoded, mended
from answerable.channels.email.core.parameters import Value, value_of
from answerable.channels.email.core.signed import KINDS as SIGNED
from answerable.channels.email.core.signed import signed_content
from answerable.channels.email.core.transfer import plain_bytes

MOST_PARTS = 2000
MOST_DEPTH = 40
MOST_HEADERS = 2000
LONGEST_HEAD = 512 * 1024
LONGEST_VALUE = 100_000

HEADER_LINE = rb"[!-9;-~]{1,200}[ \t]*:"
HEADER = re.compile(rb"^([!-9;-~]{1,200})[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
KNOWN = (
    rb"(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|reply-to|sender"
    rb"|references|in-reply-to|content-[a-z-]{1,40}|x-[a-z0-9-]{1,80}|dkim-signature)[ \t]*:"
)
ABOVE = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*\r*\n)*(?:>?From [^\r\n]*\r*\n)?")
HEADED = re.compile(HEADER_LINE)
HEADED_BELOW = re.compile(rb"[^\r\n]*\r*\n(?=" + KNOWN + rb")", re.IGNORECASE)
BLANK = re.compile(rb"\r?\n\r{0,3}\n|\r\r(?!\n)")
LINE_END = re.compile(rb"\r{0,3}\n|\r")
NO_HEADER = re.compile(rb"(?:\r{0,3}\n|\r)(?![ \t\r\n]|" + HEADER_LINE + rb")")
KNOWN_BELOW = re.compile(rb"[\r\n]" + KNOWN, re.IGNORECASE)
AFTER_BOUNDARY = re.compile(rb"(--)?[ \t]{0,200}(?:\r{0,3}\n|\r|\Z)")
GUESSED = re.compile(rb"(?:\A|(?<=[\r\n]))--([^\s-][^\r\n]{0,200}?)[ \t]*\r?\n" + HEADER_LINE)
KIND = re.compile(r"[\w!#$&^+-]+/[\w!#$&^.+-]+")


class _Policy(email.policy.EmailPolicy):
    """The modern policy, for headers that break it too."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return mended(value)


POLICY = _Policy(raise_on_defect=False)


class Part(EmailMessage):
    """A part of a mail: a message of the standard library that knows its raw bytes."""

    def __init__(self, raw: bytes, begin: int, end: int, default: str = "text/plain") -> None:
        super().__init__(POLICY)
        self._raw, self._begin, self._end = raw, begin, end
        self.set_default_type(default)
        self.kind = default  # its content type in lower case
        self.parameters: dict[str, str] = {}
        self.disposition = Value()
        self.encoding = ""
        self.problems: tuple[str, ...] = ()

    def body(self) -> bytes:
        """Return its bytes below the headers, as they were sent."""
        return self._raw[self._begin : self._end]

    def content(self) -> bytes:
        """Return what its bytes stand for."""
        return plain_bytes(self.body(), self.encoding)

    def parts(self) -> list[Part]:
        """Return the parts inside it, in order."""
        inside: Any = super().get_payload()
        return inside if isinstance(inside, list) else []

    # Where the library asks, it is answered from what was read above: its own way raises for
    # a charset with a NUL in it, and reads each header anew.

    def get_payload(self, i: int | None = None, decode: bool = False) -> Any:
        """Return its parts; else its text as it was sent, or the bytes that it stands for."""
        inside = self.parts()
        if inside:
            return None if decode else inside if i is None else inside[i]
        return self.content() if decode else decoded(self.body(), self.get_content_charset())

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


def parsed(raw: bytes) -> Part:
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
        self, raw: bytes, begin: int, end: int, *, depth: int, default: str = "text/plain"
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

    def _split(self, part: Part, raw: bytes, begin: int, end: int, depth: int) -> None:
        inner = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
        for first, last in _spans(part.parameters.get("boundary", ""), raw, begin, end):
            if self.seen >= MOST_PARTS:
                self.problems["It has too many parts."] = None
                return
            part.attach(self.part(raw, first, last, depth=depth + 1, default=inner))

    def _unseal(self, part: Part, depth: int) -> None:
        """Open what was signed as a whole (S/MIME); what was encrypted stays closed."""
        content = signed_content(part.content())
        if content:
            part.attach(self.part(content, _start(content), len(content), depth=depth + 1))

    def _open(self, part: Part, raw: bytes, begin: int, end: int, depth: int) -> None:
        """Open a mail inside a mail; one that was encoded is decoded first."""
        if part.encoding and part.encoding[:1].lower() in "bqxu":
            content = part.content()
            if HEADED.match(content, _start(content)) or not HEADED.match(raw, begin, end):
                raw, begin, end = content, 0, len(content)
        if part.kind == "message/delivery-status":
            spans = list(_blocks(raw, begin, end))[:MOST_PARTS]
        else:
            spans = [(begin + _start(raw[begin : begin + 2000]), end)]
        for first, last in spans:
            if first < last and self.seen < MOST_PARTS:
                part.attach(self.part(raw, first, last, depth=depth + 1))


def _start(raw: bytes) -> int:
    """Return where the headers of a mail begin: below blank lines, mbox's From, a log line."""
    found = ABOVE.match(raw)
    begin = found.end() if found else 0
    if not HEADED.match(raw, begin):
        below = HEADED_BELOW.match(raw, begin)
        return below.end() if below else begin
    return begin


def _headers(raw: bytes, begin: int, end: int) -> tuple[list[tuple[str, str]], int]:
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


def _head_end(raw: bytes, begin: int, end: int) -> tuple[int, int]:
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


def _spans(boundary: str, raw: bytes, begin: int, end: int) -> list[tuple[int, int]]:
    """Return where the parts of a multipart begin and end."""
    mark = b"--" + boundary.encode("utf-8", "surrogateescape").rstrip()
    spans = list(_between(mark, raw, begin, end)) if boundary else []
    if not spans and (guessed := GUESSED.search(raw, begin, end)):
        spans = list(_between(b"--" + guessed.group(1), raw, begin, end))
    return spans


def _between(mark: bytes, raw: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the spans between lines that are a boundary; the last needs no closing one."""
    at, opened = begin, -1
    while (at := raw.find(mark, at, end)) >= 0:
        line = AFTER_BOUNDARY.match(raw, at + len(mark), end)
        if not line or (at > begin and raw[at - 1] not in b"\r\n"):
            at += len(mark)
            continue
        if opened >= 0:
            yield opened, max(opened, _before(raw, at))
        opened = -1 if line.group(1) else line.end()
        at = line.end()
    if opened >= 0:
        yield opened, _closed(mark, raw, opened, end)


def _closed(mark: bytes, raw: bytes, begin: int, end: int) -> int:
    """Return where the last part ends: its closing boundary may not be on a line of its own."""
    at = raw.rfind(mark + b"--", begin, end)
    return at if at >= 0 and not raw[at + len(mark) + 2 : end].strip() else end


def _before(raw: bytes, at: int) -> int:
    """Return where a line's text ends that ends here: the line end belongs to the boundary."""
    if raw[at - 1 : at] == b"\n":
        at -= 1
        return at - 1 if raw[at - 1 : at] == b"\r" else at
    return at - 1


def _blocks(raw: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the groups of headers of a delivery report, which empty lines take apart."""
    at = begin
    for blank in BLANK.finditer(raw, begin, end):
        if raw[at : blank.start()].strip():
            yield at, blank.start()
        at = blank.end()
    if raw[at:end].strip():
        yield at, end
