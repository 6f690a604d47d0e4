"""A call that a customer waits for, as the page of its ticket shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.desk.queries.clocks import ClockView
from answerable.entitlements.core.plan import Metric
from answerable.lib.phones import shown_phone
from answerable.tickets.models import Callback, Ticket


@dataclass(frozen=True, slots=True)
class CallbackView:
    """Whom to call, where, and by when; how often that was tried."""

    callback: Callback
    due_at: datetime | None

    @property
    def shown(self) -> str:
        """The number as people read it."""
        return shown_phone(self.callback.phone)

    @property
    def when(self) -> str:
        """What is waited for: "again", "later", "due" or "now"."""
        if self.callback.again_at:
            return "again"
        if self.callback.asked_at is None:
            return "later"
        return "due" if self.due_at else "now"


def callback_on(ticket: Ticket, clocks: list[ClockView]) -> CallbackView | None:
    """Return the call that is waited for, if there is one.

    ticket_for asked along with the ticket whether there is one.
    """
    if not getattr(ticket, "has_callback", True):
        return None
    callback = Callback.objects.waiting().filter(ticket=ticket).order_by("pk").first()
    if callback is None:
        return None
    running = [
        view.clock
        for view in clocks
        if view.clock.metric == Metric.CALLBACK_START and view.clock.answered_at is None
    ]
    return CallbackView(callback, running[0].due_at if running else None)
