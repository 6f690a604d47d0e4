"""Writes who is not there any more: their last page was closed, or their connection is lost.

What rang at them goes on at once; what somebody waits for goes back to the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from answerable.accounts.models import Agent
from answerable.channels.chat.actions import ChatOver
from answerable.channels.chat.actions import give_back as put_in_line
from answerable.channels.chat.models import Chat
from answerable.channels.voice.actions import give_back_call
from answerable.channels.voice.models import Call
from answerable.live.events import Changed, publish
from answerable.routing.actions.ringing import withdraw_from
from answerable.routing.actions.wire import wake_routing
from answerable.routing.core.being import GIVES_BACK_AFTER, LOST_AFTER, OFFLINE_AFTER
from answerable.routing.core.reach import ALWAYS, Reach, has_closed, is_given_up
from answerable.routing.models import OpenPage, Presence, QueueEntry
from answerable.sla.models import Clock
from answerable.tickets.actions import give_back
from answerable.tickets.models import Ticket

PAGES = Exists(OpenPage.objects.filter(agent=OuterRef("agent")))
# A page that fell silent is forgotten after this; another one of its agent may be open.
FORGOTTEN_AFTER = GIVES_BACK_AFTER


@transaction.atomic
def note_lost(*, at: datetime) -> int:
    """Note whose pages fell silent without being closed, and return how many agents they are.
    Offers to them stop at once."""
    silent = Presence.objects.filter(
        PAGES, heard_at__isnull=False, heard_at__lt=at - LOST_AFTER, lost_at=None
    )
    lost = [presence.pk for presence in _held(silent)]
    if lost:
        Presence.objects.filter(pk__in=lost).update(lost_at=F("heard_at"))
        withdraw_from(lost, at=at)
        _return_callers(lost, at)
        _tell(lost)
    return len(lost)


@transaction.atomic
def note_gone(*, at: datetime, reach: Reach = ALWAYS) -> int:
    """Note who closed their last page a minute ago, and who is lost for two minutes; return
    how many they are.

    The chats of both go back to the line. Of who is lost so do the tickets whose promise runs:
    nobody knows whether they come back. Who closed their pages keeps those, as over night.
    What counts is for how long they could have been heard (core/reach.py).
    """
    closed = [
        one
        for one in _held(
            Presence.objects.filter(~PAGES, heard_at__lt=at - OFFLINE_AFTER, lost_at=None)
        )
        if one.heard_at and has_closed(one.heard_at, reach, at)
    ]
    lost = [
        one
        for one in _held(
            Presence.objects.filter(heard_at__isnull=False, lost_at__lt=at - GIVES_BACK_AFTER)
        )
        if one.lost_at and is_given_up(one.lost_at, reach, at)
    ]
    gone = [presence.agent for presence in (*closed, *lost)]
    if gone:
        numbers = [agent.pk for agent in gone]
        OpenPage.objects.filter(agent__in=numbers).delete()
        Presence.objects.filter(pk__in=numbers).update(heard_at=None)
        withdraw_from(numbers, at=at)
        _return_chats(numbers, at)
        _tell(numbers)
    for presence in lost:
        _return_tickets(presence.agent, at)
    OpenPage.objects.filter(heard_at__lt=at - FORGOTTEN_AFTER).exclude(
        agent__presence__heard_at__lt=at - LOST_AFTER
    ).delete()
    return len(gone)


def _held(presences: QuerySet[Presence]) -> Sequence[Presence]:
    rows = presences.select_for_update(of=("self",), skip_locked=True, no_key=True)
    return list(rows.select_related("agent").order_by("pk"))


def _return_callers(agents: Sequence[int], at: datetime) -> None:
    """Let callers wait for somebody else whom these agents took and do not talk to yet."""
    ringing = Call.objects.going_on().filter(is_inbound=True, connected_at=None)
    for call in ringing.filter(agent__in=agents).order_by("pk"):
        give_back_call(call, at=at)


def _return_chats(agents: Sequence[int], at: datetime) -> None:
    """Put the chats of agents back in the line: somebody waits in each."""
    for chat in Chat.objects.open().filter(agent__in=agents).order_by("pk"):
        with suppress(ChatOver):
            put_in_line(chat, at=at)


def _return_tickets(agent: Agent, at: datetime) -> None:
    """Put the tickets of an agent whose promise runs back into the queue."""
    theirs = QueueEntry.objects.filter(
        assignee=agent, band__lt=QueueEntry.Band.WAITING, kind=Clock.Kind.GUARANTEE
    )
    for ticket in Ticket.objects.filter(queue_entry__in=theirs).order_by("pk"):
        give_back(ticket, agent=agent, at=at)


def _tell(agents: Sequence[int]) -> None:
    publish(Changed("crew-all"), *(Changed(f"notices-{number}") for number in agents))
    wake_routing()
