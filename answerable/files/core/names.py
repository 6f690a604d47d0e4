"""Names of files, as people gave them and without what could do harm. Pure."""

from __future__ import annotations

import re

LONGEST = 200
LONGEST_ENDING = 20
# Letters that are not seen, or that turn the direction: “exe.fdp” would look like a PDF.
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
LONE = re.compile("[\ud800-\udfff]")
PATH = re.compile(r"[\\/]+")
BLANKS = re.compile(r"\s+")
NAMELESS = "file"


def kept_name(name: str) -> str:
    """Return the name under which a file is kept: one line, no folders, at most 200 letters."""
    name = LONE.sub("\ufffd", BLANKS.sub(" ", HIDDEN.sub("", BLANKS.sub(" ", name))))
    name = PATH.split(name.rstrip("\\/ "))[-1].strip()
    if not name.strip(". "):
        return NAMELESS
    name = name.lstrip(".") if name.startswith("..") else name
    if len(name) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        return name[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"
