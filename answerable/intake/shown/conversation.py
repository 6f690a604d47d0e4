"""A request's conversation as its customer sees it: what was said, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from answerable.accounts.models import Contact
from answerable.entitlements.core.plan import Terms
from answerable.sla.actions.reclassifying import terms_held
from answerable.sla.models import Clock
from answerable.sla.words import about_words, metric_word, severity_in
from answerable.tickets.beside import attachments_of
from answerable.tickets.events import PUBLIC, Verb
from answerable.tickets.models import Attachment, Message, Ticket, TicketEvent

SPOKEN = {Verb.OPENED, Verb.WROTE, Verb.ANSWERED, Verb.NOTICED}
SEVERITY = Verb.SEVERITY_CHANGED
SEVERITIES = {SEVERITY, Verb.ANOTHER_LOOK_ANSWERED}
MARKED = {
    Verb.RESOLVED,
    Verb.REOPENED,
    Verb.CLAIM_MADE,
    Verb.CLAIM_CONFIRMED,
    Verb.MADE_PRIVATE,
    Verb.MADE_SHARED,
    Verb.NAMED,
    Verb.UNNAMED,
    Verb.CLOCK_MET,
    Verb.CLOCK_MISSED,
    Verb.CLOCK_RETARGETED,
    Verb.CLOCK_CORRECTED,
    Verb.CLOCK_PAUSED,
    Verb.CLOCK_RESUMED,
    Verb.CLOCK_REOPENED,
    Verb.CLOCK_ENDED,
    Verb.CLOCK_MOVED,
    Verb.ENDORSED,
    Verb.ENDORSEMENT_ASKED,
    Verb.ENDORSEMENT_DECLINED,
    Verb.SEVERITY_CHANGED,
    Verb.FACTS_CORRECTED,
    Verb.ANOTHER_LOOK_ASKED,
    Verb.ANOTHER_LOOK_ANSWERED,
    Verb.WORKAROUND_GIVEN,
    Verb.CALL_ASKED,
    Verb.CALL_ATTEMPTED,
    Verb.CALL_CONNECTED,
    Verb.CALL_CHANGED,
    Verb.CALL_CANCELLED,
    Verb.CALL_BEGUN,
    Verb.CALL_GIVEN_UP,
    Verb.CHAT_ASKED,
    Verb.CHAT_PICKED_UP,
    Verb.CHAT_LEFT,
    Verb.SPLIT,
    Verb.CONTINUED,
    Verb.EXCUSED,
    Verb.APPEAL_DECIDED,
    Verb.REDACTED,
    Verb.ENTERED,
}
CAME_OF_IT = {Verb.CLOCK_MET, Verb.CLOCK_MISSED, Verb.CLOCK_CORRECTED}


@dataclass(slots=True)
class Entry:
    """One line of a conversation: somebody's words, or a mark of what happened."""

    event: TicketEvent
    is_mine: bool
    new_day: date | None = None
    delivered_at: datetime | None = None
    facts: dict[str, datetime] = field(default_factory=dict)
    files: Sequence[Attachment] = ()
    terms: Terms | None = None

    @property
    def waited_for(self) -> str:
        """What a clock measured: “first reply”, “update”."""
        return metric_word(self.event.data.get("metric", Clock.Metric.FIRST_RESPONSE))

    @property
    def is_of_first_reply(self) -> bool:
        """Whether it is about the clock of the first reply."""
        metric = self.event.data.get("metric", Clock.Metric.FIRST_RESPONSE)
        return bool(metric == Clock.Metric.FIRST_RESPONSE)

    @property
    def about(self) -> str:
        """What a request is about since it was corrected: “Marketing, staging”."""
        return about_words(**self.event.data["to"])

    @property
    def asked(self) -> str:
        """Which colleagues were asked to confirm it: “Dana Wolf, Kim Park”."""
        return ", ".join(self.event.data.get("names", ()))

    @property
    def severity(self) -> str:
        """What its plan calls the severity that a request has since then."""
        return severity_in(self.terms, str(self.event.data.get("to", "")))

    @property
    def is_other_severity(self) -> bool:
        """Whether the severity is another since then."""
        return bool(self.event.data.get("from") != self.event.data.get("to"))

    @property
    def token(self) -> str:
        """What the page called it that sent it; "" for what came otherwise."""
        submission = getattr(self.message, "submission", None)
        return submission.token if submission and self.is_mine else ""

    @property
    def message(self) -> Message | None:
        """What was said, if anything was."""
        return self.event.message if self.event.verb in SPOKEN else None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything said and done, oldest first."""

    entries: list[Entry]

    @property
    def newest_of_others(self) -> Entry | None:
        """The newest message that somebody else wrote."""
        theirs = [entry for entry in self.entries if entry.message and not entry.is_mine]
        return theirs[-1] if theirs else None


def conversation_of(ticket: Ticket, reader: Contact, zone: tzinfo) -> Conversation:
    """Return a ticket's conversation for a contact who may see it.

    Two queries, and those for the words of its plan where a severity changed.
    """
    events = TicketEvent.objects.filter(ticket=ticket, verb__in=PUBLIC).order_by("pk")
    found = list(
        events.select_related(
            *("agent", "contact", "message__agent", "message__contact"),
            *("message__html_body", "message__submission"),
        ).defer("message__html_body__html")
    )
    named = any(event.verb in SEVERITIES for event in found)
    entries = list(_entries(found, reader, terms_held(ticket) if named else None))
    files = attachments_of([entry.message.pk for entry in entries if entry.message])
    for entry in entries:
        entry.files = files.get(entry.message.pk, ()) if entry.message else ()
    _mark_days(entries, zone)
    return Conversation(entries)


def _entries(
    events: Sequence[TicketEvent], reader: Contact, terms: Terms | None
) -> Iterator[Entry]:
    said: dict[int, Entry] = {}
    moved = {event.at for event in events if event.verb == Verb.CLOCK_RETARGETED}
    endorsed = {event.at for event in events if event.verb == Verb.ENDORSED}
    guaranteed = {event.at: event for event in events if _is_guaranteed(event)}
    for event in events:
        if event.verb == Verb.DELIVERED and event.message_id in said:
            said[event.message_id].delivered_at = event.at
        elif event.verb in SPOKEN and event.message and _is_seen(event.message):
            said[event.message.pk] = Entry(event, event.message.contact_id == reader.pk)
            yield said[event.message.pk]
        elif event.verb == Verb.CLOCK_RETARGETED and event.at in endorsed:
            continue  # The line of the endorsement says by when.
        elif _is_marked(event) and not (event.verb == SEVERITY and event.at in moved):
            told = guaranteed.get(event.at, event) if event.verb == Verb.ENDORSED else event
            mine, facts = event.contact_id == reader.pk, _instants(told)
            yield Entry(event, mine, facts=facts, terms=terms)


def _is_marked(event: TicketEvent) -> bool:
    if event.data.get("kind") == Clock.Kind.PROMISED:
        # Where it stands now is said beside the conversation; here is what came of it.
        return event.verb in CAME_OF_IT
    return event.verb in MARKED and event.data.get("kind") != Clock.Kind.INTERNAL


def _is_guaranteed(event: TicketEvent) -> bool:
    """Say whether a line made a guarantee of a promise, or began one."""
    moved = event.verb in {Verb.CLOCK_RETARGETED, Verb.CLOCK_STARTED}
    return moved and event.data.get("kind") == Clock.Kind.GUARANTEE


def _is_seen(message: Message) -> bool:
    """Say whether the customer sees a message: none that has not left, or was taken back."""
    return message.kind in Message.PUBLIC and message.leaves_at is None


def _instants(event: TicketEvent) -> dict[str, datetime]:
    named = {name: event.data.get(name) for name in ("due_at", "before")}
    return {name: datetime.fromisoformat(value) for name, value in named.items() if value}


def _mark_days(entries: list[Entry], zone: tzinfo) -> None:
    last: date | None = None
    for entry in entries:
        day = entry.event.at.astimezone(zone).date()
        if day != last:
            entry.new_day = last = day
