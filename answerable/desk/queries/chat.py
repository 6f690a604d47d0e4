"""One chat as an agent's page shows it: its entries, how it stands, and the notes beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from answerable.accounts.models import Agent
from answerable.channels.chat.models import Chat, ChatEntry, ChatGuest
from answerable.channels.chat.queries import entries_after
from answerable.channels.chat.reading import files_of
from answerable.channels.chat.shown import Address, entry_data, state_data
from answerable.design.files import files_html
from answerable.desk.words import first_name
from answerable.lib import times
from answerable.lib.ready import Given, Ready
from answerable.tickets.beside import attachments_of, file_views, said_html
from answerable.tickets.models import Message

MOST_ENTRIES = 2000
MOST_NOTES = 100
CHAT = Ready(
    lambda: Chat.objects.select_related("agent", "contact", "ticket").filter(key=Given("key"))
)
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChatPage:
    """A chat beside its ticket's page. `is_mine`: this agent is in it, and may write."""

    chat: Chat
    agent: Agent
    guest: ChatGuest | None
    left: str
    ended: str

    @property
    def is_mine(self) -> bool:
        """Whether this agent is the one who answers."""
        return self.chat.agent_id == self.agent.pk

    @property
    def is_inside(self) -> bool:
        """Whether this agent answers, or was brought in and came."""
        return self.is_mine or (self.guest is not None and self.guest.joined_at is not None)

    @property
    def may_join(self) -> bool:
        """Whether this agent was brought in, and has not come yet."""
        return self.guest is not None and not self.is_inside and not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.chat.ended_at is not None

    @property
    def may_write(self) -> bool:
        """Whether this agent writes in it now."""
        return self.is_inside and not self.is_over

    @property
    def may_take(self) -> bool:
        """Whether it waits for somebody of ours."""
        return self.chat.agent_id is None and not self.is_over

    @property
    def name(self) -> str:
        """What colleagues call the customer."""
        return first_name(self.chat.contact.name)

    @property
    def suggestion(self) -> str:
        """What to ask a customer who says nothing, in the language of the ticket."""
        with override(self.chat.ticket.language):
            return _("Are you still there, {name}?").format(name=self.name)


def chat_of(key: str) -> Chat:
    """Return the chat of an address, or the page that says there is none."""
    found = CHAT.first(key=key)
    if found is None:
        raise Http404
    return found


def chat_page(chat: Chat, agent: Agent, zone: tzinfo) -> ChatPage:
    """Return how a chat stands for an agent, with times as their wall shows them."""
    left, ended = chat.contact_left_at, chat.ended_at
    return ChatPage(
        chat=chat,
        agent=agent,
        guest=_guest(chat, agent),
        left=times.clock_time(left, zone) if left else "",
        ended=times.clock_time(ended, zone) if ended else "",
    )


def is_inside(chat: Chat, agent: Agent) -> bool:
    """Say whether an agent answers in a chat, or was brought in and came."""
    if chat.agent_id == agent.pk:
        return True
    guest = _guest(chat, agent)
    return guest is not None and guest.joined_at is not None


def _guest(chat: Chat, agent: Agent) -> ChatGuest | None:
    if chat.agent_id == agent.pk:
        return None
    return ChatGuest.objects.filter(chat=chat, agent=agent, left_at=None).first()


def chat_data(chat: Chat, agent: Agent) -> Data:
    """Return what the page's script begins with; its stream goes on from there."""
    entries = entries_after(chat, 0, most=MOST_ENTRIES)
    return {
        "entries": entries_data(chat, entries),
        "state": state_data(chat),
        "notes": notes_data(chat),
        "me": agent.name,
    }


def entries_data(chat: Chat, entries: Sequence[ChatEntry]) -> list[Data]:
    """Return entries as the desk shows them, with the addresses of their files there."""
    files, address = files_of(entries), address_in(chat)
    return [
        entry_data(one, Chat.Side.AGENT, files.get(one.message_id or 0, ()), address)
        for one in entries
    ]


def notes_data(chat: Chat) -> list[Data]:
    """Return the notes on the ticket since the chat was asked for; no customer sees them."""
    notes = Message.objects.filter(ticket=chat.ticket_id, kind=Message.Kind.NOTE)
    since = notes.filter(written_at__gte=chat.asked_at).select_related("agent")
    found = list(since.order_by("-pk")[:MOST_NOTES])[::-1]
    files = attachments_of([note.pk for note in found])
    address = address_in(chat)
    return [
        {
            "note": note.pk,
            "at": note.written_at.isoformat(),
            "name": note.author,
            "html": said_html(note) + files_html(file_views(files.get(note.pk, ()), address)),
        }
        for note in found
    ]


def address_in(chat: Chat) -> Address:
    """Return what makes the address of a file in a chat, as agents get it."""
    ticket = chat.ticket_id
    return lambda number: reverse("desk:file", args=[ticket, number])
