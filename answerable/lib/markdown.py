"""What people write in Markdown, as harmless HTML: for pages, and for mails with their styles.

Each line break stays, raw HTML is shown as it was typed, no picture is loaded, and bare
addresses are links. What is made is cleaned by nh3 all the same: whoever changes the one need
not think of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from html import escape

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

BARE = re.compile(r"https?://[^\s<>\"`]{1,2000}")
TRAILING = ".,;:!?'*_\u2026\u201c\u201d\u00bb"
INDENT = re.compile(r"^( {1,40}|\t{1,10})(?=[^\s>])", re.MULTILINE)
FENCE = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
LISTED = re.compile(r"^ {0,3}(?:[-*+]|\d{1,9}[.)]) ", re.MULTILINE)
# What mails are written like: a year begins no list, and a quotation ends with its last ">".
YEAR = re.compile(r"^( {0,3}\d{4,9})([.)] )", re.MULTILINE)
AFTER_QUOTE = re.compile(r"^( {0,3}>[^\n]*\n)(?=[^\s>])", re.MULTILINE)
# Stands for a space that a line begins with: a character that no text has.
SPACE = "\ufdd0"
TAGS = {
    *("a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "hr", "li", "ol", "p", "pre"),
    *("s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ADDRESSES = ("http://", "https://", "mailto:")
# Headings of a letter are not those of the page that it stands in.
HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h5", "h5": "h5", "h6": "h5"}
# More than this is shown as it was typed: nobody reads it, and it would take too long.
LONGEST = 200_000


def as_html(text: str) -> SafeString:
    """Return a text as HTML for a page of ours."""
    return SafeString(_made(text, ()))


def styled(text: str, styles: Mapping[str, str]) -> str:
    """Return a text as HTML for mail programs, each element with the style of its name."""
    return _made(text, tuple(sorted(styles.items())))


@lru_cache(maxsize=512)
def _made(text: str, styles: Sequence[tuple[str, str]]) -> str:
    if len(text) > LONGEST:
        return f"<pre>{escape(text)}</pre>"
    reader = _reader()
    tokens = reader.parse(_kept(text))
    for token in _all(tokens):
        _dress(token, dict(styles))
    drawn = reader.renderer.render(tokens, reader.options, {}).replace(SPACE, "&nbsp;")
    return _cleaner(bool(styles)).clean(drawn)


def _kept(text: str) -> str:
    """Return a text as its writer meant it; indented lines keep their spaces, but in lists."""
    text = text.replace("\r\n", "\n").replace(SPACE, "")
    if FENCE.search(text):
        return text
    text = AFTER_QUOTE.sub(r"\1\n", YEAR.sub(r"\1\\\2", text))
    if LISTED.search(text):
        return text
    return INDENT.sub(lambda found: SPACE * len(found[0].expandtabs(4)), text)


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or ())


def _dress(token: Token, styles: Mapping[str, str]) -> None:
    """Give an element its style; a heading becomes one of a letter."""
    token.tag = HEADINGS.get(token.tag, token.tag)
    align = str(token.attrs.pop("style", ""))
    style = styles.get("pre" if token.type == "fence" else token.tag, "")
    if token.nesting >= 0 and styles and (style or align):
        token.attrs["style"] = ";".join(part for part in (style, align) if part)
    if token.tag == "a":
        token.attrs.pop("title", None)


class Plain(RendererHTML):
    """Writes code without what editors add to it."""

    def fence(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Return a block of code."""
        style = tokens[idx].attrs.get("style")
        said = f' style="{escape(str(style))}"' if style else ""
        return f"<pre{said}>{escape(tokens[idx].content.rstrip())}</pre>"

    def image(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Return the address of a picture: it is not loaded."""
        address = escape(str(tokens[idx].attrs.get("src", "")))
        return f'<a href="{address}">{escape(tokens[idx].content) or address}</a>'


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=Plain)
    reader.enable(["table", "strikethrough"])
    # What is indented is a letter's own look, and a line of "---" below words is a signature's.
    reader.disable(["html_block", "html_inline", "code", "lheading", "reference", "entity"])
    reader.core.ruler.push("addresses", _link_addresses)
    reader.validateLink = (  # type: ignore[method-assign]  # How markdown-it is told.
        lambda url: url.lower().startswith(ADDRESSES)
    )
    return reader


@cache
def _cleaner(is_styled: bool) -> nh3.Cleaner:
    attributes = {"a": {"href"}, "ol": {"start"}}
    if is_styled:
        attributes = {tag: attributes.get(tag, set()) | {"style"} for tag in TAGS}
    return nh3.Cleaner(
        tags=TAGS,
        attributes=attributes,
        url_schemes={"http", "https", "mailto"},
        link_rel=None if is_styled else "noopener noreferrer",
    )


def _link_addresses(state: object) -> None:
    """Make links of bare addresses; a rule of markdown-it."""
    tokens: list[Token] = state.tokens  # type: ignore[attr-defined]  # A StateCore.
    for token in tokens:
        if token.children and any("://" in child.content for child in token.children):
            token.children = list(_with_links(token.children))


def _with_links(children: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for child in children:
        depth += child.nesting if child.type.startswith("link_") else 0
        if child.type != "text" or depth:
            yield child
        else:
            yield from _parts(child.content)


def _parts(text: str) -> Iterator[Token]:
    end = 0
    for found in BARE.finditer(text):
        address = without_trailing(found[0])
        yield _text(text[end : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": address})
        yield _text(address)
        yield Token("link_close", "a", -1)
        end = found.start() + len(address)
    yield _text(text[end:])


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def without_trailing(address: str) -> str:
    """Return an address without the punctuation of the sentence that it stands in."""
    while address:
        closes = address[-1] == ")" and address.count(")") > address.count("(")
        if not (closes or address[-1] in TRAILING):
            break
        address = address[:-1]
    return address
