"""Hands a chat on, brings colleagues in, and lets them leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.channels.chat.actions.beginning import give_ticket
from answerable.channels.chat.actions.held import add_entry, hold_chat, keep
from answerable.channels.chat.models import Chat, ChatEntry, ChatGuest
from answerable.channels.chat.wire import tell_line
from answerable.tickets import actions as tickets
from answerable.tickets.actions import ReasonMissing
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent
from answerable.tickets.text import clean

Kind = ChatEntry.Kind
LONGEST_SENTENCE = 500


class NotInIt(Exception):
    """This agent is not in the chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """To whom a chat is handed on: to a colleague, or to the line for whoever has a skill.

    `team` is what that skill is called. The next agent and the customer both read `sentence`.
    """

    sentence: str
    to: Agent | None = None
    skill: str = ""
    team: str = ""


@transaction.atomic
def transfer(chat: Chat, onward: Onward, *, agent: Agent, at: datetime) -> ChatEntry:
    """Hand a chat on, and return its newest entry.

    In the line it keeps its place: it counts since the customer asked. Raises ReasonMissing,
    NotInIt or ChatOver.
    """
    held = hold_chat(chat)
    said, to = _sentence(onward.sentence), onward.to
    if held.agent_id != agent.pk:
        raise NotInIt
    name = to.name if to else onward.team
    data = {"to": name, "to_id": to.pk if to else None, "sentence": said}
    entry = add_entry(held, Kind.TRANSFERRED, at=at, agent=agent, data=data)
    told = {**data, "chat": held.pk, "skill": onward.skill}
    _record(held, Verb.CHAT_TRANSFERRED, agent, at, told)
    held.agent, held.skill = to, "" if to else onward.skill
    if to:
        _end_visit(held, to, at)
        entry = add_entry(held, Kind.JOINED, at=at, agent=to)
        give_ticket(held, to, at=at)
    else:
        _wait_again(held, at)
        tickets.assign(held.ticket, to=None, agent=agent, at=at)
    keep(held, "agent", "skill", "turn", "turn_since", "last_seq")
    tell_line()
    return entry


def _wait_again(chat: Chat, at: datetime) -> None:
    """Let a customer for whose words we waited wait for somebody to come."""
    if chat.turn != Chat.Side.AGENT:
        chat.turn, chat.turn_since = Chat.Side.AGENT, at


@transaction.atomic
def give_back(chat: Chat, *, at: datetime) -> Chat:
    """Put a chat back in the line whose agent is not there any more: nobody says why.

    Returns it; one that has no agent stays as it is. Raises ChatOver.
    """
    held = hold_chat(chat)
    agent = held.agent
    if agent is None:
        return held
    held.agent = None
    _wait_again(held, at)
    add_entry(held, Kind.LEFT, at=at, agent=agent)
    keep(held, "agent", "turn", "turn_since", "last_seq")
    tell_line()
    return held


@transaction.atomic
def invite(
    chat: Chat, *, agent: Agent, colleague: Agent, sentence: str, at: datetime
) -> ChatEntry:
    """Bring a colleague into a chat; the customer reads who comes, and why.

    Invited again, it is the entry that is there. Raises ReasonMissing, NotInIt or ChatOver.
    """
    held = hold_chat(chat)
    said = _sentence(sentence)
    if held.agent_id != agent.pk:
        raise NotInIt
    guest, is_new = ChatGuest.objects.get_or_create(
        chat=held, agent=colleague, left_at=None, defaults={"by": agent, "at": at}
    )
    before = held.entries.filter(kind=Kind.INVITED, data__to_id=guest.agent_id)
    if not is_new and (there := before.order_by("-seq").first()):
        return there
    data = {"to": colleague.name, "to_id": colleague.pk, "sentence": said}
    entry = add_entry(held, Kind.INVITED, at=at, agent=agent, data=data)
    _record(held, Verb.CHAT_JOINED, agent, at, {**data, "chat": held.pk})
    keep(held, "last_seq")
    return entry


@transaction.atomic
def join(chat: Chat, *, agent: Agent, at: datetime) -> Chat:
    """Let a colleague who was brought in come; the customer reads it once.

    Raises NotInIt for who was not, or ChatOver.
    """
    held = hold_chat(chat)
    guest = ChatGuest.objects.filter(chat=held, agent=agent, left_at=None).first()
    if guest is None:
        raise NotInIt
    if guest.joined_at is None:
        guest.joined_at = at
        guest.save(update_fields=["joined_at"])
        add_entry(held, Kind.JOINED, at=at, agent=agent)
        keep(held, "last_seq")
    return held


@transaction.atomic
def leave(chat: Chat, *, agent: Agent, at: datetime) -> Chat:
    """Let a colleague who was brought in go. Raises NotInIt for who is not, or ChatOver."""
    held = hold_chat(chat)
    if not _end_visit(held, agent, at):
        raise NotInIt
    add_entry(held, Kind.LEFT, at=at, agent=agent)
    keep(held, "last_seq")
    return held


def _end_visit(chat: Chat, agent: Agent, at: datetime) -> bool:
    inside = ChatGuest.objects.filter(chat=chat, agent=agent, left_at=None)
    return inside.update(left_at=at) > 0


def _sentence(text: str) -> str:
    said = " ".join(clean(text).split())[:LONGEST_SENTENCE]
    if not said:
        raise ReasonMissing
    return said


def _record(chat: Chat, verb: Verb, agent: Agent, at: datetime, data: dict[str, Any]) -> None:
    record(TicketEvent(ticket=chat.ticket, verb=verb, agent=agent, at=at, data=data))
