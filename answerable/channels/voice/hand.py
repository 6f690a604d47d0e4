"""Calls by hand: the agent's own telephone dials, and the agent says what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from answerable.channels.voice.models import Call
from answerable.channels.voice.ways import HAND, Reached, Shown, Way
from answerable.tickets.models import Callback


class ByHand(Way):
    """A link that a telephone follows, and buttons for the outcome. It needs nothing."""

    key = HAND

    def words(self) -> str:
        """Return what an agent reads who chooses from where to call."""
        return _("by hand")

    def is_ready(self, whom: Callback | Reached, *, at: datetime) -> bool:
        """Say that there is a number."""
        return bool(whom.phone)

    def rang(self, call: Call) -> timedelta | None:
        """Say that nobody measured it: the agent's word counts."""
        return None

    def shown(self, call: Call) -> Shown:
        """Return the link; nobody but the agent knows how the call goes on."""
        return Shown(dials=f"tel:{call.phone}", is_heard=False)
