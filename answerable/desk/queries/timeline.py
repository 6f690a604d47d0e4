"""What was said and done on a ticket, a window of it at a time: five queries, or nine.

Where people chatted, each chat is one entry, which takes four more. What a window costs does
not depend on how long the conversation is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from answerable.channels.email.waiting import mails_of
from answerable.desk.marks import Mark, Told, mark_of, taken_back
from answerable.desk.queries.bounces import Sending, with_ways_on
from answerable.desk.queries.segments import Segment, has_chats, segments_of
from answerable.desk.queries.sides import SideView, sides_of
from answerable.desk.queries.window import LATEST, SPOKEN, Window, events_in
from answerable.routing.models import Notice
from answerable.sla.models import Clock
from answerable.tickets.beside import attachments_of
from answerable.tickets.events import Verb
from answerable.tickets.models import Attachment, Message, Ticket, TicketEvent

READ_WITH = (
    *("agent", "contact", "message__agent", "message__contact"),
    "message__html_body",
)
READ = (
    "ticket",
    "verb",
    "at",
    "data",
    "agent__name",
    "contact__name",
    "message__kind",
    "message__ticket",
    "message__sender",
    "message__body",
    "message__folded",
    "message__verified",
    "message__doubt",
    "message__forwarded_by",
    "message__delivered_at",
    "message__leaves_at",
    "message__written_at",
    "message__agent__name",
    "message__contact__name",
    "message__html_body__is_rich",
    "message__html_body__remote",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a message, or a mark. `day` is set on the first entry of a day in its window,
    `today` is its day."""

    id: int
    at: datetime
    message: Message | None
    mark: Mark | None
    day: date | None
    today: date
    sending: Sending | None = None
    files: Sequence[Attachment] = ()
    chat: Segment | None = None
    side: SideView | None = None
    may_split: bool = False
    is_clock: bool = False

    @property
    def kind(self) -> str:
        """message, reply, notice or note; chat or side; of what happened, mark."""
        if self.chat or self.side:
            return "chat" if self.chat else "side"
        return self.message.kind if self.message else "mark"

    @property
    def dom_id(self) -> str:
        """Its name in the page, and in addresses that lead to it."""
        return f"e{self.id}"

    @property
    def label_id(self) -> str:
        """The name of its head, which names it for screen readers."""
        return f"e{self.id}-head"

    @property
    def css(self) -> str:
        """Notes have a surface of their own, so that they are never taken for a reply."""
        if self.kind == Message.Kind.NOTE:
            return "entry entry--note"
        return "entry entry--ours" if self.is_ours else "entry"

    @property
    def is_ours(self) -> bool:
        """Whether somebody of the vendor wrote it."""
        return self.kind in {Message.Kind.REPLY, Message.Kind.NOTICE}


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries in the order in which they were recorded, and the last event there is.

    `earlier` and `later` are the events before and after which there are more, else None;
    `first` is the first event of the window, whether it has an entry or not.
    """

    entries: list[Entry]
    earlier: int | None
    later: int | None
    last: int
    first: int | None = None


@dataclass(frozen=True, slots=True)
class _Beside:
    """What belongs to messages, by message: how it is sent, and its files. And the chats, by
    when they were asked for."""

    sendings: Mapping[int, Sending]
    files: Mapping[int, Sequence[Attachment]]
    chats: Mapping[datetime, Segment]
    sides: Mapping[int, SideView]


def timeline_of(
    ticket: Ticket, clocks: Sequence[Clock], zone: tzinfo, window: Window = LATEST
) -> Timeline:
    """Return a window of a ticket's entries."""
    chatted = has_chats(ticket)
    found = events_in(ticket, window, READ_WITH, READ)
    shown = found.events
    asked = [event.at for event in shown if event.verb == Verb.CHAT_ASKED]
    chats = segments_of(ticket, asked) if chatted and asked else {}
    told = Told(
        zone=zone,
        clocks={clock.pk: clock for clock in clocks},
        names=_names_told(shown),
        reason=_reason(ticket),
    )
    beside = _beside(ticket, shown, chats)
    if not found.later:
        sendings = with_ways_on(beside.sendings, _ours(shown), ticket, clocks)
        beside = replace(beside, sendings=sendings)
    return Timeline(
        entries=_entries(shown, told, beside),
        first=shown[0].pk if shown else None,
        earlier=shown[0].pk if found.earlier else None,
        later=shown[-1].pk if found.later else None,
        last=_last(ticket, shown, is_sure=window == LATEST and not chatted),
    )


