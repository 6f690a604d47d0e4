"""Short ways to look at clocks in a test, and to let an agent's reply arrive."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from answerable.accounts.models import Agent, Contact
from answerable.routing.models import Notice
from answerable.sla.actions import wake_due
from answerable.sla.core.ledger import Entry, Outcome, State, Verb, fold
from answerable.sla.models import Clock
from answerable.tickets.actions import Sender, add_message, answer, change_claim, mark_delivered
from answerable.tickets.models import Message, Ticket

LATEST = 2**62  # The agent has seen everything.


def clock_of(ticket: Ticket) -> Clock:
    """Return the first-reply clock of a ticket."""
    return Clock.objects.get(ticket=ticket, metric=Clock.Metric.FIRST_RESPONSE)


def last_clock(ticket: Ticket, metric: str) -> Clock:
    """Return the clock of a metric that a ticket got last."""
    return Clock.objects.filter(ticket=ticket, metric=metric).order_by("-pk")[0]


def clocks_of(ticket: Ticket, metric: str) -> list[tuple[str, datetime]]:
    """Return how the clocks of a metric stand, and when each is due, in order."""
    clocks = Clock.objects.filter(ticket=ticket, metric=metric).order_by("pk")
    return [(clock.outcome, clock.due_at) for clock in clocks]


def wrote(ticket: Ticket, contact: Contact, *, at: datetime, body: str = "Still.") -> Message:
    """Let a contact write on a ticket."""
    return add_message(ticket, sender=Sender(contact=contact), body=body, at=at)


def triage_of(ticket: Ticket) -> Clock:
    """Return the clock of the decision on a ticket's claim."""
    return Clock.objects.get(ticket=ticket, metric=Clock.Metric.TRIAGE)


def lines(clock: Clock) -> list[str]:
    """Return what the ledger of a clock says, in order."""
    return list(clock.entries.order_by("pk").values_list("verb", flat=True))


def folded(clock: Clock) -> State:
    """Return what the ledger of a clock adds up to, but for where it stood still."""
    entries = clock.entries.order_by("pk")
    state = fold(
        Entry(Verb(entry.verb), entry.at, entry.due_at, entry.counts_from) for entry in entries
    )
    return replace(state, marks=())


def stored(clock: Clock) -> State:
    """Return what the columns of a clock say."""
    return State(
        Outcome(clock.outcome),
        clock.started_at,
        clock.due_at,
        clock.met_at,
        clock.missed_at,
        clock.answered_at,
        clock.paused_at,
        clock.counts_from,
    )


def replied(ticket: Ticket, agent: Agent, *, at: datetime) -> Message:
    """Let an agent reply, and the outgoing server accept the reply at that instant."""
    message = answer(ticket, agent=agent, body="Use the old export.", seen=LATEST, at=at)
    mark_delivered(message, at=at)
    return message


def changed(ticket: Ticket, agent: Agent, *, at: datetime) -> Message:
    """Let an agent change a claim to standard, and return the notice that says why."""
    claim = change_claim(
        ticket,
        agent=agent,
        reason="few",
        reason_says="One person or a small group is affected",
        words="Only your own export fails, so we work on it as a standard request.",
        at=at,
    )
    assert claim.notice
    return claim.notice


def told(ticket: Ticket) -> dict[int, set[str]]:
    """Return whom each step of the ladder told."""
    notices = Notice.objects.filter(ticket=ticket, event__verb="escalated")
    found: dict[int, set[str]] = {}
    for notice in notices.select_related("event", "agent"):
        found.setdefault(notice.event.data["percent"], set()).add(notice.agent.name)
    return found


def climb(at: datetime, *minutes: float) -> None:
    """Let the watch wake so many minutes after an instant."""
    for minute in minutes:
        wake_due(at=at + timedelta(minutes=minute))
