"""What the judge of a set says of one line, and how texts are compared."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Line = dict[str, Any]
INVISIBLE = re.compile(
    r"<!--.*?-->|<(style|script|title|head)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
TAG = re.compile(r"<[^<>]*>")
SPACE = re.compile(r"[\s\u00a0\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a line is read right, what was expected, what was got, and which line it is."""

    ok: bool
    expected: str
    got: str
    name: str


Judge = Callable[[Line], Verdict | None]  # None: the line says nothing about this
Sets = Mapping[str, Judge]


def same(line: Line, expected: str, got: str) -> Verdict:
    """Judge two texts equal when they are, whatever their spaces and line ends."""
    return Verdict(squash(expected) == squash(got), expected, got, str(line.get("file", "")))


def squash(text: str) -> str:
    """Return a text without its blanks."""
    return SPACE.sub("", text)


def bare(markup: str) -> str:
    """Return the letters that HTML shows, without blanks."""
    return squash(html.unescape(TAG.sub("", INVISIBLE.sub("", markup))))
