"""A text as people write it, as simple HTML for mail programs. Pure.

What is understood is what people type anyway: paragraphs, lists with - or 1., code between
lines of ```, quotation behind >, `code`, **bold**, and addresses of pages. Nothing else is
markup, so a text never says something else than its plain form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape

FENCE = re.compile(r"\s{0,3}```")
ITEM = re.compile(
    r"(?P<indent> {0,3})(?:(?P<dot>[-*\u2022])|(?P<number>\d{1,3})[.)])[ \t]+(?=\S)"
)
QUOTED = re.compile(r"> ?")
BARE = re.compile(r"https?://[^\s<>\"`]{1,2000}")
INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\*\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*\*"
    r"|\[(?P<says>[^\[\]\n]{1,200})\]\((?P<to>https?://[^\s()<>\"]{1,2000})\)"
    r"|(?P<bare>https?://[^\s<>\"`]{1,2000})"
)
TRAILING = ".,;:!?'*_\u2026\u201c\u201d\u00bb"
DEEPEST = 5

CODE = "font-family:Consolas,Menlo,monospace;font-size:13px"
BLOCK = f"{CODE};margin:0 0 12px;padding:8px 12px;border:1px solid #8886;white-space:pre-wrap"
PARAGRAPH = "margin:0 0 12px"
LIST = "margin:0 0 12px;padding:0 0 0 24px"
QUOTE = "margin:0 0 12px;padding:0 0 0 12px;border-left:2px solid #8886"


def rich(text: str, depth: int = 0) -> str:
    """Return a text as HTML blocks, every character of it escaped."""
    return "".join(_blocks(text.replace("\r\n", "\n").split("\n"), depth))


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


def inline(text: str) -> str:
    """Return one line as HTML: its links, code and bold words."""
    out, end = [], 0
    for found in INLINE.finditer(text):
        out += [escape(text[end : found.start()]), _marked(found)]
        end = found.end()
    return "".join([*out, escape(text[end:])])


def _marked(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    words = found[kind]
    if kind == "code":
        return f'<code style="{CODE}">{escape(words)}</code>'
    if kind == "bold":
        return f"<strong>{inline(words)}</strong>"
    if kind == "to":
        return _link(words, found["says"])
    return _bare(words)


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


def _blocks(lines: Sequence[str], depth: int) -> Iterator[str]:
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        take = _taker(lines[at], depth)
        end, block = take(lines, at, depth)
        yield block
        at = end


Taker = Callable[[Sequence[str], int, int], tuple[int, str]]


def _taker(line: str, depth: int) -> Taker:
    """Return what takes the block that a line begins."""
    if FENCE.match(line):
        return _code
    if QUOTED.match(line) and depth < DEEPEST:
        return _quotation
    if ITEM.match(line):
        return _list
    return _paragraph


def _code(lines: Sequence[str], at: int, depth: int) -> tuple[int, str]:
    end = at + 1
    while end < len(lines) and not FENCE.match(lines[end]):
        end += 1
    words = escape("\n".join(lines[at + 1 : end]))
    return end + 1, f'<pre style="{BLOCK}">{words}</pre>'


def _quotation(lines: Sequence[str], at: int, depth: int) -> tuple[int, str]:
    end = at
    while end < len(lines) and QUOTED.match(lines[end]):
        end += 1
    inner = "\n".join(QUOTED.sub("", line, count=1) for line in lines[at:end])
    return end, f'<blockquote style="{QUOTE}">{rich(inner, depth + 1)}</blockquote>'


def _list(lines: Sequence[str], at: int, depth: int) -> tuple[int, str]:
    """Take items of one kind; a line that is indented goes on with the item above it."""
    first = ITEM.match(lines[at])
    number = first["number"] if first else None
    items: list[list[str]] = []
    while at < len(lines):
        item = ITEM.match(lines[at])
        if item and bool(item["number"]) == bool(number):
            items.append([lines[at][item.end() :]])
        elif lines[at].startswith("  ") and lines[at].strip() and not item:
            items[-1].append(lines[at].strip())
        else:
            break
        at += 1
    name = "ol" if number else "ul"
    start = f' start="{int(number)}"' if number and int(number) != 1 else ""
    inner = "".join(f"<li>{'<br>'.join(map(inline, item))}</li>" for item in items)
    return at, f'<{name}{start} style="{LIST}">{inner}</{name}>'


def _paragraph(lines: Sequence[str], at: int, depth: int) -> tuple[int, str]:
    end = at + 1
    while end < len(lines) and lines[end].strip() and _taker(lines[end], depth) is _paragraph:
        end += 1
    inner = "<br>\n".join(_line(line) for line in lines[at:end])
    return end, f'<p style="{PARAGRAPH}">{inner}</p>'


def _line(line: str) -> str:
    """Return a line with the spaces that it begins with."""
    words = line.expandtabs(4).rstrip()
    bare = words.lstrip(" ")
    return "&nbsp;" * min(len(words) - len(bare), 40) + inline(bare)
