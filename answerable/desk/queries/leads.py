"""What leads are told at once: nobody is there for some work, or the line is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Agent
from answerable.channels.chat.models import Chat, LineClosing
from answerable.lib import times
from answerable.routing.models import Offer
from answerable.routing.queries import lacks_of
from answerable.routing.room import Room, room_for

Kind = Offer.Kind


@dataclass(frozen=True, slots=True)
class LeadCard:
    """Something that a lead must know, and whether they may close or open the line by it."""

    number: str
    words: str
    may_close: bool = False
    may_open: bool = False


def lead_cards(agent: Agent, at: datetime) -> list[LeadCard]:
    """Return what a lead or an administrator is told. Two queries where all is well."""
    if agent.role == Agent.Role.AGENT:
        return []
    closed = LineClosing.objects.filter(opened_at=None).select_related("closed_by").first()
    rooms = {kind: room_for(kind, at) for kind in lacks_of(agent)}
    lacking = {kind: room for kind, room in rooms.items() if room.waiting and not room.there}
    cards = [
        LeadCard(f"no-{kind}", _nobody(kind, room, at), kind == Kind.CHAT and not closed)
        for kind, room in lacking.items()
    ]
    return [*cards, _closed(closed)] if closed else cards


def _nobody(kind: str, room: Room, at: datetime) -> str:
    words: dict[str, Callable[[], str]] = {
        Kind.CHAT: lambda: _("No one can take chats."),
        Kind.CALLBACK: lambda: _("No one can make calls."),
        Kind.CALL: lambda: _("No one can answer calls."),
    }
    return f"{words[kind]()} {_waiting(kind, room.waiting, at)}"


def _waiting(kind: str, count: int, at: datetime) -> str:
    first = Chat.objects.waiting().first() if kind == Kind.CHAT else None
    if first is None:
        words = ngettext("{count} person waits.", "{count} people wait.", count)
        return words.format(count=count)
    longest = times.span((at - first.asked_at) // timedelta(seconds=1))
    words = ngettext(
        "{count} person waits, {longest}.", "{count} people wait, longest {longest}.", count
    )
    return words.format(count=count, longest=longest)


def _closed(closing: LineClosing) -> LeadCard:
    words = _("Chat is closed for new people, by {name}.")
    return LeadCard("line", words.format(name=closing.closed_by.name), may_open=True)
