"""The side conversations of a ticket: what was said, and what an agent has not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch

from answerable.accounts.models import Agent
from answerable.tickets.models import Attachment, SideMessage, SideThread, Ticket
from answerable.tickets.side_models import SideSeen

HAS_SIDES = Exists(SideThread.objects.filter(ticket=OuterRef("pk")))


@dataclass(frozen=True, slots=True)
class SideView:
    """A side conversation: who takes part, what was said, how much of it is unread."""

    thread: SideThread
    people: str
    messages: Sequence[SideMessage]
    unread: int = 0


def sides_of(ticket: Ticket, agent: Agent | None = None) -> dict[int, SideView]:
    """Return the side conversations of a ticket by number; no query where there is none."""
    if not getattr(ticket, "has_sides", True):
        return {}
    files = Attachment.objects.select_related("file").order_by("pk")
    said = SideMessage.objects.select_related("agent").order_by("pk")
    said = said.prefetch_related(Prefetch("attachments", queryset=files))
    threads = ticket.sides.prefetch_related("people", Prefetch("messages", queryset=said))
    seen = dict(
        SideSeen.objects.filter(thread__ticket=ticket, agent=agent).values_list(
            "thread", "message"
        )
        if agent
        else ()
    )
    return {one.pk: _view(one, seen.get(one.pk, 0), agent) for one in threads.order_by("pk")}


def _view(thread: SideThread, seen: int, agent: Agent | None) -> SideView:
    messages = list(thread.messages.all())
    theirs = [message for message in messages if message.agent_id is None]
    people = ", ".join(str(person) for person in thread.people.all())
    unread = sum(message.pk > seen for message in theirs) if agent else 0
    return SideView(thread, people, messages, unread)
