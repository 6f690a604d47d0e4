"""Everything that happens to a call.

Each action holds the call's row. What a side or a provider tells twice is told once.
"""

from __future__ import annotations

from answerable.channels.voice.actions.beginning import (
    AlreadyCalled,
    InCall,
    NoNumber,
    begin_call,
    call_requester,
)
from answerable.channels.voice.actions.calling_off import call_off
from answerable.channels.voice.actions.consenting import consent, stop_recording
from answerable.channels.voice.actions.ending import end_call
from answerable.channels.voice.actions.following import follow
from answerable.channels.voice.actions.handing import (
    NotInCall,
    Onward,
    complete,
    end_late_transfers,
    hand_on,
    keep_call,
    take_over,
)
from answerable.channels.voice.actions.identifying import TooManyTries, identify_caller
from answerable.channels.voice.actions.noting import be_ready, note_call, remind_of_summaries
from answerable.channels.voice.actions.steering import (
    hang_up,
    hold_call,
    mute_call,
    press_keys,
    resume_call,
)
from answerable.channels.voice.actions.taking import (
    Caller,
    give_back_call,
    receive_call,
    take_call,
)
from answerable.channels.voice.core.states import News

__all__ = [
    "AlreadyCalled",
    "Caller",
    "InCall",
    "News",
    "NoNumber",
    "NotInCall",
    "Onward",
    "TooManyTries",
    "be_ready",
    "begin_call",
    "call_off",
    "call_requester",
    "complete",
    "consent",
    "end_call",
    "end_late_transfers",
    "follow",
    "give_back_call",
    "hand_on",
    "hang_up",
    "hold_call",
    "identify_caller",
    "keep_call",
    "mute_call",
    "note_call",
    "press_keys",
    "receive_call",
    "remind_of_summaries",
    "resume_call",
    "stop_recording",
    "take_call",
    "take_over",
]
