"""Everything that happens to legs: they are dialled, heard of, and cut.

Whoever changes a leg of a call holds the call's row first, then the legs'. Nothing here speaks
to the provider but `dial`, `cut`, and what jobs call; those hold no row while they do.
"""

from __future__ import annotations

from answerable.channels.voice.twilio.actions.arriving import (
    MOST_TRIES,
    arrive,
    give_up_line,
    identify,
    queue_up,
)
from answerable.channels.voice.twilio.actions.dialling import dial
from answerable.channels.voice.twilio.actions.hearing import agree, hear, joined
from answerable.channels.voice.twilio.actions.ringing import (
    ring,
    ring_agent,
    ring_contact,
    ring_next,
)
from answerable.channels.voice.twilio.actions.steering import (
    announce_at_provider,
    cut,
    cut_at_provider,
    give_up,
    hold_at_provider,
    leave_message_at_provider,
    mute_at_provider,
    turn_away_at_provider,
)

__all__ = [
    "MOST_TRIES",
    "agree",
    "announce_at_provider",
    "arrive",
    "cut",
    "cut_at_provider",
    "dial",
    "give_up",
    "give_up_line",
    "hear",
    "hold_at_provider",
    "identify",
    "joined",
    "leave_message_at_provider",
    "mute_at_provider",
    "queue_up",
    "ring",
    "ring_agent",
    "ring_contact",
    "ring_next",
    "turn_away_at_provider",
]
