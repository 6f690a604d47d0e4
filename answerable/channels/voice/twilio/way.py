"""Calls by the telephone provider, as one of the ways to talk (voice/ways.py)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.account import telephone
from answerable.channels.voice.twilio.actions import cut, ring_agent, ring_contact
from answerable.channels.voice.twilio.later import HOLD, MUTE, defer
from answerable.channels.voice.twilio.models import Leg, Telephone
from answerable.channels.voice.ways import Act, Shown, Way
from answerable.lib import times
from answerable.tickets.models import Callback


class ByProvider(Way):
    """The provider rings the agent's telephone and the customer's, and connects them."""

    key = Call.Way.PROVIDER.value
    costs = True

    def words(self) -> str:
        """Return what an agent reads who chooses from where to call."""
        return _("my phone")

    def is_ready(self, callback: Callback, *, at: datetime) -> bool:
        """Say whether a telephone is set up and works, and there is a number."""
        ours = telephone()
        return bool(callback.phone) and ours is not None and not ours.problem

    def trouble(self, *, at: datetime) -> str:
        """Return since when no call can be made, where a telephone is set up."""
        ours = telephone()
        if ours is None or ours.problem_since is None:
            return ""
        since = times.clock_time(ours.problem_since, get_current_timezone())
        return _("Phone is down since {time}.").format(time=since)

    def shown(self, call: Call) -> Shown:
        """Return the buttons; keys are pressed on the agent's own telephone."""
        return Shown(acts=frozenset({Act.MUTE, Act.HOLD, Act.HANG_UP}))

    def begin(self, call: Call, *, at: datetime) -> None:
        """Let the first telephone ring; a caller waits already."""
        ours = telephone()
        is_customers = ours is not None and ours.first == Telephone.First.CONTACT
        if is_customers and not call.is_inbound:
            ring_contact(call, at=at)
        else:
            ring_agent(call, at=at)

    def rang(self, call: Call) -> timedelta | None:
        """Return for how long it rang at the customer's own telephone."""
        leg = call.legs.filter(side=Leg.Side.CONTACT).first()
        if leg is None or leg.rang_at is None:
            return timedelta(0)
        until = leg.answered_at or leg.ended_at or call.ended_at
        return until - leg.rang_at if until else timedelta(0)

    def hang_up(self, call: Call, *, at: datetime) -> None:
        """Cut both legs."""
        for leg in call.legs.order_by("pk"):
            cut(leg, at=at)

    def hold(self, call: Call, *, at: datetime) -> None:
        """Let the customer wait on the line."""
        self._tell(call, Leg.Side.CONTACT, HOLD, on=True)

    def resume(self, call: Call, *, at: datetime) -> None:
        """Let both talk again."""
        self._tell(call, Leg.Side.CONTACT, HOLD, on=False)

    def mute(self, call: Call, *, on: bool, at: datetime) -> None:
        """Take the agent's voice off the line, or put it back."""
        self._tell(call, Leg.Side.AGENT, MUTE, on=on)

    def _tell(self, call: Call, side: str, task: str, *, on: bool) -> None:
        leg = call.legs.filter(side=side, is_given_up=False).first()
        if leg:
            defer(task, leg.pk, on=on)
