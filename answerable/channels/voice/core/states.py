"""How a call goes on: from which state to which, by what. Pure.

A provider's news arrives late, twice and out of order: what does not lead on from where a call
stands changes nothing, and an ended call stays ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where a call stands (voice.models.Call.State)."""

    RINGING = "ringing"
    CONNECTED = "connected"
    HELD = "held"
    LOST = "lost"
    ENDED = "ended"


class News(StrEnum):
    """What a side or the provider tells of a call."""

    ANSWERED = "answered"
    HELD = "held"
    RESUMED = "resumed"
    LOST = "lost"
    BACK = "back"
    ENDED = "ended"


LEADS: Mapping[State, Mapping[News, State]] = MappingProxyType(
    {
        State.RINGING: {News.ANSWERED: State.CONNECTED, News.ENDED: State.ENDED},
        State.CONNECTED: {
            News.HELD: State.HELD,
            News.LOST: State.LOST,
            News.ENDED: State.ENDED,
        },
        State.HELD: {
            News.RESUMED: State.CONNECTED,
            News.LOST: State.LOST,
            News.ENDED: State.ENDED,
        },
        State.LOST: {News.BACK: State.CONNECTED, News.ENDED: State.ENDED},
        State.ENDED: {},
    }
)


def after(state: str, news: str) -> State | None:
    """Return where a call stands after news, None where the news leads nowhere from there."""
    return LEADS[State(state)].get(News(news))
