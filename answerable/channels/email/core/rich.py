"""A text as simple HTML for mail programs, and how the elements of a mail look. Pure.

Nothing in the text is markup; what agents write is (lib/markdown.py).
"""

from __future__ import annotations

import re
from html import escape

BARE = re.compile(r"https?://[^\s<>\"`]{1,2000}")
TRAILING = ".,;:!?'*_\u2026\u201c\u201d\u00bb"

CODE = "font-family:Consolas,Menlo,monospace;font-size:13px"
BLOCK = f"{CODE};margin:0 0 12px;padding:8px 12px;border:1px solid #8886;white-space:pre-wrap"
PARAGRAPH = "margin:0 0 12px"
LIST = "margin:0 0 12px;padding:0 0 0 24px"
QUOTE = "margin:0 0 12px;padding:0 0 0 12px;border-left:2px solid #8886"
CELL = "padding:4px 10px;border:1px solid #8886;text-align:left;vertical-align:top"
HEADING = "margin:0 0 8px;font-size:16px;line-height:1.35"
STYLES = {
    "blockquote": QUOTE,
    "code": CODE,
    "h3": HEADING,
    "h4": HEADING,
    "h5": HEADING,
    "hr": "margin:16px 0;border:0;border-top:1px solid #8886",
    "ol": LIST,
    "p": PARAGRAPH,
    "pre": BLOCK,
    "table": "margin:0 0 12px;border-collapse:collapse",
    "td": CELL,
    "th": CELL,
    "ul": LIST,
}


def plain(text: str) -> str:
    """Return a text as HTML in which nothing is markup: paragraphs, lines, visible addresses.

    For what strangers may have written parts of: no link there shows another address than its
    own.
    """
    paragraphs = [part.strip("\n") for part in re.split(r"\n\s*\n", text)]
    return "".join(
        f'<p style="{PARAGRAPH}">{plain_lines(part)}</p>' for part in paragraphs if part.strip()
    )


def plain_lines(text: str) -> str:
    """Return lines as HTML, their addresses as links."""
    return "<br>\n".join(_addresses(line) for line in text.splitlines())


def _addresses(line: str) -> str:
    out, end = [], 0
    for found in BARE.finditer(line):
        out += [escape(line[end : found.start()]), _bare(found[0])]
        end = found.end()
    return "".join([*out, escape(line[end:])])


def _bare(words: str) -> str:
    address = _without_trailing(words)
    return _link(address, address) + escape(words[len(address) :])


def _link(address: str, says: str) -> str:
    return f'<a href="{escape(address)}">{escape(says)}</a>'


def _without_trailing(address: str) -> str:
    """Return an address without the punctuation of the sentence that it stands in."""
    while address:
        closes = address[-1] == ")" and address.count(")") > address.count("(")
        if not (closes or address[-1] in TRAILING):
            break
        address = address[:-1]
    return address
