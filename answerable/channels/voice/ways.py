"""The ways in which a call is made, behind one protocol; each is registered under its Call.Way.

A way lets it ring, holds and hangs up. What becomes of a call is written by the actions alone
(follow, end_call), whoever tells it. Everything here runs inside the transaction of the action
that holds the call: a way may write signals and defer jobs, and never waits for the network.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from answerable.channels.voice.queries import minutes_of_month

if TYPE_CHECKING:
    from collections.abc import Mapping

    from answerable.channels.voice.models import Call, Recording, Transfer
    from answerable.tickets.models import Callback

HAND = "hand"


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody whom an agent calls though they asked for no call: they wait on no page."""

    phone: str


class Act(StrEnum):
    """What people may do while a call goes on; the pages have a button for each."""

    MUTE = "mute"
    HOLD = "hold"
    KEYPAD = "keypad"
    SHARE = "share"
    RECORD = "record"
    HAND_ON = "hand_on"
    HANG_UP = "hang_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the pages of a call need to know of its way.

    `acts` are the buttons of the desk's panel. `dials` is an address that the agent's page
    opens at once, such as tel:+49301234567; "" where the way rings by itself. `has_bar`: both
    pages have the element <call-bar>, with buttons of its own, and the panel has none.
    `is_heard`: the way itself tells who answers and hangs up; else the agent says so.
    """

    acts: frozenset[Act] = frozenset()
    dials: str = ""
    has_bar: bool = False
    is_heard: bool = True


class Way:
    """How calls are made by one way. What a way does not know of does nothing."""

    key: str = ""
    costs: bool = False  # Whether somebody is paid for its minutes.

    def words(self) -> str:
        """Return what an agent reads who chooses from where to call: “this browser”."""
        raise NotImplementedError

    def is_ready(self, whom: Callback | Reached, *, at: datetime) -> bool:
        """Say whether this customer can be called by this way now: it is set up, and works."""
        raise NotImplementedError

    def trouble(self, *, at: datetime) -> str:
        """Return in words why nobody can be called by a way that is set up, else ""."""
        return ""

    def shown(self, call: Call) -> Shown:
        """Return what the pages of a call need to know."""
        raise NotImplementedError

    def begin(self, call: Call, *, at: datetime) -> None:
        """Let it ring: at the agent's, the customer's, or both, as the way has it."""

    def rang(self, call: Call) -> timedelta | None:
        """Return for how long it rang at the customer's before a call ended, None where nobody
        measured it. Only what rang for long enough was an attempt (tickets/core/calling.py)."""
        return call.ended_at - call.dialled_at if call.ended_at else None

    def hang_up(self, call: Call, *, at: datetime) -> None:
        """Cut the line. Called before end_call writes what became of the call, once, and not
        where the way itself told that it is over."""

    def hold(self, call: Call, *, at: datetime) -> None:
        """Let the customer wait on the line."""

    def resume(self, call: Call, *, at: datetime) -> None:
        """Let both talk again."""

    def mute(self, call: Call, *, on: bool, at: datetime) -> None:
        """Take the agent's voice off the line, or put it back, where a page cannot itself."""

    def press(self, call: Call, keys: str, *, at: datetime) -> None:
        """Send the tones of keys: digits, * and #."""

    def bring(self, call: Call, transfer: Transfer, *, at: datetime) -> None:
        """Let it ring at whoever takes a call over; `complete` follows when they are there."""

    def call_back(self, call: Call, transfer: Transfer, *, at: datetime) -> None:
        """Let it ring no more at who was to take the call over."""

    def record(self, recording: Recording, *, at: datetime) -> None:
        """Begin to record, where both agreed and no page does it itself."""

    def stop_recording(self, recording: Recording, *, at: datetime) -> None:
        """End what is recorded."""


@cache
def registered() -> Mapping[str, Way]:
    """Return every way that this installation has, by its Call.Way, in the order of choice."""
    return {key: import_string(path)() for key, path in settings.CALL_WAYS.items()}


def way_of(call: Call) -> Way:
    """Return the way of a call; by hand where its own is not there any more."""
    return registered().get(call.way) or registered()[HAND]


def ways_ready(whom: Callback | Reached, *, at: datetime) -> list[Way]:
    """Return by which ways a customer can be called now; by hand always."""
    return [way for way in registered().values() if _is_ready(way, whom, at)]


def troubles(*, at: datetime) -> list[str]:
    """Return in words why nobody can be called by ways that are set up."""
    spent = [_("The minutes of calls for this month are used up.")] * _is_spent(at)
    return [words for way in registered().values() if (words := way.trouble(at=at))] + spent


def way_for(whom: Callback | Reached, wanted: str, *, at: datetime) -> str:
    """Return the way by which a customer is called: the wanted one where it is ready, else by
    hand (ux.md 8.11)."""
    way = registered().get(wanted)
    return wanted if way and _is_ready(way, whom, at) else HAND


def _is_ready(way: Way, whom: Callback | Reached, at: datetime) -> bool:
    return way.is_ready(whom, at=at) and not (way.costs and _is_spent(at))


def _is_spent(at: datetime) -> bool:
    """Say whether the minutes of this month are used up."""
    most = settings.ANSWERABLE_CALL_MINUTES
    is_paid = any(way.costs for way in registered().values())
    return is_paid and 0 < most <= minutes_of_month(at)
