"""Gaps of a macro's text: what is known is filled in, the rest is left for its writer. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

GAP = re.compile(r"\{([a-z][a-z._]{0,39})\}")
# What the house knows of a ticket and fills in by itself; any other gap its writer fills.
KNOWN = (
    "agent",
    "person",
    "customer",
    "product",
    "ticket.number",
    "ticket.subject",
    "ticket.due",
)


def gaps_in(text: str) -> list[str]:
    """Return the names of the gaps that nobody has filled in, each once, in order."""
    return list(dict.fromkeys(GAP.findall(text)))


def filled(text: str, known: Mapping[str, str]) -> str:
    """Return a text with what is known in its gaps; what nobody knows stays in braces.

    What a value says is never a gap.
    """
    return GAP.sub(lambda gap: known.get(gap[1]) or gap[0], text)
