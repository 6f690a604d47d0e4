"""Text as people send it, made fit to keep."""

from __future__ import annotations

import re

# PostgreSQL cannot keep a NUL, and control characters other than tab and newline say nothing.
UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """Return a text without characters that cannot be kept, with plain line ends."""
    return UNKEPT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def first_line(text: str) -> str:
    """Return the first line that says something, in single spaces."""
    for line in text.splitlines():
        words = " ".join(line.split())
        if words:
            return words
    return ""
