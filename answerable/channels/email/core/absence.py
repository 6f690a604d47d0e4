"""How long somebody must show no sign of life until they count as dead."""

from __future__ import annotations

from collections.abc import Iterable

# Who lives shows itself again within a second or two of a restart of the database.
LAPSE_SECONDS = 5.0


class Absences:
    """Who was absent at every look so far, and since which of them."""

    def __init__(self) -> None:
        self._since: dict[int, float] = {}

    def look(self, absent: Iterable[int], at: float) -> list[int]:
        """Note who is absent at an instant, in seconds; return who was so for five seconds."""
        self._since = {number: self._since.get(number, at) for number in absent}
        return [n for n, since in self._since.items() if at - since >= LAPSE_SECONDS]
