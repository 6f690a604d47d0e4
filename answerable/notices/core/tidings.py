"""What customers may be told beside mail, and by which ways. Pure.

All is quiet until somebody chooses otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType


class Matter(StrEnum):
    """What a tiding is about, as a customer's person chooses it."""

    REPLY = "reply"
    LATE = "late"
    CHANGED = "changed"
    TALK = "talk"


class TidingWay(StrEnum):
    """How a tiding goes out."""

    PUSH = "push"
    TEXT = "text"


# By the verbs of a ticket's log. Which of a promise's lines count, `matter_of` says.
MATTERS: Mapping[str, Matter] = MappingProxyType(
    {
        "answered": Matter.REPLY,
        "left": Matter.REPLY,
        "clock_missed": Matter.LATE,
        "clock_retargeted": Matter.CHANGED,
        "clock_moved": Matter.CHANGED,
        "severity_changed": Matter.CHANGED,
        "claim_confirmed": Matter.CHANGED,
        "endorsed": Matter.CHANGED,
        "call_begun": Matter.TALK,
        "call_attempted": Matter.TALK,
        "call_given_up": Matter.TALK,
        "chat_picked_up": Matter.TALK,
    }
)
ABOUT_CLOCKS = frozenset({"clock_missed", "clock_retargeted", "clock_moved"})
REPLIES = frozenset({"first_response", "next_response"})
# A call that came an hour ago is no news; what was decided is, for a day.
FRESH: Mapping[Matter, timedelta] = MappingProxyType(
    {
        Matter.REPLY: timedelta(days=1),
        Matter.LATE: timedelta(days=1),
        Matter.CHANGED: timedelta(days=1),
        Matter.TALK: timedelta(minutes=3),
    }
)
# Text messages cost the vendor money, and their reader peace.
MOST_TEXTS, TEXTS_WITHIN = 6, timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wants:
    """What somebody chose to be told in their browsers, and by text message."""

    push: frozenset[Matter] = frozenset()
    text: frozenset[Matter] = frozenset()


NOTHING = Wants()


def matter_of(verb: str, data: Mapping[str, object]) -> Matter | None:
    """Return what a line of a log is to a customer; None where it is nothing to tell.

    Of promises it is the guarantees of replies; of calls those that we make; what is said in a
    chat is read there.
    """
    matter = MATTERS.get(verb)
    if verb in ABOUT_CLOCKS and not _is_guaranteed_reply(data):
        return None
    if verb == "call_begun" and data.get("inbound"):
        return None
    if verb == "call_attempted" and data.get("result") == "connected":
        return None
    return None if matter == Matter.REPLY and data.get("by") == "chat" else matter


def ways_for(
    matter: Matter, wants: Wants, *, is_critical: bool, can_text: bool, texted: int
) -> frozenset[TidingWay]:
    """Return by which ways somebody is told. Text messages come for business-critical requests
    (ux.md 6.5), to a confirmed number, and so many an hour at the most."""
    ways = {TidingWay.PUSH} if matter in wants.push else set()
    may_text = is_critical and can_text and texted < MOST_TEXTS
    return frozenset(ways | ({TidingWay.TEXT} if matter in wants.text and may_text else set()))


def is_fresh(matter: Matter, age: timedelta) -> bool:
    """Say whether what happened so long ago is still worth telling."""
    return age <= FRESH[matter]


def asks_to_stop(text: str) -> bool:
    """Say whether a text message ends ours: STOP and its like, in whatever case."""
    return _word(text) in STOPS


def asks_to_start(text: str) -> bool:
    """Say whether a text message lets ours come again."""
    return _word(text) in STARTS


# Those of the providers (Twilio, CTIA), and the German ones.
STOPS = frozenset(
    {
        *("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"),
        *("stopp", "ende", "abmelden", "beenden"),
    }
)
STARTS = frozenset({"start", "unstop", "yes"})


def _word(text: str) -> str:
    return text.strip().strip(".!\"'").casefold()


def _is_guaranteed_reply(data: Mapping[str, object]) -> bool:
    return data.get("metric", "first_response") in REPLIES and data.get("kind") == "guarantee"
