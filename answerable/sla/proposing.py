"""By when the next update would be promised, and what is promised already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from answerable.entitlements.core.plan import Metric, Target, Terms
from answerable.entitlements.core.promised import promised_length
from answerable.sla.core.hours import Always, NeverOpen
from answerable.sla.core.proposing import even
from answerable.sla.due import calendar_for, due_of
from answerable.sla.judging import judged_again, pinned_by, row_of
from answerable.sla.models import Clock
from answerable.tickets.models import Ticket

# Where nothing is promised of a first reply either.
USUAL = timedelta(hours=4)
UPDATES = (Metric.STATUS_UPDATE.value, Metric.PROMISED_UPDATE.value)


def promised_on(ticket: Ticket) -> Clock | None:
    """Return the update that an agent promised and that is still to come, or None."""
    running = Clock.objects.of_ticket(ticket.pk).unfinished()
    return running.filter(metric=Metric.PROMISED_UPDATE).first()


def next_update(clocks: Sequence[Clock]) -> Clock | None:
    """Return which of a ticket's clocks says when its customer hears from us next: the promise
    of an update, the plan's or an agent's, that is due first; or None."""
    awaited = [
        clock for clock in clocks if clock.metric in UPDATES and clock.answered_at is None
    ]
    return min(awaited, key=lambda clock: (clock.due_at, clock.pk), default=None)


def proposed_update(ticket: Ticket, severity: str, at: datetime) -> datetime | None:
    """Return by when the next update would be promised on a ticket of a severity, or None where
    its customer has no plan.

    It is as soon as the plan promises updates; where it promises none, as soon as it promises a
    first reply, since whoever waits that long for one waits no longer for news.
    """
    pinned = pinned_by(ticket.pk)
    if pinned is None or pinned.terms is None:
        return None
    terms = pinned.terms
    verdict = judged_again(pinned.decision, terms, ticket, severity)
    row = row_of(verdict, Metric.STATUS_UPDATE) or verdict.target
    return even(_due(terms, row, at), at)


def _due(terms: Terms, row: Target | None, at: datetime) -> datetime:
    due = due_of(terms, row.key, row.metric, at) if row else None
    return due.at if due and not due.doubt and due.at > at else at + USUAL


def summary_due(terms: Terms, ticket: int, ended: datetime) -> datetime:
    """Return by when a summary of a call is written, as its plan says: so much later on the
    calendar of the ticket's newest promise; in real time where that has none.

    Raises TypeError unless the plan promises summaries.
    """
    within = terms.calls.summary_within
    if within is None:
        raise TypeError("The plan promises no summary.")
    clocks = Clock.objects.filter(ticket=ticket).exclude(metric=Metric.PROMISED_UPDATE)
    newest = clocks.order_by("-pk").values_list("target", flat=True).first()
    try:
        calendar = calendar_for(terms, newest) if newest else Always()
        due_at = calendar.due(ended, within)
    except (NeverOpen, KeyError, OverflowError, ValueError):
        due_at = ended + within
    return even(due_at, ended)


def is_by_agent(clock: Clock) -> bool:
    """Say whether an agent promised it by their own word."""
    return promised_length(clock.target) is not None
