"""What the pages of a call from browser to browser say to us and to each other. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MOST_SAID, LONGEST_SAID = 60, 40_000


class Kind(StrEnum):
    """What a page says. The first two go on to the other page as they are."""

    DESCRIPTION = "description"
    CANDIDATE = "candidate"
    JOIN = "join"  # this page has the call now
    LEAVE = "leave"  # this page is closed
    STATE = "state"  # whether it is muted, and the like
    CONNECTED = "connected"  # sound flows
    LOST = "lost"  # it flows no more
    HOLD = "hold"
    RESUME = "resume"
    END = "end"
    REFUSE = "refuse"
    ASK_SCREEN = "ask_screen"
    NO_SCREEN = "no_screen"
    ASK_RECORDING = "ask_recording"
    ALLOW_RECORDING = "allow_recording"
    STOP_RECORDING = "stop_recording"


PASSED_ON = {Kind.DESCRIPTION, Kind.CANDIDATE, Kind.ASK_SCREEN, Kind.NO_SCREEN}
# What a page may say of itself, and of what kind each is.
STATES: Mapping[str, type] = {"microphone": str, "muted": bool, "sharing": bool, "quality": str}
OF_THE_AGENT = {Kind.HOLD, Kind.RESUME, Kind.ASK_SCREEN, Kind.ASK_RECORDING}
OF_THE_CONTACT = {Kind.REFUSE, Kind.NO_SCREEN, Kind.ALLOW_RECORDING}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a page says; its pages count what they say from 1."""

    number: int
    kind: Kind
    body: Mapping[str, Any]


class NotSaid(Exception):
    """What came is nothing that a page of ours says."""


def said_in(items: object) -> list[Said]:
    """Return what a page says, in its order. Raises NotSaid."""
    if not isinstance(items, list) or len(items) > MOST_SAID:
        raise NotSaid
    return sorted((_said(item) for item in items), key=lambda said: said.number)


def _said(item: object) -> Said:
    if not isinstance(item, dict):
        raise NotSaid
    number, kind, body = item.get("number"), item.get("kind"), item.get("body", {})
    if type(number) is not int or number < 1 or not isinstance(body, dict):
        raise NotSaid
    if not isinstance(kind, str) or kind not in set(Kind):
        raise NotSaid
    return Said(number, Kind(kind), body)


def may_say(side: str, kind: Kind) -> bool:
    """Say whether a side, "agent" or "contact", may say something of this kind."""
    return kind not in (OF_THE_CONTACT if side == "agent" else OF_THE_AGENT)


def states_in(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page says of itself, without anything else that it may have written."""
    return {
        name: value[:20] if isinstance(value, str) else value
        for name, value in body.items()
        if name in STATES and isinstance(value, STATES[name])
    }
