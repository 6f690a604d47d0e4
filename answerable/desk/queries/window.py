"""Windows of a conversation: which of its events are read, and where they stand among all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from answerable.desk.marks import WORDS
from answerable.desk.queries.segments import has_chats
from answerable.tickets.events import Verb
from answerable.tickets.models import Ticket, TicketEvent

MOST = 50
AROUND = MOST // 2
SPOKEN = (Verb.OPENED, Verb.WROTE, Verb.ANSWERED, Verb.NOTICED, Verb.NOTED)


class Show(StrEnum):
    """Which entries are shown: all, or those of one sort."""

    ALL = "all"
    MESSAGES = "messages"
    NOTES = "notes"
    CLOCK = "clock"


SHOWN: dict[Show, Q] = {
    Show.ALL: Q(verb__in=[*SPOKEN, *WORDS]),
    Show.MESSAGES: Q(verb__in=[*SPOKEN[:-1], Verb.CHAT_ASKED]),
    Show.NOTES: Q(verb=Verb.NOTED),
    Show.CLOCK: Q(verb__in=[verb for verb in WORDS if verb.startswith("clock_")]),
}


@dataclass(frozen=True, slots=True)
class Window:
    """Which entries are asked for: the latest, or those before, after or around an event."""

    before: int | None = None
    after: int | None = None
    around: int | None = None
    show: Show = Show.ALL


LATEST = Window()


@dataclass(frozen=True, slots=True)
class Found:
    """The events of a window, and whether there are more on either side."""

    events: Sequence[TicketEvent]
    earlier: bool = False
    later: bool = False


def events_in(
    ticket: Ticket, window: Window, read_with: Sequence[str], fields: Sequence[str]
) -> Found:
    """Return the events of a window, each with what is read along with it. One query, or two
    for a window around an event."""
    events = shown_events(ticket, window.show)
    return _found(events.select_related(*read_with).only(*fields), window)


def places(ticket: Ticket, first: int, show: Show = Show.ALL) -> tuple[int, int]:
    """Return how many entries a conversation has, and how many of them are before an event.

    A page asks for it once it is there: this alone takes longer in a longer conversation.
    """
    counted = shown_events(ticket, show).aggregate(
        all=Count("pk"), above=Count("pk", filter=Q(pk__lt=first))
    )
    return counted["all"], counted["above"]


def event_of_day(ticket: Ticket, start: datetime, show: Show = Show.ALL) -> int | None:
    """Return the first entry of a sort at an instant or after it, else the last one."""
    events = shown_events(ticket, show).order_by("at", "pk").values_list("pk", flat=True)
    return events.filter(at__gte=start).first() or events.last()


def shown_events(ticket: Ticket, show: Show) -> QuerySet[TicketEvent]:
    """Return the events that have entries, of one sort or of all."""
    events = ticket.events.filter(SHOWN[show])
    # The entry of the chat has the lines of a chat.
    return events.exclude(data__contains={"by": "chat"}) if has_chats(ticket) else events


def _found(events: QuerySet[TicketEvent], window: Window) -> Found:
    if window.around is not None:
        above = list(events.filter(pk__lte=window.around).order_by("-pk")[: AROUND + 1])
        below = list(events.filter(pk__gt=window.around).order_by("pk")[: AROUND + 1])
        both = [*above[:AROUND][::-1], *below[:AROUND]]
        return Found(both, bool(both) and len(above) > AROUND, len(below) > AROUND)
    if window.after is not None:
        following = list(events.filter(pk__gt=window.after).order_by("pk")[: MOST + 1])
        has_earlier = bool(following) and window.after > 0
        return Found(following[:MOST], has_earlier, len(following) > MOST)
    if window.before is not None:
        events = events.filter(pk__lt=window.before)
    latest = list(events.order_by("-pk")[: MOST + 1])
    has_later = bool(latest) and window.before is not None
    return Found(latest[:MOST][::-1], len(latest) > MOST, has_later)
