"""The column of chats: an agent's own, the line before them, and what each row shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Agent
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.channels.chat.reading import queue_at
from answerable.channels.chat.shown import estimate
from answerable.lib import times
from answerable.routing.core.room import CHAT, CRITICAL, most_of
from answerable.routing.models import QueueEntry
from answerable.routing.people import ability_of, limits_of
from answerable.tickets.models import Draft

MOST = 50


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A chat as its row shows it. `waits`: somebody waits for an answer of ours."""

    chat: Chat
    person: str
    account: str
    waits: bool
    said: str
    new: int
    last_line: str
    has_draft: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class ChatsList:
    """An agent's chats, who waits for them first and longest; and who waits for anybody."""

    mine: list[ChatRow]
    line: list[ChatRow]
    own: int
    room: int
    wait: str
    open: Chat | None

    @property
    def topics(self) -> str:
        """What a page that shows this listens to: tickets of its rows, and their accounts."""
        chats = [row.chat for row in (*self.mine, *self.line)]
        chats += [self.open] if self.open else []
        topics = {f"ticket-{chat.ticket_id}" for chat in chats}
        accounts = {chat.ticket.customer_id for chat in chats} - {None}
        return ",".join(sorted(topics | {f"account-{account}" for account in accounts}))


def waiting_for(agent: Agent) -> QuerySet[Chat]:
    """Return the chats in which somebody waits for this agent, the longest wait first."""
    mine = Chat.objects.open().filter(agent=agent)
    return mine.filter(turn=Chat.Side.AGENT).order_by("turn_since", "pk")


@dataclass(frozen=True, slots=True)
class Waiting:
    """In how many chats somebody waits for an agent, and the words for it."""

    count: int
    label: str


def waiting_count(agent: Agent) -> Waiting:
    """Return in how many chats somebody waits for this agent. One query."""
    count = waiting_for(agent).count()
    if not count:
        return Waiting(0, _("Chats"))
    words = ngettext(
        "Chats: {count} waits for you", "Chats: {count} wait for you", count
    ).format(count=count)
    return Waiting(count, words)


def next_chat(agent: Agent, after: str) -> Chat | None:
    """Return the chat that has waited longest for this agent; the one they come from (`after`)
    only where nobody else waits."""
    waiting = waiting_for(agent)
    return waiting.exclude(key=after).first() or waiting.first()


def chats_list(
    agent: Agent, *, at: datetime, zone: tzinfo, opened: Chat | None = None
) -> ChatsList:
    """Return the column of an agent. Five queries, however many wait."""
    # “agent” stands before “contact”: those who wait for us come first.
    shown = _shown(Chat.objects.of_agent(agent), agent)
    mine = list(shown.order_by("turn", "turn_since", "pk")[:MOST])
    line = _shown(Chat.objects.waiting(), agent)
    own = sum(chat.agent_id == agent.pk for chat in mine)
    key = opened.key if opened else ""
    return ChatsList(
        mine=[_row(chat, key, zone) for chat in mine],
        line=[_row(chat, key, zone) for chat in line[:MOST]],
        own=own,
        room=_room(agent, own),
        wait=estimate(queue_at(at).usual),
        open=opened,
    )


def _room(agent: Agent, own: int) -> int:
    """Return how many chats an agent may have now: fewer beside a critical ticket."""
    now = QueueEntry.objects.filter(assignee=agent, band=QueueEntry.Band.NOW)
    has = {CHAT: own, CRITICAL: now.count()}
    return most_of(limits_of(ability_of(agent)), has).get(CHAT, 0)


def _shown(chats: QuerySet[Chat], agent: Agent) -> QuerySet[Chat]:
    drafts = Draft.objects.filter(ticket=OuterRef("ticket"), agent=agent, mode="reply")
    unseen = ChatEntry.objects.filter(chat=OuterRef("pk"), seq__gt=OuterRef("agent_seen"))
    theirs = unseen.filter(contact__isnull=False, message__isnull=False).order_by()
    new = theirs.values("chat").annotate(count=Count("pk")).values("count")
    return chats.select_related("ticket__customer", "contact", "agent").annotate(
        has_draft=Exists(drafts), new=Subquery(new)
    )


def _row(chat: Chat, opened: str, zone: tzinfo) -> ChatRow:
    customer = chat.ticket.customer
    waits = chat.turn == Chat.Side.AGENT
    since = times.clock_time(chat.turn_since, zone)
    return ChatRow(
        chat=chat,
        person=chat.contact.name,
        account=customer.name if customer else "",
        waits=waits,
        said="" if waits else _("you replied {time}").format(time=since),
        new=getattr(chat, "new", None) or 0,
        last_line=chat.ticket.last_line,
        has_draft=bool(getattr(chat, "has_draft", False)),
        is_open=chat.key == opened,
    )
