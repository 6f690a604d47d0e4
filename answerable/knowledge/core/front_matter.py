"""What stands above a Markdown text, between two lines of --- or +++. Pure.

TOML is read as TOML. Of YAML as much is read as people write there: `name: words`, with quotes
or without, lists as [a, b] or as lines that begin with a hyphen, and comments.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

Value = str | list[str]
YAML_FENCE, TOML_FENCE = "---", "+++"
LINE = re.compile(r"([A-Za-z_][\w -]*?)\s*:(?:\s+(.*))?$")
ITEM = re.compile(r"\s*-\s+(.+)$")
COMMENT = re.compile(r"\s+#.*$")
LIST = re.compile(r"\[(.*)\]\s*(?:#.*)?$")
QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'"
CELL = re.compile(rf"\s*(?:{QUOTED}|[^,]+)")
ALONE = re.compile(rf"({QUOTED})\s*(?:#.*)?$")
# What would be read as something else, were it not quoted.
NEEDS_QUOTES = re.compile(r"^[\s\[\]{}'\"#&*!|>%@`,?-]|[:#]\s|:$|\s$|\s#|^$|[\n\t\"\\]")


class Unread(Exception):
    """What stands above a text cannot be read; the words say which line."""


def split(text: str) -> tuple[dict[str, Value], str]:
    """Return what stands above a text, and the text. Raises Unread.

    The names are in small letters, with _ for hyphens and spaces.
    """
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n")
    fence = text[:3]
    if fence not in (YAML_FENCE, TOML_FENCE) or text[3:4] != "\n":
        return {}, text
    head, found, body = text[4:].partition(f"\n{fence}\n")
    if not found:
        if text[4:].startswith(f"{fence}\n"):
            return {}, text[8:].lstrip("\n")
        if not text.endswith(f"\n{fence}"):
            return {}, text
        head, body = text[4:-4], ""
    fields = _toml(head) if fence == TOML_FENCE else _yaml(head)
    return fields, body.lstrip("\n")


def written(fields: Mapping[str, str | Sequence[str]], body: str) -> str:
    """Return a text with what is to stand above it; what is empty is left out."""
    lines = [f"{name}: {_written(value)}" for name, value in fields.items() if value]
    return "\n".join([YAML_FENCE, *lines, YAML_FENCE, "", body.strip("\n"), ""])


def words(value: Value | None) -> str:
    """Return a value as words: a list as its items with commas."""
    if value is None:
        return ""
    return value if isinstance(value, str) else ", ".join(value)


def items(value: Value | None) -> tuple[str, ...]:
    """Return a value as a list: words with commas in them are several."""
    found = value.split(",") if isinstance(value, str) else value or []
    return tuple(item.strip() for item in found if item.strip())


def _toml(head: str) -> dict[str, Value]:
    try:
        document = tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        raise Unread(f"What stands above the text is no TOML: {error}.") from error
    return {_name(name): _plain(value) for name, value in document.items()}


def _plain(value: object) -> Value:
    if isinstance(value, list):
        return [str(item) for item in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _yaml(head: str) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    name = ""
    for number, line in enumerate(head.split("\n"), start=2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if name and (item := ITEM.match(line)):
            _add(fields, name, _scalar(item[1]))
            continue
        if (found := LINE.match(line)) is None:
            raise Unread(
                f"Line {number} above the text is neither a name with a colon nor a list."
            )
        name = _name(found[1])
        fields[name] = _value(found[2] or "")
    return fields


def _add(fields: dict[str, Value], name: str, item: str) -> None:
    before = fields[name]
    if isinstance(before, list):
        before.append(item)
    else:
        fields[name] = [before, item] if before else [item]


def _value(said: str) -> Value:
    bare = said.strip()
    if quoted := ALONE.match(bare):
        return _scalar(quoted[1])
    if found := LIST.match(bare):
        return [item for item in map(_cell, CELL.finditer(found[1])) if item]
    return _scalar(COMMENT.sub("", f" {bare}"))


def _cell(found: re.Match[str]) -> str:
    return _scalar(found.group())


def _scalar(said: str) -> str:
    said = said.strip()
    if len(said) > 1 and said[0] == said[-1] == '"':
        try:
            return str(json.loads(said))
        except ValueError:
            return said[1:-1]
    if len(said) > 1 and said[0] == said[-1] == "'":
        return said[1:-1].replace("''", "'")
    return said


def _written(value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return _quoted(value)
    return "[" + ", ".join(_quoted(item, in_list=True) for item in value) + "]"


def _quoted(said: str, *, in_list: bool = False) -> str:
    needs = NEEDS_QUOTES.search(said) or (in_list and re.search(r"[,\[\]'\"]", said))
    return json.dumps(said, ensure_ascii=False) if needs else said


def _name(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())
