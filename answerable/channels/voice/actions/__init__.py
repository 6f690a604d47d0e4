"""Everything that happens to a call.

Each action holds the call's row. What a side or a provider tells twice is told once.
"""

from __future__ import annotations

from answerable.channels.voice.actions.beginning import AlreadyCalled, InCall, begin_call
from answerable.channels.voice.actions.ending import end_call
from answerable.channels.voice.actions.following import follow
from answerable.channels.voice.actions.steering import (
    hang_up,
    hold_call,
    mute_call,
    press_keys,
    resume_call,
)

__all__ = [
    "AlreadyCalled",
    "InCall",
    "begin_call",
    "end_call",
    "follow",
    "hang_up",
    "hold_call",
    "mute_call",
    "press_keys",
    "resume_call",
]
