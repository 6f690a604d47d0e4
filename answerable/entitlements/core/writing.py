"""Writes a document as TOML, for versions whose text nobody wrote. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from answerable.entitlements.core.wrong import Path

BARE = re.compile(r"[A-Za-z0-9_-]+")
# JSON's texts are TOML's, but for a character that it may leave as it is.
DELETE = "\x7f"


def to_toml(document: Mapping[str, Any]) -> str:
    """Return a text that `read_document` reads as this document."""
    return "\n".join(_table(document, ())).strip("\n") + "\n"


def _table(table: Mapping[str, Any], path: Path) -> Iterator[str]:
    """Yield the lines of a table: what is plain first, for it belongs to the header above."""
    for key, value in table.items():
        if not _is_table(value) and not _is_tables(value):
            yield f"{_key(key)} = {_value(value)}"
    for key, value in table.items():
        here = (*path, key)
        name = ".".join(_key(str(part)) for part in here)
        if _is_table(value):
            yield from ("", f"[{name}]", *_table(value, here))
        elif _is_tables(value):
            for row in value:
                yield from ("", f"[[{name}]]", *_table(row, here))


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_tables(value: object) -> bool:
    return isinstance(value, Sequence) and bool(value) and all(map(_is_table, value))


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        pairs = (f"{_key(key)} = {_value(inner)}" for key, inner in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str):
        return text_value(value)
    if isinstance(value, float) and value == int(value):
        return f"{value:.1f}"
    return json.dumps(value)


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else text_value(key)


def text_value(words: str) -> str:
    """Return words as a text of TOML, in quotation marks."""
    return json.dumps(words, ensure_ascii=False).replace(DELETE, "\\u007f")
