"""HTML as Markdown: cleaned first, then converted; what got lost is said in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import nh3
from bs4 import Tag
from markdownify import MarkdownConverter

from answerable.knowledge.core.imported import Imported, Picture, Read
from answerable.knowledge.core.links import Link, links_in
from answerable.knowledge.importing.markdown import read_spots, spots_of

SOURCE = "html"
ENDINGS = (".html", ".htm", ".xhtml")
LONGEST = 1_000_000
DEEPEST = 200
TAGS = {
    "a", "abbr", "article", "b", "blockquote", "br", "caption", "code", "dd", "del", "details",
    "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "i", "img", "kbd", "li", "main", "mark", "ol", "p", "pre", "q", "s", "samp", "section",
    "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "tt", "u", "ul", "var",
}  # fmt: skip
DROPPED = {
    "script", "style", "title", "head", "noscript", "template", "object", "svg", "math",
    "select", "textarea", "audio", "applet", "canvas", "nav", "form", "button", "footer",
    "header",
}  # fmt: skip
CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=DROPPED,
    attributes={
        "*": {"id", "class"},
        "a": {"href", "title"},
        "img": {"src", "alt", "title"},
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
VIDEO = re.compile(r"<(?:iframe|embed)\b[^>]*?\bsrc\s*=\s*[\"']([^\"']+)[\"'][^>]*>", re.I)
MAIN = re.compile(r"<(main|article)\b[^>]*>(.*)</\1\s*>", re.I | re.DOTALL)
TITLE = re.compile(r"<title[^>]*>(.*?)</title\s*>", re.I | re.DOTALL)
# What other help centres call the boxes that they set apart, and what those are called here.
CALLOUTS = (
    ("warning", ("warning", "danger", "caution", "alert-danger", "callout-red")),
    ("tip", ("tip", "success", "callout-green")),
    ("important", ("important", "alert-warning", "callout-yellow")),
    ("note", ("note", "info", "callout", "alert", "notice", "admonition")),
)
BLANK_LINES = re.compile(r"\n{3,}")
# What would be left of a page without end, or of one that is built to hang its reader.
TOO_DEEP = "It is nested too deep to be read."
TOO_LONG = f"It is longer than {LONGEST // 1_000_000} MB of HTML."


class Converter(MarkdownConverter):
    """Writes Markdown as the rest of the help centre is written."""

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Set apart what stood in a box of its own."""
        kind = _callout(el)
        plain = text.strip()
        if not kind or not plain:
            return f"\n\n{plain}\n\n" if plain else ""
        quoted = "\n".join(f"> {line}".rstrip() for line in plain.split("\n"))
        return f"\n\n> [!{kind.upper()}]\n{quoted}\n\n"

    convert_blockquote_box = convert_div


def read(top: Path, language: str) -> Read:
    """Return the articles of a tree of HTML files, or of one file."""
    spots = spots_of(top, language, ENDINGS)
    return read_spots(top, spots, f"{SOURCE}:{top.name}"[:100], _page)


def _page(text: str) -> tuple[str, list[str]]:
    """Return the Markdown of a whole page: of its main part, where it has one."""
    main = MAIN.search(text)
    body, remarks = markdown_of(main[2] if main else text)
    title = TITLE.search(text)
    if title and not body.startswith("# "):
        plain = " ".join(unescape(nh3.clean(title[1], tags=set())).split())
        body = f"# {plain}\n\n{body}" if plain else body
    return body, remarks


def markdown_of(html: str) -> tuple[str, list[str]]:
    """Return HTML as Markdown, and what is otherwise than it was. Raises ValueError."""
    if len(html) > LONGEST:
        raise ValueError(TOO_LONG)
    seen = _Seen()
    seen.feed(html)
    if seen.deepest > DEEPEST:
        raise ValueError(TOO_DEEP)
    linked = VIDEO.sub(_as_link, html)
    converter = Converter(
        heading_style="ATX",
        bullets="-",
        escape_misc=False,
        code_language_callback=_language_of_code,
        table_infer_header=True,
        keep_inline_images_in=["td", "th", "h1", "h2", "h3", "h4", "a", "li", "p"],
    )
    text = converter.convert(CLEANER.clean(linked))
    return BLANK_LINES.sub("\n\n", text).strip() + "\n", seen.remarks()


def below_title(body: str) -> str:
    """Return a body whose headings are one level lower, if one is as high as the title."""
    if not re.search(r"^# ", body, re.MULTILINE):
        return body
    return re.sub(r"^(#{1,5}) ", r"#\1 ", body, flags=re.MULTILINE)


def with_pictures(article: Imported) -> Imported:
    """Return an article that names the pictures of the web which it shows."""
    targets = [link.target for link in links_in(article.body) if _is_remote(link)]
    pictures = tuple(Picture(target, url=target) for target in dict.fromkeys(targets))
    return replace(article, pictures=pictures)


def _is_remote(link: Link) -> bool:
    return link.is_picture and link.target.startswith(("https://", "http://"))


def _callout(el: Tag) -> str:
    """Return what kind of box an element is; "" when it is none."""
    classes = {str(name).lower() for name in el.get("class") or ()}
    for kind, names in CALLOUTS:
        if any(name in classes or f"callout-{name}" in classes for name in names):
            return kind
    return ""


def _language_of_code(el: Tag) -> str:
    code = el.find("code") or el
    classes = [str(name) for name in (code.get("class") or ()) if isinstance(code, Tag)]
    found = (
        name.partition("-")[2] for name in classes if name.startswith(("language-", "lang-"))
    )
    return next(found, "")


def _as_link(found: re.Match[str]) -> str:
    url = found[1] if not found[1].startswith("//") else f"https:{found[1]}"
    return f'<p><a href="{url}">{url}</a></p>' if url.startswith("https://") else ""


class _Seen(HTMLParser):
    """Counts what Markdown does not have."""

    TOLD = {
        "script": "A script was left out.",
        "form": "A form was left out.",
        "iframe": "What stood in a frame is a link to it now.",
        "embed": "What stood in a frame is a link to it now.",
        "object": "An embedded object was left out.",
        "video": "A video was left out.",
        "audio": "A sound was left out.",
        "svg": "A drawing in SVG was left out.",
    }
    VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, int] = {}
        self.depth = self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element is, and how deep it stands."""
        if tag not in self.VOID:
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)
        if tag in self.TOLD:
            self._note(self.TOLD[tag])
        for name, value in attrs:
            if name in ("colspan", "rowspan") and value not in (None, "", "1"):
                self._note("A table with joined cells is a plain one now.")
            if name.startswith("on"):
                self._note("What a script would have done on a click was left out.")

    def handle_endtag(self, tag: str) -> None:
        """Note that an element ended."""
        self.depth = max(0, self.depth - 1)

    def remarks(self) -> list[str]:
        """Return what was found, each with how often where that is more than once."""
        return list(self._told())

    def _told(self) -> Iterator[str]:
        for words, count in self.found.items():
            yield words if count == 1 else f"{words} ({count} times)"

    def _note(self, words: str) -> None:
        self.found[words] = self.found.get(words, 0) + 1
