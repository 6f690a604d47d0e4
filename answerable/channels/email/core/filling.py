"""Texts with gaps: {name}, {agent}. What cannot be filled is found before it is kept. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

GAP = re.compile(r"\{([^{}\n]*)\}")
BRACES = re.compile(r"[{}]")


def gaps_in(text: str) -> list[str]:
    """Return the names of a text's gaps, each once, in order."""
    return list(dict.fromkeys(GAP.findall(text)))


def unknown_gaps(text: str, known: Collection[str]) -> list[str]:
    """Return the gaps of a text that nobody fills."""
    return [gap for gap in gaps_in(text) if gap not in known]


def has_loose_brace(text: str) -> bool:
    """Say whether a brace stands alone: a gap that was not closed, or closed twice."""
    return bool(BRACES.search(GAP.sub("", text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its gaps filled. Raises KeyError for a gap that nobody fills.

    A line whose gaps are all empty is left out, so that an agent without a title has no empty
    line there. What a value says is never a gap.
    """
    lines = []
    for line in text.split("\n"):
        names = GAP.findall(line)
        if names and not any(values[name] for name in names):
            continue
        lines.append(GAP.sub(lambda gap: values[gap[1]], line).rstrip())
    return "\n".join(lines)
