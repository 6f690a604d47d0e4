"""What the HTML of a mail says beside its words. Pure.

Whether its look matters decides what is shown first: the text of a mail that was merely typed
reads best as ours do, while tables and layouts are nothing without their form.
"""

from __future__ import annotations

import re
from html import unescape

# What stands below an answer: it is not what decides how the answer is shown.
QUOTED = re.compile(r"<blockquote|border-top:\s*solid\s+#", re.IGNORECASE)
CELLS = re.compile(r"<t[dh][ >]")
ROWS = re.compile(r"<tr[ >]")
PICTURES = re.compile(r"<img ")
LISTS = re.compile(r"<(?:ol|pre|h[1-3])[ >]")
REMOTE = re.compile(r'<img(?: [a-z-]+="[^"]*")*? data-remote="([^"]*)"')
# A signature is often a table of a few cells with a logo.
FEW_CELLS, FEW_ROWS, FEW_PICTURES, FEW_LISTS = 7, 3, 2, 1
MOST_REMOTE = 80


def is_rich(html: str) -> bool:
    """Say of sanitised HTML whether its look says something that its words do not."""
    begin = QUOTED.split(html, maxsplit=1)[0]
    is_table = _count(CELLS, begin) > FEW_CELLS and _count(ROWS, begin) > FEW_ROWS
    return (
        is_table or _count(PICTURES, begin) > FEW_PICTURES or _count(LISTS, begin) > FEW_LISTS
    )


def remote_pictures(html: str) -> list[str]:
    """Return the addresses of pictures on other servers, in the order of sanitised HTML."""
    return [unescape(found[1]) for found in REMOTE.finditer(html)][:MOST_REMOTE]


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))
