"""HTML as tags and texts, in one pass whose time grows with its length alone. Pure.

It reads what mails hold: tags that never end, quotation marks that never close, comments of
Word. What cannot be read as a tag is text; nothing is mended.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

NAME = re.compile(r"[A-Za-z][^\s/>]{0,40}")
STOP = re.compile(r"[\"'>]")
ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# What stands in these is no markup; a browser shows none of it.
RAW = {"script", "style", "title", "xmp", "textarea", "iframe", "noembed", "noframes"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its name in lower case, whether it ends something, its attributes raw."""

    name: str
    ends: bool = False
    source: str = ""

    def get(self, name: str) -> str:
        """Return an attribute's value, its first when there are several; empty without one."""
        for found in ATTRIBUTE.finditer(self.source):
            if found.group(1).lower() == name:
                return html.unescape(found.group(2) or found.group(3) or found.group(4) or "")
        return ""


def tokens(source: str) -> Iterator[Tag | str]:
    """Give the tags and texts of HTML in order; texts with their entities read."""
    return _Scanner(source).tokens()


class _Scanner:
    def __init__(self, source: str) -> None:
        self.source = source
        self.missing: set[str] = set()  # what does not come again up to the end

    def tokens(self) -> Iterator[Tag | str]:
        source, at, shown = self.source, 0, 0
        while (at := source.find("<", at)) >= 0:
            after = self._after_tag(at)
            if after is None:
                at += 1
                continue
            tag, end = after
            if at > shown:
                yield html.unescape(source[shown:at])
            if tag:
                yield tag
            at = shown = end
        if shown < len(source):
            yield html.unescape(source[shown:])

    def _after_tag(self, at: int) -> tuple[Tag | None, int] | None:
        """Return the tag that begins here and where it ends; None when none begins."""
        source = self.source
        if source.startswith("<!--", at):
            return None, self._past("-->", at + 4)
        if source[at + 1 : at + 2] in {"!", "?"}:
            return None, self._past(">", at + 2)
        ends = source.startswith("/", at + 1)
        name = NAME.match(source, at + 1 + ends)
        if not name:
            return None
        end = self._tag_end(name.end())
        tag = Tag(name.group().lower(), ends, source[name.end() : end])
        if tag.name in RAW and not ends:
            return None, self._past_raw(tag.name, end)
        return tag, end

    def _past(self, mark: str, at: int) -> int:
        """Return where the next mark ends; behind the next > when it never comes."""
        for each in (mark, ">"):
            end = self._find(each, at)
            if end >= 0:
                return end + len(each)
        return len(self.source)

    def _past_raw(self, name: str, at: int) -> int:
        if name in self.missing:
            return at
        found = re.compile(f"</{name}[^>]*>?", re.IGNORECASE).search(self.source, at)
        if not found:
            self.missing.add(name)
        return found.end() if found else at

    def _tag_end(self, at: int) -> int:
        """Return where a tag ends: at the first > that stands in no quoted value."""
        source = self.source
        while found := STOP.search(source, at):
            at = found.end()
            if found.group() == ">":
                return at
            if source[found.start() - 1] in "= \n\t":
                close = self._find(found.group(), at)
                at = close + 1 if close >= 0 else at
        return len(source)

    def _find(self, mark: str, at: int) -> int:
        if mark in self.missing:
            return -1
        found = self.source.find(mark, at)
        if found < 0:
            self.missing.add(mark)
        return found
