"""The clocks of a ticket with their ledgers, open for writing.

Every column of a clock is what its ledger adds up to: a line is folded onto the state, and the
columns follow. Whoever opens them holds the ticket, so nobody else writes meanwhile but the
watch, which the rows of the clocks keep out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from answerable.entitlements.core.plan import Metric, Target, Terms
from answerable.entitlements.core.promised import is_summary
from answerable.lib import zones
from answerable.lib.ready import Given, GivenNumbers, Ready
from answerable.sla.core.ledger import UNFINISHED, Entry, Outcome, State, Verb, fold
from answerable.sla.due import Due, due_of
from answerable.sla.models import Clock, ClockEntry
from answerable.tickets.events import Verb as TicketVerb
from answerable.tickets.models import TicketEvent

STATE = [
    "outcome",
    "due_at",
    "counts_from",
    "met_at",
    "missed_at",
    "answered_at",
    "paused_at",
    "wake_at",
]
DOCUMENT = "plan_version__document"
PROMISE = ["target", "kind", "allowance", "plan_version", "doubt"]
RUNS_ANEW = {Verb.RESUME, Verb.RETARGET, Verb.MOVE, Verb.REOPEN, Verb.PAUSE}
SAYS = {
    Verb.MEET: TicketVerb.CLOCK_MET,
    Verb.MISS: TicketVerb.CLOCK_MISSED,
    Verb.CORRECT: TicketVerb.CLOCK_CORRECTED,
    Verb.RETARGET: TicketVerb.CLOCK_RETARGETED,
    Verb.REOPEN: TicketVerb.CLOCK_REOPENED,
    Verb.VOID: TicketVerb.CLOCK_ENDED,
    Verb.DISMISS: TicketVerb.CLOCK_ENDED,
    Verb.SUPERSEDE: TicketVerb.CLOCK_ENDED,
}


@dataclass(slots=True)
class Book:
    """A clock, its ledger, and what that adds up to."""

    clock: Clock
    lines: list[ClockEntry]
    state: State
    new: list[ClockEntry] = field(default_factory=list)
    said: list[TicketEvent] = field(default_factory=list)
    is_told: bool = False  # when it wakes next was said

    @property
    def terms(self) -> Terms:
        """The terms that the clock pins."""
        return self.clock.plan_version.terms

    @property
    def begun_by(self) -> int | None:
        """The line of the ticket's log that started it."""
        return self.lines[0].event_id

    @property
    def last(self) -> ClockEntry:
        """The line that was written last."""
        return (self.new or self.lines)[-1]

    @property
    def is_unfinished(self) -> bool:
        """Whether it runs or is paused."""
        return self.state.outcome in UNFINISHED

    @property
    def is_awaited(self) -> bool:
        """Whether somebody still waits for what it measures."""
        is_late = self.state.outcome == Outcome.MISSED and self.state.answered_at is None
        return self.is_unfinished or is_late

    def due(self, target: str | None = None, counts_from: datetime | None = None) -> Due:
        """Return when a row would be due, counted from an instant: as it is, its own row."""
        return due_of(
            self.terms,
            target or self.clock.target,
            self.clock.metric,
            counts_from or self.state.counts_from or self.state.started_at,
            self.state.pauses,
        )

    def write(self, line: Entry, event: TicketEvent | None, at: datetime, **more: Any) -> None:
        """Write a line of the ledger, caused by a line of the ticket's log, and say it there.

        `at` is when this is recorded; `more` are `reason` and `data`. Raises BrokenLedger.
        """
        self.state = fold([line], self.state)
        if line.due_at and line.verb in RUNS_ANEW:
            more["data"] = {**more.get("data", {}), "zones": zones.database()}
        self.new.append(
            ClockEntry(
                clock=self.clock,
                verb=line.verb,
                at=line.at,
                recorded_at=at,
                due_at=line.due_at,
                counts_from=line.counts_from,
                agent=event.agent if event else None,
                event=event,
                **more,
            )
        )
        if line.verb in SAYS:
            self.said.append(self._told(line, event, more))

    def wake(self, at: datetime | None) -> None:
        """Let the clock wait for an instant: the end of its pause, or a step of its ladder."""
        self.clock.wake_at, self.is_told = at, True

    def promise(self, target: Target, **more: Any) -> None:
        """Let the clock be one of another row of its plan."""
        self.clock.target, self.clock.kind = target.key, target.kind
        self.clock.allowance = target.within
        for name, value in more.items():
            setattr(self.clock, name, value)

    def _told(
        self, line: Entry, event: TicketEvent | None, more: dict[str, Any]
    ) -> TicketEvent:
        data = clock_data(self.clock) | {"due_at": self.state.due_at.isoformat()}
        before = more.get("data", {}).get("before")
        told = {"reason": more.get("reason"), "before": before, "by": line.verb.value}
        if line.verb not in {Verb.RETARGET, Verb.VOID, Verb.DISMISS, Verb.SUPERSEDE}:
            told = {}
        return TicketEvent(
            ticket=self.clock.ticket,
            verb=SAYS[line.verb],
            agent=event.agent if event else None,
            at=line.at,
            data=data | {key: value for key, value in told.items() if value},
        )


