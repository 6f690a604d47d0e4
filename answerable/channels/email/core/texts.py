"""The text of a part: decoded, unwrapped where it says so, without files in its lines. Pure."""

from __future__ import annotations

import re

from answerable.channels.email.core.charsets import decoded
from answerable.channels.email.core.mapped import Buffer, beginning, pieces_of
from answerable.channels.email.core.tree import Part

# What is longer is nobody's to read; it is a file.
LONGEST_TEXT = 5 * 1024 * 1024
META = re.compile(rb"<meta\s[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
QUOTE = re.compile(r">*")


def text_in(part: Part, content: Buffer | None = None) -> str:
    """Return what a text part says, with plain line ends; of a very long one its beginning."""
    pieces = part.pieces() if content is None else pieces_of(content)
    raw = beginning(pieces, LONGEST_TEXT)
    charset = part.parameters.get("charset")
    if not charset and part.kind == "text/html" and (found := META.search(raw[:4096])):
        charset = found.group(1).decode("ascii")
    text = decoded(raw, charset).replace("\r\n", "\n").replace("\r", "\n")
    if part.kind == "text/plain" and part.parameters.get("format", "").lower() == "flowed":
        return flowed(text, drop_space=part.parameters.get("delsp", "").lower() == "yes")
    return text


def flowed(text: str, *, drop_space: bool = False) -> str:
    """Return a text whose lines that end with a space go on in the next (RFC 3676)."""
    out: list[str] = []
    depth_before, goes_on = 0, False
    for line in text.split("\n"):
        marks = QUOTE.match(line)
        depth = marks.end() if marks else 0
        words = line[depth:].removeprefix(" ")
        is_signature = words == "-- "
        if goes_on and depth == depth_before and not is_signature:
            out[-1] += words
        else:
            out.append(f"{'>' * depth} {words}" if depth else words)
        goes_on = words.endswith(" ") and not is_signature
        if goes_on and drop_space:
            out[-1] = out[-1][:-1]
        depth_before = depth
    return "\n".join(out)
