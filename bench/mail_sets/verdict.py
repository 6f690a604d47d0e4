"""What one line of a set came to."""

from __future__ import annotations

from typing import NamedTuple


class Verdict(NamedTuple):
    """Whether what was expected came out; `name` is the file's, behind what was looked at."""

    ok: bool
    expected: str
    got: str
    name: str