def open_books(ticket: int, at: datetime, also: Q | None = None) -> list[Book]:
    """Return the clocks of a ticket that something at an instant may still concern, held.

    Those that run, are paused, or were missed and either not answered or due later than that;
    of tickets that were merged into it as well. `also` says which others.
    """
    if also in OPEN:
        return _with_ledgers(OPEN[also].all(ticket=ticket, at=at))
    return books_of(_concerned(ticket, at, also))


def books_of(clocks: QuerySet[Clock]) -> list[Book]:
    """Return clocks with their ledgers, held."""
    return _with_ledgers(list(_held(clocks)))


def books_read(clocks: QuerySet[Clock]) -> list[Book]:
    """Return clocks with their ledgers, to be read: nobody is kept from writing in them."""
    return _with_ledgers(list(clocks.select_related("plan_version", "ticket").order_by("pk")))


def _concerned(ticket: int | Given, at: datetime | Given, also: Q | None) -> QuerySet[Clock]:
    late = Q(outcome=Outcome.MISSED) & (Q(answered_at=None) | Q(due_at__gte=at))
    wanted = late | Q(outcome__in=UNFINISHED)
    return Clock.objects.of_ticket(ticket).filter(wanted | also if also else wanted)


def _opened(also: Q | None) -> QuerySet[Clock]:
    return _held(_concerned(Given("ticket"), Given("at"), also))


def _held(clocks: QuerySet[Clock]) -> QuerySet[Clock]:
    """Return clocks so that who reads them holds them. The terms of a version are known; its
    document, which is long, need not be fetched for that."""
    held = clocks.select_for_update(of=("self",), no_key=True)
    return held.select_related("plan_version", "ticket").defer(DOCUMENT).order_by("pk")


def _with_ledgers(held: Sequence[Clock]) -> list[Book]:
    if not held:
        return []
    lines: dict[int, list[ClockEntry]] = {clock.pk: [] for clock in held}
    for line in LEDGERS.all(clocks=list(lines)):
        lines[line.clock_id].append(line)
    return [Book(clock, lines[clock.pk], folded(lines[clock.pk])) for clock in held]


# A first reply that nobody waits for any more, until the customer writes again.
CLOSED = Q(metric=Metric.FIRST_RESPONSE.value, outcome=Outcome.VOID.value)
OPEN: Mapping[Q | None, Ready[Clock]] = {
    also: Ready(partial(_opened, also)) for also in (None, CLOSED)
}
LEDGERS = Ready(
    lambda: (
        ClockEntry.objects.filter(clock__in=GivenNumbers("clocks"))
        .select_related("event")
        .order_by("pk")
    )
)


def folded(lines: Iterable[ClockEntry]) -> State:
    """Return what lines of a ledger add up to. Raises BrokenLedger."""
    return fold(
        Entry(Verb(line.verb), line.at, line.due_at, line.counts_from) for line in lines
    )


def close_books(books: Sequence[Book]) -> list[TicketEvent]:
    """Store what was written, and return what the ticket's log is to say of it."""
    written = [book for book in books if book.new or book.is_told]
    if not written:
        return []
    ClockEntry.objects.bulk_create([line for book in written for line in book.new])
    # What ended first: of a metric no two may be unfinished at once.
    for book in sorted(written, key=lambda book: book.is_unfinished):
        store(book)
    told = [event for book in written for event in book.said]
    for book in written:
        book.lines, book.new, book.said = [*book.lines, *book.new], [], []
        book.is_told = False
    return told


def store(book: Book) -> None:
    """Let the columns of a clock be what its ledger adds up to."""
    clock, state = book.clock, book.state
    clock.outcome, clock.due_at, clock.counts_from = (
        state.outcome,
        state.due_at,
        state.counts_from,
    )
    clock.met_at, clock.missed_at, clock.answered_at = (
        state.met_at,
        state.missed_at,
        state.answered_at,
    )
    clock.paused_at = state.paused_at
    if not book.is_unfinished:
        clock.wake_at = None
        if book.new and state.answered_at:
            clock.steps.waiting().update(stopped_at=book.new[-1].at)
    elif not book.is_told and any(line.verb in RUNS_ANEW for line in book.new):
        clock.wake_at = state.due_at if state.outcome == Outcome.RUNNING else None
    clock.save(update_fields=[*STATE, *PROMISE])


def clock_data(clock: Clock) -> dict[str, object]:
    """Return what the ticket's log says of a clock."""
    return {
        "clock": clock.pk,
        "metric": str(clock.metric),
        "kind": str(clock.kind),
        "due_at": clock.due_at.isoformat(),
        "seconds": clock.allowance.total_seconds(),
        **({"summary": True} if is_summary(clock.target) else {}),
    }
