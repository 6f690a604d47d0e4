"""Calls by the telephone provider, as one of the ways to talk (voice/ways.py)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from answerable.channels.voice.models import Call, Recording, Transfer
from answerable.channels.voice.twilio.account import telephone
from answerable.channels.voice.twilio.actions import (
    cut,
    give_up,
    ring_agent,
    ring_contact,
    ring_next,
)
from answerable.channels.voice.twilio.core.twiml import spelled_keys
from answerable.channels.voice.twilio.later import (
    ANNOUNCE,
    HOLD,
    MUTE,
    PAUSE,
    RECORD,
    STOP,
    defer,
    defer_recording,
)
from answerable.channels.voice.twilio.models import Leg, Telephone
from answerable.channels.voice.ways import Act, Reached, Shown, Way
from answerable.lib import times
from answerable.tickets.models import Callback


class ByProvider(Way):
    """The provider rings the agent's telephone and the customer's, and connects them."""

    key = Call.Way.PROVIDER.value
    costs = True

    def words(self) -> str:
        """Return what an agent reads who chooses from where to call."""
        return _("my phone")

    def is_ready(self, whom: Callback | Reached, *, at: datetime) -> bool:
        """Say whether a telephone is set up and works, and there is a number."""
        ours = telephone()
        return bool(whom.phone) and ours is not None and not ours.problem

    def trouble(self, *, at: datetime) -> str:
        """Return since when no call can be made, where a telephone is set up."""
        ours = telephone()
        if ours is None or ours.problem_since is None:
            return ""
        since = times.clock_time(ours.problem_since, get_current_timezone())
        return _("Phone is down since {time}.").format(time=since)

    def shown(self, call: Call) -> Shown:
        """Return the buttons; a recording needs days for which it is kept."""
        acts = {Act.MUTE, Act.HOLD, Act.KEYPAD, Act.HAND_ON, Act.HANG_UP}
        return Shown(acts=frozenset(acts | ({Act.RECORD} if _keeps_recordings() else set())))

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
        """Let the customer wait on the line; nothing is recorded meanwhile."""
        self._tell(call, Leg.Side.CONTACT, HOLD, on=True)
        self._pause(call, on=True)

    def resume(self, call: Call, *, at: datetime) -> None:
        """Let both talk again."""
        self._tell(call, Leg.Side.CONTACT, HOLD, on=False)
        self._pause(call, on=False)

    def mute(self, call: Call, *, on: bool, at: datetime) -> None:
        """Take the agent's voice off the line, or put it back."""
        self._tell(call, Leg.Side.AGENT, MUTE, on=on)

    def press(self, call: Call, keys: str, *, at: datetime) -> None:
        """Let the customer's side hear the tones of keys."""
        leg = call.legs.filter(side=Leg.Side.CONTACT, is_given_up=False).first()
        if leg:
            defer(ANNOUNCE, leg.pk, what=f"keys/{spelled_keys(keys)}")

    def bring(self, call: Call, transfer: Transfer, *, at: datetime) -> None:
        """Let the telephone ring of who takes the call over."""
        for leg in call.legs.filter(side=Leg.Side.NEXT, is_given_up=False):
            give_up(leg, at=at)
        ring_next(call, transfer, at=at)

    def call_back(self, call: Call, transfer: Transfer, *, at: datetime) -> None:
        """Let that telephone ring no more."""
        for leg in call.legs.filter(side=Leg.Side.NEXT, is_given_up=False):
            give_up(leg, at=at)

    def record(self, recording: Recording, *, at: datetime) -> None:
        """Ask the provider to record."""
        defer_recording(RECORD, recording.pk)

    def stop_recording(self, recording: Recording, *, at: datetime) -> None:
        """Ask the provider to record no more."""
        defer_recording(STOP, recording.pk)

    def _pause(self, call: Call, *, on: bool) -> None:
        for recording in call.recordings.going_on():
            defer_recording(PAUSE, recording.pk, on=on)

    def _tell(self, call: Call, side: str, task: str, *, on: bool) -> None:
        leg = call.legs.filter(side=side, is_given_up=False).first()
        if leg:
            defer(task, leg.pk, on=on)


def _keeps_recordings() -> bool:
    return bool(settings.ANSWERABLE_RECORDINGS_DAYS > 0)
