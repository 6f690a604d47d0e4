"""A style sheet that imports others is sent as one, as long as it stays as it is."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

IMPORT = re.compile(rb'^@import url\("([\w./-]+)"\)(?: layer\((\w+)\))?;$', re.MULTILINE)


@cache
def joined(name: str) -> bytes:
    """Return a style sheet with what it imports in the place of each import.

    What is imported imports nothing itself, and names no other file: a test sees to that.
    Raises FileNotFoundError for one that is not there.
    """

    def imported(found: re.Match[bytes]) -> bytes:
        other = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[1].decode()))
        text = _text(other)
        return b"@layer %s {\n%s}\n" % (found[2], text) if found[2] else text

    return IMPORT.sub(imported, _text(name))


def _text(name: str) -> bytes:
    path = finders.find(name)
    if not isinstance(path, str):
        raise FileNotFoundError(f"There is no style sheet {name}.")
    return Path(path).read_bytes()
