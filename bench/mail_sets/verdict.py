"""What the judge of a set says of one line, and how texts are compared."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

Line = dict[str, Any]
INVISIBLE = re.compile(
    r"<!--.*?-->|<(style|script|title|head)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
TAG = re.compile(r"<[^<>]*>")
SPACE = re.compile(r"[\s\u00a0\u200b\ufeff]+")


class Verdict(NamedTuple):
    """Whether a line is read right, what was expected, what was got.

    The name is the line's file, where it has one; a word before it says what was looked at.
    """

    ok: bool
    expected: str
    got: str
    name: str


# None: the line says nothing about this.
Judge = Callable[[Line], "Verdict | Sequence[Verdict] | None"]
Sets = Mapping[str, Judge]


def several(said: Verdict | Sequence[Verdict] | None) -> Sequence[Verdict]:
    """Return what a judge said as verdicts, however many."""
    if said is None:
        return ()
    return (said,) if isinstance(said, Verdict) else said


def named(verdict: Verdict, number: int) -> tuple[str, str]:
    """Return what a verdict looks at, and the name of its line."""
    what, blank, name = verdict.name.rpartition(" ")
    return (what if blank else ""), name or f"line {number}"


def same(line: Line, expected: str, got: str) -> Verdict:
    """Judge two texts equal when they are, whatever their spaces and line ends."""
    return Verdict(squash(expected) == squash(got), expected, got, str(line.get("file", "")))


def squash(text: str) -> str:
    """Return a text without its blanks."""
    return SPACE.sub("", text)


def bare(markup: str) -> str:
    """Return the letters that HTML shows, without blanks."""
    return squash(html.unescape(TAG.sub("", INVISIBLE.sub("", markup))))
