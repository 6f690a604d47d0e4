"""How the reader of a page stands, for its foot: their status, and what they have in hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from answerable.accounts.models import Agent
from answerable.routing.core.being import Standing
from answerable.routing.core.room import CALL, CHAT, CRITICAL
from answerable.routing.models import Presence
from answerable.routing.queries_of_presence import (
    AgentStanding,
    HasRoom,
    standing_of,
    standings,
)

NAMES: dict[str, Promise] = {
    Standing.AVAILABLE: gettext_lazy("Available"),
    Standing.FINISHING: gettext_lazy("Finishing"),
    Standing.ON_CALL: gettext_lazy("On a call"),
    Standing.AWAY: gettext_lazy("Away"),
    Standing.OFFLINE: gettext_lazy("Offline"),
    Standing.LOST: gettext_lazy("Lost connection"),
}
OFF_DUTY = "off_duty"
HINTS: dict[str, Promise] = {
    Presence.Status.AVAILABLE: gettext_lazy(
        "You are offered chats, calls and critical tickets"
    ),
    Presence.Status.FINISHING: gettext_lazy("You keep your work, and are offered nothing new"),
    Presence.Status.AWAY: gettext_lazy("You are offered nothing for now"),
    Presence.Status.OFFLINE: gettext_lazy("You are done for today"),
}
SAID: dict[str, Promise] = {
    Presence.Status.AVAILABLE: gettext_lazy("You are available."),
    Presence.Status.FINISHING: gettext_lazy(
        "You are finishing. Nothing new is offered to you."
    ),
    Presence.Status.AWAY: gettext_lazy("You are away. Nothing is offered to you."),
    Presence.Status.OFFLINE: gettext_lazy("You are offline."),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A status that the reader may choose, what it means, and whether it is theirs."""

    key: str
    name: Promise
    hint: Promise
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Foot:
    """What the foot says: the status by its key and its name, what is in hand, and why nothing
    new is offered, where that is so."""

    key: str
    name: Promise | str
    in_hand: str
    note: str
    on_duty: bool
    is_paused: bool
    choices: list[Choice]


def foot_of(agent: Agent, at: datetime) -> Foot:
    """Return what the foot of a page says to its reader at an instant."""
    standing = standing_of(agent, at)
    key = _key(standing)
    return Foot(
        key=key,
        name=_name(key),
        in_hand=" · ".join(_in_hand(standing)),
        note=_note(standing),
        on_duty=standing.agent.on_duty,
        is_paused=standing.is_paused,
        choices=_choices(standing.chosen),
    )


def others_standing(agent: Agent, at: datetime) -> dict[int, str]:
    """Return how everybody else stands, in words, by their number: “Available · 1 of 3 chats”.

    About ten queries, however many there are.
    """
    others = Agent.objects.active().exclude(pk=agent.pk).values_list("pk", flat=True)
    return {one.agent.pk: _in_words(one) for one in standings(list(others), at)}


def _in_words(standing: AgentStanding) -> str:
    room = standing.rooms.get(CHAT)
    name = str(_name(_key(standing)))
    return f"{name} · {_chats(room)}" if room else name


def resting_foot(agent: Agent) -> Foot:
    """Return what the foot says until the page has told that it is open.

    One query, none if the agent was read with their presence.
    """
    found = _presence_of(agent)
    chosen = found.status if found else Presence.Status.OFFLINE
    is_paused = bool(found and found.is_paused)
    key = _shown_key(chosen, on_duty=agent.on_duty, is_paused=is_paused)
    return Foot(key, _name(key), "", "", agent.on_duty, is_paused, _choices(chosen))


def _presence_of(agent: Agent) -> Presence | None:
    try:
        return agent.presence
    except ObjectDoesNotExist:
        return None


def _key(standing: AgentStanding) -> str:
    """Return how somebody stands: who missed offers is finishing, whatever they chose."""
    on_duty = standing.agent.on_duty
    return _shown_key(standing.status, on_duty=on_duty, is_paused=standing.is_paused)


def _shown_key(status: str, *, on_duty: bool, is_paused: bool) -> str:
    if status != Standing.AVAILABLE:
        return status
    if not on_duty:
        return OFF_DUTY
    return Standing.FINISHING if is_paused else Standing.AVAILABLE


def _name(key: str) -> Promise | str:
    return _("Off duty") if key == OFF_DUTY else NAMES[key]


def _choices(chosen: str) -> list[Choice]:
    return [Choice(key, NAMES[key], HINTS[key], key == chosen) for key in HINTS]


def _in_hand(standing: AgentStanding) -> list[str]:
    """Return “2 of 3 chats”, “0 of 1 critical”; a call only while there is one."""
    rooms = standing.rooms
    words: dict[str, Callable[[HasRoom], str]] = {
        CHAT: _chats,
        CALL: _calls,
        CRITICAL: _critical,
    }
    shown = [kind for kind in words if kind in rooms and (kind != CALL or rooms[kind].has)]
    return [words[kind](rooms[kind]) for kind in shown]


def _chats(room: HasRoom) -> str:
    words = ngettext("{has} of {most} chat", "{has} of {most} chats", room.most)
    return words.format(has=room.has, most=room.most)


def _calls(room: HasRoom) -> str:
    words = ngettext("{has} of {most} call", "{has} of {most} calls", room.most)
    return words.format(has=room.has, most=room.most)


def _critical(room: HasRoom) -> str:
    return _("{has} of {most} critical").format(has=room.has, most=room.most)


def _note(standing: AgentStanding) -> str:
    """Return why somebody who is available is offered nothing, or no chats."""
    chats = standing.rooms.get(CHAT)
    if _key(standing) != Standing.AVAILABLE:
        return ""
    if not standing.in_hours:
        return _("Outside your hours: nothing is offered to you.")
    if chats and chats.has >= chats.most:
        words = _("You have {has} of {most} chats. New ones go to others.")
        return words.format(has=chats.has, most=chats.most)
    return ""
