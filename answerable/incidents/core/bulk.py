"""What a bulk reply says on a ticket, and what is wrong with its text. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What is filled in on each ticket. {status} is where its reader sees how the incident goes on.
GAPS = ("name", "customer", "number", "subject", "incident", "status", "agent", "vendor")
STATUS = "{status}"
GAP = re.compile(r"\{([a-z_]{1,30})\}")


def unknown_gaps(text: str) -> list[str]:
    """Return the gaps of a text that nobody fills, each once, in order.

    A brace that is no gap says itself: agents paste code.
    """
    found = dict.fromkeys(GAP.findall(text))
    return [gap for gap in found if gap not in GAPS]


def with_status(text: str, line: str) -> str:
    """Return a text in which the status page is named: by itself, or in a line at its end.

    Without the link it would be no response to an incident (domain.md E10).
    """
    return text if STATUS in text else f"{text.rstrip()}\n\n{line}"


def said_on(text: str, values: Mapping[str, str]) -> str:
    """Return what a text says on one ticket. What a value says is never a gap."""
    return GAP.sub(lambda gap: values.get(gap[1], gap[0]), text)
