"""Mails of the past in files: maildirs, mboxes, folders of mails. Read a piece at a time.

First all of them are found, each with its place and its date, which takes little memory; then
they are read one by one, the oldest first, so that what answers comes after what it answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from answerable.channels.email.core.envelope import envelope_of
from answerable.channels.email.spool import Spool

HEAD = 64 * 1024
PIECE = 256 * 1024
LONGEST_LINE = 64 * 1024
# A mail's first line in an mbox, after a blank line; a line of text that only begins so has no
# such date at its end.
FROM = re.compile(rb"From \S+\s+\w{3} \w{3} +\d{1,2} \d\d:\d\d(?::\d\d)?(?: \S+)? \d{4}")
ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
BLANK = (b"\n", b"\r\n")
MAILDIR = ("cur", "new")
HIDDEN = "."


class NoMails(Exception):
    """A place holds nothing that can be read as mails; the words say why."""


@dataclass(frozen=True, slots=True)
class Found:
    """A mail in a file: from where to where, and when it was written."""

    file: Path
    begin: int
    end: int
    at: datetime
    is_escaped: bool = False  # as mboxes have lines that begin with From

    def spool(self) -> Spool:
        """Return its bytes. Raises OSError."""
        spool = Spool()
        with self.file.open("rb") as file:
            file.seek(self.begin)
            for piece in _pieces(file, self.end - self.begin, whole_lines=self.is_escaped):
                spool.add(ESCAPED.sub(rb"\1", piece) if self.is_escaped else piece)
        return spool


def mails_in(places: Iterable[Path]) -> list[Found]:
    """Return all mails of files and folders, the oldest first. Raises NoMails, OSError."""
    found: list[Found] = []
    for place in places:
        inside = list(_in(place))
        if not inside:
            raise NoMails(f"There is no mail in {place}.")
        found += inside
    return sorted(found, key=lambda mail: (mail.at, str(mail.file), mail.begin))


def _in(place: Path) -> Iterator[Found]:
    if place.is_dir():
        for file in _files(place):
            yield from _in(file)
        return
    with place.open("rb") as begun:
        is_mbox = FROM.match(begun.readline(LONGEST_LINE)) is not None
    if is_mbox:
        yield from _in_mbox(place)
    elif size := place.stat().st_size:
        yield Found(place, 0, size, _date(place, 0, size))


def _files(folder: Path) -> Iterator[Path]:
    """Return the mails of a maildir and of the maildirs in it, or all files of a folder."""
    parts = [folder / name for name in MAILDIR if (folder / name).is_dir()]
    if parts:
        for part in parts:
            yield from (file for file in sorted(part.iterdir()) if file.is_file())
        for inner in sorted(folder.iterdir()):
            if inner.is_dir() and any((inner / name).is_dir() for name in MAILDIR):
                yield from _files(inner)
        return
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.name.startswith(HIDDEN):
            yield file


def _in_mbox(place: Path) -> Iterator[Found]:
    """Return the mails of an mbox. The blank line before the next is not part of a mail."""
    begin = -1
    with place.open("rb") as file:
        at, blank, is_line_begun = 0, 0, True
        while line := file.readline(LONGEST_LINE):
            if is_line_begun and (blank or not at) and FROM.match(line):
                if begin >= 0:
                    yield _of_mbox(place, begin, at - blank)
                begin = at + len(line)
            blank = len(line) if is_line_begun and line in BLANK else 0
            is_line_begun = line.endswith(b"\n")
            at += len(line)
    if begin >= 0:
        yield _of_mbox(place, begin, at - blank)


def _of_mbox(place: Path, begin: int, end: int) -> Found:
    return Found(place, begin, end, _date(place, begin, end), is_escaped=True)


def _date(place: Path, begin: int, end: int) -> datetime:
    """Return when a mail was written; where it does not say so, when its file was."""
    with place.open("rb") as file:
        file.seek(begin)
        written = envelope_of(file.read(min(HEAD, end - begin))).written_at
    return written or datetime.fromtimestamp(place.stat().st_mtime, UTC)


def _pieces(file: BinaryIO, length: int, *, whole_lines: bool) -> Iterator[bytes]:
    while length > 0:
        size = min(PIECE, length)
        piece = b"".join(file.readlines(size)) if whole_lines else file.read(size)
        if not piece:
            return
        yield piece[:length]
        length -= len(piece)
