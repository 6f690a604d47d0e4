"""Where the parts of a mail begin and end in its raw bytes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answerable.channels.email.core.mapped import Buffer, find

LONGEST_BLANK = 64 * 1024
HEADER_LINE = rb"[!-9;-~]{1,200}[ \t]*:"
BLANK = re.compile(rb"\r?\n\r{0,3}\n|\r\r(?!\n)")
SAYS = re.compile(rb"\S")
AFTER_BOUNDARY = re.compile(rb"(--)?[ \t]{0,200}(?:\r{0,3}\n|\r|\Z)")
GUESSED = re.compile(rb"(?:\A|(?<=[\r\n]))--([^\s-][^\r\n]{0,200}?)[ \t]*\r?\n" + HEADER_LINE)


def spans(boundary: str, raw: Buffer, begin: int, end: int) -> list[tuple[int, int]]:
    """Return where the parts of a multipart begin and end."""
    mark = b"--" + boundary.encode("utf-8", "surrogateescape").rstrip()
    found = list(_between(mark, raw, begin, end)) if boundary else []
    if not found and (guessed := GUESSED.search(raw, begin, end)):
        found = list(_between(b"--" + guessed.group(1), raw, begin, end))
    return found


def _between(mark: bytes, raw: Buffer, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the spans between lines that are a boundary; the last needs no closing one."""
    at, opened = begin, -1
    while (at := find(raw, mark, at, end)) >= 0:
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


def _closed(mark: bytes, raw: Buffer, begin: int, end: int) -> int:
    """Return where the last part ends: its closing boundary may not be on a line of its own."""
    last = raw[max(begin, end - LONGEST_BLANK) : end]
    told = last.rstrip()
    if told.endswith(mark + b"--"):
        return end - len(last) + len(told) - len(mark) - 2
    return end


def _before(raw: Buffer, at: int) -> int:
    """Return where a line's text ends that ends here: the line end belongs to the boundary."""
    if raw[at - 1 : at] == b"\n":
        at -= 1
        return at - 1 if raw[at - 1 : at] == b"\r" else at
    return at - 1


def blocks(raw: Buffer, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the groups of headers of a delivery report, which empty lines take apart."""
    at = begin
    for blank in BLANK.finditer(raw, begin, end):
        if SAYS.search(raw, at, blank.start()):
            yield at, blank.start()
        at = blank.end()
    if SAYS.search(raw, at, end):
        yield at, end
