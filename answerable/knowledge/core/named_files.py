"""Which files a text of an article names: `![words](file:12)`."""

from __future__ import annotations

import re

NAMED = re.compile(r"\(\s*<?file:(\d{1,18})[\s>)]")


def named_files(body: str) -> list[int]:
    """Return the keys of the files that Markdown names, each once, as they come."""
    return list(dict.fromkeys(int(key) for key in NAMED.findall(body)))
