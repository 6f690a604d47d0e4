"""HTML to the text that it shows. Pure.

Tags are dropped, links are kept beside their words, and quotations get a “> ” before each line.
The result is text: it is escaped like any other where it is shown.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

HIDDEN = {"script", "style", "head", "title", "noscript", "template", "object", "svg", "select"}
BLOCKS = {
    "address", "article", "aside", "body", "center", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tr", "ul",
}  # fmt: skip
SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "dl"}
TAG = re.compile(r"<[^<>]*>")
SPACES = re.compile(r"[ \t\r\n\f\v]+")


def text_of(html: str) -> str:
    """Return the text that an HTML body shows, with links and marked quotations."""
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:  # The library stops at some broken declarations.
        return TAG.sub(" ", html)
    return reader.text()


class _Reader(HTMLParser):
    """Collects lines; each line knows how deeply it is quoted."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str]] = []
        self.line: list[str] = []
        self.hidden = 0
        self.quoted = 0
        self.kept = 0  # inside pre, where spaces count
        self.links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self.hidden += 1
        elif tag == "body":
            self.hidden = 0
        elif tag == "br":
            self._end_line()
        elif tag == "blockquote":
            self._block(spaced=True)
            self.quoted += 1
        elif tag in BLOCKS:
            self._block(spaced=tag in SPACED)
            self._begin(tag)
        elif tag in {"td", "th"} and self._says():
            self.line.append(" ")
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", len(self.line)))

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self.hidden = max(self.hidden - 1, 0)
        elif tag == "blockquote":
            self._block(spaced=False)
            self.quoted = max(self.quoted - 1, 0)
            self._block(spaced=True)
        elif tag in BLOCKS:
            self._block(spaced=tag in SPACED)
            self.kept = max(self.kept - 1, 0) if tag == "pre" else self.kept
        elif tag == "a" and self.links:
            self._end_link(*self.links.pop())

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        if not self.kept:
            self.line.append(SPACES.sub(" ", data))
            return
        first, *rest = data.splitlines() or [""]
        self.line.append(first)
        for more in rest:
            self._end_line()
            self.line.append(more)

    def text(self) -> str:
        """Return all lines, with at most one empty line between two."""
        self._end_line()
        out: list[str] = []
        for depth, words in self.lines:
            shown = "> " * depth + words if words or depth else ""
            if words or (out and out[-1].strip("> ")):
                out.append(shown.rstrip())
        return "\n".join(out).strip("\n")

    def _begin(self, tag: str) -> None:
        if tag == "li":
            self.line.append("- ")
        elif tag == "hr":
            self.line.append("_" * 32)
            self._end_line()
        elif tag == "pre":
            self.kept += 1

    def _end_link(self, href: str, began: int) -> None:
        shown = "".join(self.line[began:]).strip()
        target = href.strip()
        if not target.lower().startswith(("http://", "https://", "mailto:")):
            return
        if target.removeprefix("mailto:").rstrip("/") not in shown and not self.hidden:
            self.line.append(f" <{target}>" if shown else f"<{target}>")

    def _says(self) -> bool:
        return bool("".join(self.line).strip())

    def _block(self, *, spaced: bool) -> None:
        if self._says():
            self._end_line()
        self.line.clear()
        if spaced and self.lines and self.lines[-1][1]:
            self.lines.append((self.quoted, ""))

    def _end_line(self) -> None:
        words = "".join(self.line)
        self.lines.append((self.quoted, words.rstrip() if self.kept else words.strip()))
        self.line.clear()
        self.links = [(href, 0) for href, _ in self.links]
