"""The HTML of mails made harmless: what is left runs nothing and loads nothing.

Images come from the mail itself (`cid:`), or wait: the address of a remote one is kept in
`data-remote`, where nothing fetches it, until the reader asks. nh3 does the cleaning; what it
lets through is narrowed below it, on its own output, where every attribute is quoted.
"""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

from answerable.channels.email.core.tangled import is_tangled

LONGEST = 500_000
TAGS = {
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br",
    "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl",
    "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre",
    "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var",
    "wbr",
}  # fmt: skip
DROPPED = {
    "script", "style", "title", "head", "noscript", "template", "object", "svg", "math",
    "select", "textarea", "iframe", "xmp", "noembed", "noframes", "applet", "audio", "video",
    "plaintext", "frameset", "canvas",
}  # fmt: skip
CELL = {"colspan", "rowspan", "width", "height", "valign", "bgcolor", "nowrap"}
ATTRIBUTES = {
    "*": {"dir", "lang", "title", "style", "align"},
    "a": {"href"},
    "blockquote": {"type"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "font": {"color", "face", "size"},
    "hr": {"width", "size", "color"},
    "img": {"src", "alt", "width", "height"},
    "li": {"value"},
    "ol": {"start", "type"},
    "table": {"width", "border", "cellpadding", "cellspacing", "bgcolor"},
    "td": CELL,
    "th": CELL,
    "tr": {"valign", "bgcolor"},
}
PROPERTIES = {
    "background-color", "border", "border-bottom", "border-collapse", "border-color",
    "border-left", "border-radius", "border-right", "border-spacing", "border-style",
    "border-top", "border-width", "clear", "color", "direction", "display", "float", "font",
    "font-family", "font-size", "font-style", "font-variant", "font-weight", "height",
    "letter-spacing", "line-height", "list-style-type", "margin", "margin-bottom",
    "margin-left", "margin-right", "margin-top", "max-width", "min-width", "padding",
    "padding-bottom", "padding-left", "padding-right", "padding-top", "table-layout",
    "text-align", "text-decoration", "text-indent", "text-transform", "vertical-align",
    "white-space", "width", "word-break", "word-spacing", "word-wrap", "overflow-wrap",
}  # fmt: skip
CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=DROPPED,
    attributes=ATTRIBUTES,
    filter_style_properties=PROPERTIES,
    url_schemes={"http", "https", "mailto", "tel", "cid"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
)
IMAGE = re.compile(r"<img((?: [a-z]+=\"[^\"]*\")*)>")
SOURCE = re.compile(r" src=\"(?!cid:)", re.IGNORECASE)
STYLE = re.compile(r" style=\"([^\"]*)\"")
COLOUR = re.compile(r"(?:rgb|hsl)a?\([\d\s.,%/deg]{0,60}\)", re.IGNORECASE)


def sanitised(html: str) -> str | None:
    """Return HTML without anything that runs or loads; None when it is too long or tangled."""
    if len(html) > LONGEST or is_tangled(html):
        return None
    clean = CLEANER.clean(html)
    if "(" in clean or "\\" in clean or "@" in clean:
        clean = STYLE.sub(_harmless_style, clean)
    return IMAGE.sub(_waiting, clean) if "<img" in clean else clean


def _harmless_style(style: re.Match[str]) -> str:
    """Keep the declarations whose values call nothing but a colour."""
    if not _calls(style.group(1)):
        return style.group()
    declarations = unescape(style.group(1)).split(";")
    kept = ";".join(each for each in declarations if each.strip() and not _calls(each))
    return f' style="{escape(kept)}"' if kept else ""


def _calls(declaration: str) -> bool:
    return any(letter in COLOUR.sub("", declaration) for letter in "()\\@")


def _waiting(image: re.Match[str]) -> str:
    return "<img" + SOURCE.sub(' data-remote="', image.group(1)) + ">"