def _last(ticket: Ticket, shown: Sequence[TicketEvent], *, is_sure: bool) -> int:
    """Return the last event of a ticket; a chat's entry shows lines of its own."""
    if is_sure:
        return shown[-1].pk if shown else 0
    return ticket.events.order_by("-pk").values_list("pk", flat=True).first() or 0


def _reason(ticket: Ticket) -> str:
    return ticket.claim.reason_says if hasattr(ticket, "claim") else ""


def _files(events: Sequence[TicketEvent]) -> Mapping[int, Sequence[Attachment]]:
    return attachments_of([e.message_id for e in events if e.message_id and e.verb in SPOKEN])


def _names_told(events: Sequence[TicketEvent]) -> dict[int, list[str]]:
    climbed = [event.pk for event in events if event.verb == Verb.ESCALATED]
    names: dict[int, list[str]] = {}
    if climbed:
        notices = Notice.objects.filter(event__in=climbed).order_by("agent__name")
        for event, name in notices.values_list("event_id", "agent__name"):
            names.setdefault(event, []).append(name)
    return names


def _ours(events: Sequence[TicketEvent]) -> list[Message]:
    """Return what we sent of what is shown, in its order."""
    return [
        event.message
        for event in events
        if event.message and event.verb in SPOKEN
        if event.message.kind in {Message.Kind.REPLY, Message.Kind.NOTICE}
    ]


def _sendings(events: Sequence[TicketEvent]) -> dict[int, Sending]:
    """Return what is wrong with the mails of the messages that are shown, by message."""
    ours = {message.pk: message for message in _ours(events)}
    if not ours:
        return {}
    about = TicketEvent.objects.filter(verb__in=[Verb.UNDELIVERED, Verb.DELIVERED])
    found = about.filter(message__in=ours).order_by("pk")
    last = {
        message: (verb, data)
        for message, verb, data in found.values_list("message_id", "verb", "data")
    }
    wrong = {
        message: Sending(data["why"], to=data.get("to", ""))
        for message, (verb, data) in last.items()
        if verb == Verb.UNDELIVERED and message
    }
    on_the_way = [n for n in ours if n not in last and ours[n].leaves_at is None]
    for message, mail in (mails_of(on_the_way) if on_the_way else {}).items():
        wrong[message] = Sending(mail.last_error, mail.next_try_at)
    return wrong


def _beside(
    ticket: Ticket, events: Sequence[TicketEvent], chats: Mapping[datetime, Segment]
) -> _Beside:
    return _Beside(_sendings(events), _files(events), chats, sides_of(ticket))


def _entries(events: Sequence[TicketEvent], told: Told, beside: _Beside) -> list[Entry]:
    moved = {e.at for e in events if e.verb == Verb.CLOCK_RETARGETED}
    entries: list[Entry] = []
    for event in events:
        # The line of the moved clock says it with both due times.
        if event.verb == Verb.SEVERITY_CHANGED and event.at in moved:
            continue
        entry = _entry(event, told, beside, _day_before(entries, told.zone))
        if entry:
            entries.append(entry)
    return entries


def _day_before(entries: Sequence[Entry], zone: tzinfo) -> date | None:
    return entries[-1].at.astimezone(zone).date() if entries else None


def _entry(
    event: TicketEvent, told: Told, beside: _Beside, before: date | None
) -> Entry | None:
    spoken = event.message if event.verb in SPOKEN else None
    mark = None if spoken else mark_of(event, told)
    if spoken and spoken.kind == Message.Kind.TAKEN_BACK:
        spoken, mark = None, taken_back(event)
    if spoken is None and mark is None:
        return None
    today = event.at.astimezone(told.zone).date()
    return Entry(
        id=event.pk,
        at=event.at,
        message=spoken,
        mark=mark,
        day=today if today != before else None,
        today=today,
        sending=beside.sendings.get(spoken.pk) if spoken else None,
        files=beside.files.get(spoken.pk, ()) if spoken else (),
        chat=beside.chats.get(event.at) if event.verb == Verb.CHAT_ASKED else None,
        side=beside.sides.get(event.data["side"]) if event.verb == Verb.SIDE_OPENED else None,
        is_clock=event.verb.startswith("clock_"),
        may_split=event.verb == Verb.WROTE and spoken is not None,
    )
