"""Single faults with a known right answer: a full disk, a taken port, an odd database."""

from __future__ import annotations

from collections.abc import Callable

from faults.run import Line

Say = Callable[[str], None]


def run_all(say: Say) -> list[Line]:
    """Try every scenario, and return what each came to."""
    return []
