"""Changes a value in the text of a plan, and leaves all else as somebody wrote it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.findings import PlanRefused
from answerable.entitlements.core.lines import spans_of
from answerable.entitlements.core.writing import text_value
from answerable.entitlements.core.wrong import Path


def with_value(text: str, path: Path, words: str) -> str:
    """Return the text with other words at a place; comments, order and all else stay.

    Raises KeyError where the text has no such place.
    """
    begin, end = spans_of(text)[path]
    return text[:begin] + text_value(words) + text[end:]


def with_list(text: str, path: Path, entries: Sequence[str]) -> str:
    """Return the text with a list of texts at a place of a table, where it may be missing.

    Raises KeyError where the text has no such table, or none that a line can be put into.
    """
    value = f"[{', '.join(map(text_value, entries))}]"
    spans, table = spans_of(text), path[:-1]
    if path in spans:
        begin, end = spans[path]
        return text[:begin] + value + text[end:]
    ends = [end for one, (_begin, end) in spans.items() if one[:-1] == table]
    if not ends:
        raise KeyError(path)
    return _put_in(text, path, value, max(ends), is_inline=table in spans)


def _put_in(text: str, path: Path, value: str, end: int, *, is_inline: bool) -> str:
    """Put a pair behind the last of its table, and see that it is where it was meant to be."""
    pair = f"{path[-1]} = {value}"
    if is_inline:
        written = f"{text[:end]}, {pair}{text[end:]}"
    else:
        line = text.find("\n", end) if "\n" in text[end:] else len(text)
        written = f"{text[:line]}\n{pair}{text[line:]}"
    if path not in spans_of(written) or not _is_document(written):
        raise KeyError(path)
    return written


def _is_document(text: str) -> bool:
    try:
        read_document(text)
    except PlanRefused:
        return False
    return True
