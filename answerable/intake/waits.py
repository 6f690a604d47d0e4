"""What people waited for a call in the last two hours, and who could call the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.accounts.models import Agent
from answerable.lib.waits import usual_wait
from answerable.tickets.models import Callback

LOOKS_BACK = timedelta(hours=2)
MOST_SAMPLES = 1000


@dataclass(frozen=True, slots=True)
class CallDesk:
    """How it stands with calls: how many agents are on duty, how many people wait, and within
    what most of the last ones were called, None where nobody can say."""

    on_duty: int
    waiting: int
    usual: timedelta | None

    @property
    def has_room(self) -> bool:
        """Whether somebody could call the next one at once: more are on duty than wait."""
        return self.on_duty > self.waiting


def call_desk(at: datetime) -> CallDesk:
    """Return how it stands with calls. Three queries.

    Until agents have a telephone of their own here, everybody on duty can call one person.
    """
    called = Callback.objects.filter(
        first_attempt_at__gt=at - LOOKS_BACK, first_attempt_at__lte=at, asked_at__isnull=False
    )
    pairs = called.order_by("-first_attempt_at").values_list("asked_at", "first_attempt_at")
    # Who was called before the time that they chose did not wait.
    waits = [
        max(end - begin, timedelta()) for begin, end in pairs[:MOST_SAMPLES] if begin and end
    ]
    return CallDesk(
        on_duty=Agent.objects.on_duty().count(),
        waiting=Callback.objects.due_by(at).count(),
        usual=usual_wait(waits),
    )
