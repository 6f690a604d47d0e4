"""Changes a value in the text of a plan, and leaves all else as somebody wrote it. Pure."""

from __future__ import annotations

from answerable.entitlements.core.lines import spans_of
from answerable.entitlements.core.writing import text_value
from answerable.entitlements.core.wrong import Path


def with_value(text: str, path: Path, words: str) -> str:
    """Return the text with other words at a place; comments, order and all else stay.

    Raises KeyError where the text has no such place.
    """
    begin, end = spans_of(text)[path]
    return text[:begin] + text_value(words) + text[end:]
