"""The lines of text that HTML shows, each with the tokens it is made of. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from answerable.channels.email.core.html_tokens import OPEN, TEXT, Token

HIDDEN = {
    "script", "style", "head", "title", "noscript", "template", "object", "svg", "select",
    "iframe", "noframes", "noembed",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "body", "center", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tr", "ul",
}  # fmt: skip
SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "dl"}
SPACES = re.compile(r"[ \t\r\n\f\v]+")
INDENTED = re.compile(
    r"margin\s*:\s*0\S*\s+0\S*\s+0\S*\s+40px.{0,80}border\s*:\s*none", re.DOTALL
)
LINKS = ("http://", "https://", "mailto:")
SMALLEST_PICTURE = 3


@dataclass(slots=True)
class Shown:
    """A line: its text, how deeply it is quoted, and the indexes of what it consists of."""

    text: str
    depth: int
    leaves: list[int] = field(default_factory=list)
    picture: bool = False


def shown_lines(tokens: Sequence[Token]) -> list[Shown]:
    """Return the lines that tokens show; links stand beside their words."""
    writer = _Writer()
    for n, token in enumerate(tokens):
        if token.kind == TEXT:
            writer.text(n, token.text)
        elif token.kind == OPEN:
            writer.open(n, token)
        else:
            writer.close(token.name)
    writer.end_line()
    return writer.lines


def is_indented(token: Token) -> bool:
    """Say whether a <blockquote> is how an author moved a paragraph, and quotes nobody."""
    return bool(INDENTED.search(token.attributes.get("style", "")[:400].lower()))


class _Writer:
    """Collects lines; each knows how deeply it is quoted."""

    def __init__(self) -> None:
        self.lines: list[Shown] = []
        self.words: list[str] = []
        self.leaves: list[int] = []
        self.picture = False
        self.hidden = 0
        self.quotes: list[bool] = []
        self.depth = 0
        self.kept = 0  # inside pre, where spaces count
        self.said = False  # whether the line has words yet
        self.link: tuple[str, int] | None = None

    def open(self, n: int, token: Token) -> None:
        tag = token.name
        if tag in HIDDEN or tag == "body":
            self.hidden = self.hidden + 1 if tag in HIDDEN else 0
        elif tag in {"br", "img", "hr"}:
            self._leaf(n, token)
        elif tag == "blockquote":
            self._block(spaced=True)
            self.quotes.append(not is_indented(token))
            self.depth += self.quotes[-1]
        elif tag in BLOCKS:
            self._block(spaced=tag in SPACED)
            if tag == "li":
                self.words.append("- ")
                self.said = True
            self.kept += tag == "pre"
        elif tag in {"td", "th"} and self.said:
            self.words.append(" ")
        elif tag == "a":
            self.link = (token.attributes.get("href", ""), len(self.words))

    def _leaf(self, n: int, token: Token) -> None:
        if token.name == "hr":
            self._block(spaced=False)
            self.words.append("_" * 32)
            self.said = True
        self.leaves.append(n)
        self.picture = self.picture or (token.name == "img" and _is_seen(token))
        if token.name != "img":
            self.end_line()

    def close(self, tag: str) -> None:
        if tag in HIDDEN:
            self.hidden = max(self.hidden - 1, 0)
        elif tag == "blockquote":
            self._block(spaced=False)
            self.depth -= self.quotes.pop() if self.quotes else 0
            self._block(spaced=True)
        elif tag in BLOCKS:
            self._block(spaced=tag in SPACED)
            self.kept = max(self.kept - 1, 0) if tag == "pre" else self.kept
        elif tag == "a" and self.link:
            self._end_link(*self.link)
            self.link = None

    def text(self, n: int, text: str) -> None:
        if self.hidden:
            return
        self.leaves.append(n)
        self.said = self.said or not text.isspace()
        if not self.kept:
            self.words.append(SPACES.sub(" ", text))
        else:
            self.words.append(text.rstrip("\r\n"))
            if text.endswith(("\n", "\r")):
                self.end_line()

    def _end_link(self, href: str, began: int) -> None:
        target = href.strip()
        if self.hidden or not target.lower().startswith(LINKS):
            return
        shown = "".join(self.words[began:]).strip()
        if target.removeprefix("mailto:").rstrip("/") not in shown:
            self.words.append(f" <{target}>" if shown else f"<{target}>")
            self.said = True

    def _block(self, *, spaced: bool) -> None:
        if self.said or self.picture:
            self.end_line()
        self.words.clear()
        self.leaves.clear()
        if spaced and self.lines and self.lines[-1].text:
            self.lines.append(Shown("", self.depth))

    def end_line(self) -> None:
        words = "".join(self.words)
        text = words.rstrip() if self.kept else words.strip()
        if text or self.leaves:
            self.lines.append(Shown(text, self.depth, list(self.leaves), self.picture))
        self.words.clear()
        self.leaves.clear()
        self.picture, self.said = False, False
        self.link = (self.link[0], 0) if self.link else None


def _is_seen(token: Token) -> bool:
    """Say whether a picture is one to look at, and no counter of readers."""
    sizes = (token.attributes.get(name, "").strip("px \"'") for name in ("width", "height"))
    small = any(size.isdigit() and int(size) < SMALLEST_PICTURE for size in sizes)
    return not small and "display:none" not in token.attributes.get("style", "").replace(
        " ", ""
    )
