"""Where in a TOML text each of its names stands: its parser does not tell. Pure."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from contextlib import suppress

from answerable.entitlements.core.wrong import Path

BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
BARE = re.compile(r"[A-Za-z0-9_-]+")
PLAIN = re.compile(r"[^,\]}#\n]+")
STRING = re.compile(
    r'"""(?:\\.|(?!""").)*"{3,5}'
    r"|'''(?:(?!''').)*'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)


def lines_of(text: str) -> dict[Path, int]:
    """Return the line of each name and list entry of a TOML text, counted from 1.

    Of a text that is no TOML, those up to where it stops being TOML.
    """
    scanner = _Scanner(text)
    with suppress(_NoToml):
        scanner.scan()
    return scanner.lines


def line_of(lines: Mapping[Path, int], path: Path) -> int | None:
    """Return the line of a place; of one that is missing, the line of what it is missing from.

    None when that is the whole text.
    """
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def spans_of(text: str) -> dict[Path, tuple[int, int]]:
    """Return from where to where in a TOML text each value is written, by what it is called.

    Of a text that is no TOML, those up to where it stops being TOML.
    """
    scanner = _Scanner(text)
    with suppress(_NoToml):
        scanner.scan()
    return scanner.spans


class _NoToml(Exception):
    """The text goes on as no TOML does."""


def _unquoted(key: str) -> str:
    try:
        return str(tomllib.loads(f"key = {key}")["key"])
    except tomllib.TOMLDecodeError:
        raise _NoToml from None


class _Scanner:
    """Reads a text from its beginning, and notes where each name stands."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self.spans: dict[Path, tuple[int, int]] = {}
        self._text = text
        self._at = 0
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self._entries: dict[Path, int] = {}  # how many entries each list of tables has so far

    def scan(self) -> None:
        table: Path = ()
        self._skip()
        while self._at < len(self._text):
            if self._next("["):
                table = self._header()
            else:
                self._pair(table)
            self._skip()

    def _header(self) -> Path:
        line, is_list = self._line(), self._next("[")
        keys = self._keys()
        path: Path = ()
        for number, key in enumerate(keys, 1):
            path += (key,)
            if is_list and number == len(keys):
                self._entries[path] = self._entries.get(path, 0) + 1
            self.lines.setdefault(path, line)
            if path in self._entries:
                path += (self._entries[path] - 1,)
        self.lines.setdefault(path, line)
        self._need("]]" if is_list else "]")
        return path

    def _pair(self, table: Path) -> None:
        line = self._line()
        for key in self._keys():
            table += (key,)
            self.lines.setdefault(table, line)
        self._need("=")
        self._skip()
        self._value(table)

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while not keys or self._next("."):
            self._skip()
            keys.append(self._key())
            self._skip()
        return keys

    def _key(self) -> str:
        quoted = self._take(STRING)
        if quoted:
            return _unquoted(quoted)
        bare = self._take(BARE)
        if not bare:
            raise _NoToml
        return bare

    def _value(self, path: Path) -> None:
        begin = self._at
        self._written(path)
        blanks = len(self._text[begin : self._at]) - len(self._text[begin : self._at].rstrip())
        self.spans[path] = (begin, self._at - blanks)

    def _written(self, path: Path) -> None:
        if self._next("["):
            self._list(path)
        elif self._next("{"):
            self._inline(path)
        elif not (self._take(STRING) or self._take(PLAIN)):
            raise _NoToml

    def _list(self, path: Path) -> None:
        number = 0
        self._skip()
        while not self._next("]"):
            entry = (*path, number)
            self.lines[entry] = self._line()
            self._value(entry)
            number += 1
            self._comma("]")

    def _inline(self, path: Path) -> None:
        self._skip()
        while not self._next("}"):
            self._pair(path)
            self._comma("}")

    def _comma(self, closing: str) -> None:
        self._skip()
        if not self._next(",") and not self._text.startswith(closing, self._at):
            raise _NoToml
        self._skip()

    def _skip(self) -> None:
        self._take(BLANK)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if not found:
            return ""
        self._at = found.end()
        return found.group()

    def _next(self, mark: str) -> bool:
        if not self._text.startswith(mark, self._at):
            return False
        self._at += len(mark)
        return True

    def _need(self, mark: str) -> None:
        if not self._next(mark):
            raise _NoToml

    def _line(self) -> int:
        return bisect_left(self._ends, self._at) + 1
