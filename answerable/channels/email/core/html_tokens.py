"""HTML as tags and texts, in one pass. Pure.

The standard library's parser looks again and again at what is not closed, so that a mail of
30 kB can keep it busy for seconds. This one never goes back, and drops nothing that shows.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

OPEN, CLOSE, TEXT = "open", "close", "text"
VOID = frozenset(
    {
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img",
        "input", "link", "meta", "param", "source", "track", "wbr",
    }
)  # fmt: skip
RAW = frozenset(
    {"script", "style", "title", "textarea", "xmp", "noembed", "noframes", "iframe"}
)
NAME = re.compile(r"[a-zA-Z][^\s/>]{0,60}")
ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=]{1,100}|=)(\s*=\s*)?")
BARE = re.compile(r"[^\s>]*")


@dataclass(slots=True)
class Token:
    """A tag or a text. Names are in small letters; texts and values have no entities."""

    kind: str
    name: str = ""
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)

    def html(self) -> str:
        """Return the token as HTML."""
        if self.kind == TEXT:
            return escape(self.text, quote=False)
        if self.kind == CLOSE:
            return f"</{self.name}>"
        values = "".join(f' {n}="{escape(v)}"' for n, v in self.attributes.items())
        return f"<{self.name}{values}>"


def unescape(text: str) -> str:
    """Return a text with its entities read; one with a number without end as it is."""
    try:
        return entities.unescape(text) if "&" in text else text
    except ValueError:
        return text


def tokens_of(html: str) -> list[Token]:
    """Return the tags and texts of HTML in their order; a text in <pre> is one token a line."""
    return list(_Reader(html).tokens())


class _Reader:
    """Reads on from a position; knows what does not come any more, to look for it once."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0
        self.kept = 0  # inside <pre>
        self.last = html.rfind(">")
        self.missing: set[str] = set()

    def tokens(self) -> Iterator[Token]:
        begun = 0  # Where the text begins that was not given yet.
        while (at := self.html.find("<", self.at)) >= 0 and at < self.last:
            self.at = at + 1
            token = self._tag(at)
            if token is None and self.at == at + 1:
                continue
            yield from self._text(begun, at)
            if token is not None:
                self.kept += (token.name == "pre") * (1 if token.kind == OPEN else -1)
                yield token
            begun = self.at
        yield from self._text(begun, len(self.html))

    def _text(self, start: int, end: int) -> Iterator[Token]:
        text = unescape(self.html[start:end])
        if self.kept > 0 and "\n" in text:
            yield from (Token(TEXT, text=line) for line in text.splitlines(keepends=True))
        elif text:
            yield Token(TEXT, text=text)

    def _tag(self, at: int) -> Token | None:
        """Read what begins at a “<” and go behind it; a lone “<” is left in its text."""
        html = self.html
        if html.startswith("<!--", at):
            self._skip("-->", at + 2)
        elif html.startswith(("<!", "<?"), at):
            self._skip(">", at + 2)
        elif html.startswith("</", at) and (found := NAME.match(html, at + 2)):
            end = html.find(">", found.end())
            self.at = end + 1
            return Token(CLOSE, found.group().lower())
        elif found := NAME.match(html, at + 1):
            return self._open(found)
        return None

    def _skip(self, what: str, start: int) -> None:
        end = -1 if what in self.missing else self.html.find(what, start)
        if end < 0:
            self.missing.add(what)
        else:
            self.at = end + len(what)

    def _open(self, found: re.Match[str]) -> Token:
        token = Token(OPEN, found.group().lower())
        self.at = found.end()
        while self.at < self.last and (part := ATTRIBUTE.match(self.html, self.at)):
            self.at = part.end()
            value = self._value() if part.group(2) else ""
            token.attributes.setdefault(part.group(1).lower(), unescape(value))
        self.at = self.html.find(">", self.at) + 1
        if token.name in RAW:
            self._skip_raw(token.name)
        return token

    def _value(self) -> str:
        quote = self.html[self.at]
        if quote in "\"'" and quote not in self.missing:
            start = self.at + 1
            end = self.html.find(quote, start)
            if 0 <= end < self.last:
                self.at = end + 1
                return self.html[start:end]
            self.missing.add(quote)
        found = BARE.match(self.html, self.at)
        self.at = found.end() if found else self.at
        return found.group().strip("\"'") if found else ""

    def _skip_raw(self, name: str) -> None:
        """Go behind the end of a script or a style; one without an end is read as text."""
        if name in self.missing:
            return
        found = re.compile(f"</{name}", re.IGNORECASE).search(self.html, self.at)
        if found:
            self.at = found.start()
        else:
            self.missing.add(name)


def ends_of(tokens: list[Token]) -> dict[int, int]:
    """Return for each element the index of its end; of what nobody closes, the last."""
    ends: dict[int, int] = {}
    open_by_name: dict[str, int] = {}
    stack: list[int] = []
    for n, token in enumerate(tokens):
        if token.kind == OPEN and token.name not in VOID:
            stack.append(n)
            open_by_name[token.name] = open_by_name.get(token.name, 0) + 1
        elif token.kind == CLOSE and open_by_name.get(token.name, 0):
            while True:
                begun = stack.pop()
                name = tokens[begun].name
                open_by_name[name] -= 1
                ends[begun] = n if name == token.name else n - 1
                if name == token.name:
                    break
    return ends | dict.fromkeys(stack, len(tokens) - 1)
