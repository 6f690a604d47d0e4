"""HTML to the text that it shows. Pure.

Tags are dropped, links are kept beside their words, quotations get a “> ” before each line, and
what is hidden stays hidden. The result is text: it is escaped like any other where it is shown.
"""

from __future__ import annotations

import re

from answerable.channels.email.core.markup import Tag, tokens

HIDDEN = {"head", "noscript", "template", "object", "svg", "select", "math"}
BLOCKS = {
    "address", "article", "aside", "body", "center", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tr", "ul", "caption",
}  # fmt: skip
SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "dl"}
VOID = {"br", "img", "hr", "input", "meta", "link", "col", "wbr", "area", "base"}
SPACES = re.compile(r"[ \t\r\n\f\v]+")
HIDES = re.compile(r"(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.IGNORECASE)
MOST_QUOTED = 20
MOST_LISTS = 20


def text_of(html: str) -> str:
    """Return the text that an HTML body shows, with links and marked quotations."""
    return _text(html, hides=True) or _text(html, hides=False)


def _text(html: str, *, hides: bool) -> str:
    reader = _Reader(hides=hides)
    for token in tokens(html):
        if isinstance(token, str):
            reader.take_text(token)
        else:
            reader.take_tag(token)
    return reader.text()


class _Reader:
    """Collects lines; each line knows how deeply it is quoted."""

    def __init__(self, *, hides: bool) -> None:
        self.hides = hides
        self.lines: list[tuple[int, str]] = []
        self.line: list[str] = []
        self.says = False  # whether the line has words so far
        self.hidden, self.hidden_depth = "", 0
        self.quoted = 0
        self.kept = 0  # inside pre, where spaces count
        self.lists: list[int] = []  # the number of the last point, -1 without numbers
        self.point = ""  # what stands before the next words of a list
        self.link = ""
        self.link_began = 0
        self.alt = ""

    def take_tag(self, tag: Tag) -> None:
        """Take a tag's part in the layout."""
        if self.hidden:
            self._in_hidden(tag)
        elif tag.ends:
            self._end(tag.name)
        elif tag.name in HIDDEN or (self.hides and _is_hidden(tag)):
            if tag.name not in VOID:
                self.hidden, self.hidden_depth = tag.name, 1
        else:
            self._begin(tag)

    def take_text(self, text: str) -> None:
        """Take what stands between two tags."""
        if self.hidden:
            return
        if not self.kept:
            text = SPACES.sub(" ", text)
            self.says = self.says or not text.isspace()
            self.line.append(text)
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self.line.append(first)
        for more in rest:
            self._end_line()
            self.line.append(more)
        self.says = True

    def text(self) -> str:
        """Return all lines, with at most one empty line between two."""
        self._end_line()
        out: list[str] = []
        for depth, words in self.lines:
            shown = "> " * depth + words if words or depth else ""
            if words or (out and out[-1].strip("> ")):
                out.append(shown.rstrip())
        return "\n".join(out).strip("\n")

    def _in_hidden(self, tag: Tag) -> None:
        if tag.name == self.hidden:
            self.hidden_depth += -1 if tag.ends else 1
        if self.hidden_depth == 0 or (tag.name == "body" and self.hidden == "head"):
            self.hidden = ""

    def _begin(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self._end_line()
        elif name == "blockquote":
            self._block(spaced=True)
            self.quoted += 1
        elif name in BLOCKS:
            self._block(spaced=name in SPACED and not (name in {"ol", "ul"} and self.lists))
            self._begin_block(tag)
        elif name in {"td", "th"} and self.says:
            self.line.append(" ")
        elif name == "a":
            self.link, self.link_began, self.alt = tag.get("href"), len(self.line), ""
        elif name == "img" and self.link:
            self.alt = self.alt or SPACES.sub(" ", tag.get("alt")).strip()

    def _begin_block(self, tag: Tag) -> None:
        if tag.name in {"ol", "ul"}:
            self.lists = [*self.lists, 0 if tag.name == "ol" else -1][:MOST_LISTS]
        elif tag.name == "li":
            self.point = self._point()
        elif tag.name == "hr":
            self.line.append("_" * 32)
            self._end_line()
        elif tag.name == "pre":
            self.kept += 1

    def _point(self) -> str:
        indent = "  " * (len(self.lists) - 1)
        if not self.lists or self.lists[-1] < 0:
            return f"{indent}- "
        self.lists[-1] += 1
        return f"{indent}{self.lists[-1]}. "

    def _end(self, name: str) -> None:
        if name == "blockquote":
            self._block(spaced=False)
            self.quoted = max(self.quoted - 1, 0)
            self._block(spaced=True)
        elif name in BLOCKS:
            if name in {"ol", "ul"}:
                self.lists = self.lists[:-1]
            self._block(spaced=name in SPACED and not (name in {"ol", "ul"} and self.lists))
            self.kept = max(self.kept - 1, 0) if name == "pre" else self.kept
        elif name == "a" and self.link:
            self._end_link()

    def _end_link(self) -> None:
        shown = "".join(self.line[self.link_began :]).strip() or self.alt
        if self.alt and shown == self.alt:
            self.line.append(shown)
        target, self.link = self.link.strip(), ""
        if not target.lower().startswith(("http://", "https://", "mailto:")):
            return
        if target.removeprefix("mailto:").rstrip("/") not in shown:
            self.line.append(f" <{target}>" if shown else f"<{target}>")
            self.says = True

    def _block(self, *, spaced: bool) -> None:
        if self.says:
            self._end_line()
        self.line.clear()
        if spaced and self.lines and self.lines[-1][1]:
            self.lines.append((self.quoted, ""))

    def _end_line(self) -> None:
        words = "".join(self.line)
        words = words.rstrip() if self.kept else words.strip()
        if words and self.point:
            words, self.point = self.point + words, ""
        self.lines.append((min(self.quoted, MOST_QUOTED), words))
        self.line.clear()
        self.says = False
        self.link_began = 0


def _is_hidden(tag: Tag) -> bool:
    return "none" in tag.source.lower() and bool(HIDES.search(tag.get("style")))
