"""Articles as harmless HTML: nothing that a writer or an import brings runs or loads anything.

HTML in the Markdown is shown as it is written. What is made of the rest is cleaned by nh3 all
the same: whoever changes the one need not think of the other.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import nh3
from django.utils.translation import get_language
from markdown_it import MarkdownIt
from markdown_it.token import Token

from answerable.knowledge.markup.drawing import CLOSE, OPEN, Drawing
from answerable.knowledge.markup.keys import key
from answerable.knowledge.markup.structure import (
    find_callouts,
    number_headings,
    sections_of,
)
from answerable.knowledge.markup.values import Block, Heading, Rendered, Section
from answerable.knowledge.models import ArticleVersion

__all__ = ["Block", "Heading", "Rendered", "Section", "rendered", "rendered_text"]

FILE = re.compile(r"file:(\d{1,18})")
FILES = "/help/files/"
PLACE = re.compile(f"{OPEN}(\\d+){CLOSE}")
# The two characters that mark places, and what no text has.
NEVER = re.compile(f"[{OPEN}{CLOSE}\x00]")
CLEANER = nh3.Cleaner(
    tags={
        "a", "blockquote", "br", "code", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li",
        "ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr",
        "ul",
    },
    attributes={
        "a": {"href", "title", "class"},
        "div": {"class", "role", "tabindex", "aria-label", "lang"},
        "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"},
        "ol": {"start"},
        "p": {"class"},
        "pre": {"class", "role", "tabindex", "aria-label"},
        "span": {"class"},
        "table": {"class"},
        "td": {"class"},
        "th": {"class"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener",
)  # fmt: skip


def rendered(version: ArticleVersion) -> Rendered:
    """Return a version as HTML, its headings and its words, in the language that is active.

    A translation has the anchors of the official version that it says, so that a link to a part
    of one leads to the same part of the other. That version should be there (`source`).
    """
    source = version.source
    anchors = anchors_of(source.body) if source else ()
    return rendered_text(version.body, anchors)


def rendered_text(body: str, anchors: tuple[str, ...] = ()) -> Rendered:
    """Return any Markdown as HTML, for a preview or a search. It never raises."""
    return _rendered(body, anchors, get_language() or "")


def anchors_of(body: str) -> tuple[str, ...]:
    """Return the anchors of a text's headings, as they come."""
    return tuple(heading.anchor for heading in rendered_text(body).headings)


@lru_cache(maxsize=256)
def _rendered(body: str, anchors: tuple[str, ...], language: str) -> Rendered:
    env: dict[str, object] = {"anchors": anchors}
    reader = _reader()
    tokens = reader.parse(NEVER.sub("", body), env)
    drawn = CLEANER.clean(reader.renderer.render(tokens, reader.options, env))
    headings: list[Heading] = env["headings"]  # type: ignore[assignment]  # Our rule made it.
    blocks: list[Block] = env.get("blocks", [])  # type: ignore[assignment]  # As above.
    pieces = PLACE.split(drawn)
    return Rendered(
        tuple(
            blocks[int(piece)] if place % 2 else piece
            for place, piece in enumerate(pieces)
            if piece
        ),
        tuple(headings),
        tuple(sections_of(tokens, headings)),
    )


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}, renderer_cls=Drawing)
    reader.enable(["table", "strikethrough"]).disable(["html_block", "html_inline"])
    reader.block.ruler.before(
        "paragraph", "key", key, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    reader.core.ruler.before("inline", "callouts", find_callouts)
    reader.core.ruler.push("headings", number_headings)
    reader.core.ruler.push("files", _link_files)
    judge = reader.validateLink
    reader.validateLink = (  # type: ignore[method-assign]  # How markdown-it is told.
        lambda url: bool(FILE.fullmatch(url)) or judge(url)
    )
    return reader


def _link_files(state: object) -> None:
    """Let links to files of ours lead to where those are found; a rule of markdown-it."""
    tokens: list[Token] = state.tokens  # type: ignore[attr-defined]  # A StateCore.
    for token in tokens:
        for child in token.children or ():
            href = str(child.attrs.get("href", ""))
            if child.type == "link_open" and (found := FILE.fullmatch(href)):
                child.attrs["href"] = f"{FILES}{found[1]}/"
