"""The instants at which people are told, as shares of a promise. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from answerable.sla.core.calendar import Calendar
from answerable.sla.core.pauses import Pause, due_with_pauses


def step_instants(
    start: datetime,
    allowance: timedelta,
    calendar: Calendar,
    percents: Sequence[int],
    pauses: Sequence[Pause] = (),
) -> list[datetime]:
    """Return the instant of each step: 0 per cent is the opening, 100 the due instant.

    Pauses that have ended move those after them; one that has not is left out.
    """
    ended = [pause for pause in pauses if pause.end is not None]
    shares = [allowance * percent / 100 for percent in percents]
    return [due_with_pauses(calendar, start, share, ended) or start for share in shares]
