"""The links of a Markdown text: where each leads, and the text with them led elsewhere.

What stands in code is no link. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
CODE = re.compile(r"(?<!`)(`+)(?!`)((?:(?!\n\s*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
TARGET = r"(?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))"
TITLE = r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?"
INLINE = re.compile(rf"\]\(\s*{TARGET}{TITLE}\s*\)")
DEFINED = re.compile(rf"^ {{0,3}}\[[^\]\n]+\]:[ \t]+{TARGET}{TITLE}[ \t]*$", re.MULTILINE)
AUTOLINK = re.compile(r"<(?P<bare>https?://[^\s<>]+)>")
HIDDEN = "\x00"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads, or which picture it shows; `start` and `end` are its target's."""

    target: str
    is_picture: bool
    start: int
    end: int


def links_in(text: str) -> list[Link]:
    """Return the links of a text, in their order."""
    plain = without_code(text)
    found = [*_inline(plain), *_of(DEFINED, plain), *_of(AUTOLINK, plain)]
    return sorted(found, key=lambda link: link.start)


def rewritten(text: str, lead: Callable[[Link], str]) -> str:
    """Return a text whose links lead where `lead` says."""
    parts, at = [], 0
    for link in links_in(text):
        target = lead(link)
        parts.append(text[at : link.start])
        parts.append(link.target if target == link.target else _spelled(text, link, target))
        at = link.end
    return "".join([*parts, text[at:]])


def without_code(text: str) -> str:
    """Return a text of the same length in which nothing is left of what stands in code."""
    lines, fence = [], ""
    for line in text.split("\n"):
        found = FENCE.match(line)
        if fence:
            lines.append(HIDDEN * len(line))
            is_end = found and found[1].startswith(fence) and not line.strip().strip(fence[0])
            fence = "" if is_end else fence
        elif found:
            fence = found[1]
            lines.append(HIDDEN * len(line))
        else:
            lines.append(line)
    return CODE.sub(lambda code: _hidden(code.group()), "\n".join(lines))


def _hidden(text: str) -> str:
    return re.sub(r"[^\n]", HIDDEN, text)


def _inline(plain: str) -> Iterator[Link]:
    for found in INLINE.finditer(plain):
        yield _link(found, is_picture=_opens_a_picture(plain, found.start()))


def _opens_a_picture(plain: str, end: int) -> bool:
    """Say whether the bracket that ends there was opened as that of a picture."""
    depth = 0
    for at in range(end, max(-1, end - 2000), -1):
        if plain[at] == "]" and plain[at - 1 : at] != "\\":
            depth += 1
        elif plain[at] == "[" and plain[at - 1 : at] != "\\":
            depth -= 1
            if not depth:
                return plain[at - 1 : at] == "!"
    return False


def _of(pattern: re.Pattern[str], plain: str) -> Iterator[Link]:
    for found in pattern.finditer(plain):
        yield _link(found, is_picture=False)


def _link(found: re.Match[str], *, is_picture: bool) -> Link:
    name = "angled" if found.groupdict().get("angled") is not None else "bare"
    return Link(found[name], is_picture, found.start(name), found.end(name))


def _spelled(text: str, link: Link, target: str) -> str:
    """Return a target as it can stand where the old one stood."""
    if text[link.start - 1 : link.start] == "<":
        return target.replace("<", "%3C").replace(">", "%3E")
    needs_brackets = re.search(r"[\s()]", target)
    return f"<{target}>" if needs_brackets else target
