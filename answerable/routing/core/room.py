"""How much an agent may have at once, and how much more. Pure."""

from __future__ import annotations

from collections.abc import Mapping

CHAT, CALLBACK, CALL, CRITICAL = "chat", "callback", "call", "critical"
HANDED = "handed"
CALLS = (CALLBACK, CALL, HANDED)
# Who has a critical ticket has one chat beside it at most (ux.md 8.9).
CHATS_BESIDE_CRITICAL = 1


def most_of(limits: Mapping[str, int], has: Mapping[str, int]) -> dict[str, int]:
    """Return how many of each kind somebody may have now, by what they have.

    `limits` and `has` count chats, calls and critical tickets: a call is one whoever dialled.
    """
    chats = limits[CHAT]
    if has.get(CRITICAL, 0):
        chats = min(chats, CHATS_BESIDE_CRITICAL)
    most = {CHAT: chats, CALL: limits[CALL], CRITICAL: limits[CRITICAL]}
    return {kind: number for kind, number in most.items() if number > 0}


def room_of(limits: Mapping[str, int], has: Mapping[str, int]) -> dict[str, int]:
    """Return how many more of each kind of offer somebody may have; a kind that they never
    have is not named."""
    room = {
        kind: max(0, most - has.get(kind, 0)) for kind, most in most_of(limits, has).items()
    }
    if CALL in room:
        room[CALLBACK] = room[HANDED] = room[CALL]
    return room
