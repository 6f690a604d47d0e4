"""Is HTML so tangled that reading it as a browser does would take for ever? Pure.

Browsers mend HTML: each formatting element that was left open is opened again in every block
below. A few kilobytes can so become gigabytes.
"""

from __future__ import annotations

import re

FEW_TAGS = 500
MOST_ENTITIES = 100_000  # reading them takes a parser the square of their number
LONGEST_TAG = 50_000
LONG_TAG = re.compile(r"<[^<>]{50000}")
MOST_NODES = 1_000_000  # formatting elements that are opened again
MOST_STEPS = 50_000_000  # the deepest nesting, times the tags
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong",
     "tt", "u")
)  # fmt: skip
# These need no end tag, or have none.
FLAT = frozenset(
    ("area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link",
     "meta", "option", "p", "param", "source", "tbody", "td", "th", "thead", "tr", "wbr")
)  # fmt: skip


def is_tangled(html: str) -> bool:
    """Say whether an HTML is nested so deeply that it must not be given to a parser."""
    if len(html) > LONGEST_TAG and LONG_TAG.search(html):
        return True
    if html.count("&") > MOST_ENTITIES:
        return True
    if html.count("<") < FEW_TAGS:
        return False
    tags = nested = formatting = deepest = deepest_formatting = 0
    for tags, found in enumerate(TAG.finditer(html), start=1):  # noqa: B007  the last is used
        name = found.group(2).lower()
        step = -1 if found.group(1) else 1
        if name in FORMATTING:
            formatting = max(formatting + step, 0)
            deepest_formatting = max(deepest_formatting, formatting)
        elif name not in FLAT:
            nested = max(nested + step, 0)
            deepest = max(deepest, nested)
    return deepest * tags > MOST_STEPS or deepest_formatting * tags > MOST_NODES
