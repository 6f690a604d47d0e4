"""The clocks of a ticket as its page shows them: one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from answerable.entitlements.core.plan import CalendarTerms
from answerable.lib import times
from answerable.routing.core.order import Running, State, act_by, state_of, turns_at
from answerable.sla.core.ledger import Outcome
from answerable.sla.core.metrics import MEASURES
from answerable.sla.due import calendar_terms, opening_of
from answerable.sla.models import Clock
from answerable.sla.words import metric_word
from answerable.tickets.models import Ticket

MOST = 60
GONE = [Outcome.VOID, Outcome.SUPERSEDED]


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock: its chip, its due time in words with the zone, and what it measures."""

    clock: Clock
    state: str
    due_at: datetime
    at: datetime | None
    turns_at: datetime | None
    due: str
    said: str

    @property
    def is_first_reply(self) -> bool:
        """Whether it is the one that the customer waits for."""
        return self.clock.metric == Clock.Metric.FIRST_RESPONSE

    @property
    def is_decision(self) -> bool:
        """Whether it is the one of the decision on a claim."""
        return self.clock.metric == Clock.Metric.TRIAGE


def clocks_of(ticket: Ticket) -> list[Clock]:
    """Return the clocks of a ticket with their plans: those that are not over, and of the
    others the last of each metric."""
    clocks = Clock.objects.of_ticket(ticket.pk).exclude(outcome__in=GONE)
    found = list(clocks.select_related("plan_version").order_by("-pk")[:MOST])
    for clock in found:
        if clock.ticket_id == ticket.pk:
            clock.ticket = ticket  # Only of what was merged into it is another ticket read.
    over: set[str] = set()
    shown = []
    for clock in found:
        if not _is_over(clock) or clock.metric not in over:
            shown.append(clock)
        over |= {clock.metric} if _is_over(clock) else set()
    return sorted(shown, key=lambda clock: clock.due_at)


def _is_over(clock: Clock) -> bool:
    return clock.answered_at is not None


def clock_views(clocks: Iterable[Clock], at: datetime, zone: tzinfo) -> list[ClockView]:
    """Return what is shown of the clocks: those that run first, the nearest before the rest."""
    views = [_view(clock, at, zone) for clock in clocks]
    return sorted(views, key=lambda view: (view.clock.answered_at is not None, view.due_at))


def due_words(
    instant: datetime, calendar: CalendarTerms | None, at: datetime, zone: tzinfo
) -> str:
    """Return a due time as this reader needs it: “15:10 (14:10 London)”, or “Mon 09:00”.

    The contract's zone comes first where the reader's wall shows another time; a clock that
    runs around the clock has no zone of its own.
    """
    held = zone if calendar is None or calendar.always else ZoneInfo(calendar.zone)
    if instant.astimezone(held).date() != at.astimezone(held).date():
        return times.moment(instant, at, zone)
    return times.in_both_zones(instant, held, zone)


def _view(clock: Clock, at: datetime, zone: tzinfo) -> ClockView:
    terms = clock.plan_version.terms
    calendar = calendar_terms(terms, clock.target)
    starts_at = opening_of(terms, clock.target, clock.started_at)
    state, turns, shown_at = _state(clock, starts_at, at)
    due = due_words(clock.due_at, calendar, at, zone)
    return ClockView(
        clock=clock,
        state=state,
        due_at=clock.due_at,
        at=shown_at,
        turns_at=turns,
        due=due,
        said=_said(clock, due),
    )


def _state(
    clock: Clock, starts_at: datetime, at: datetime
) -> tuple[str, datetime | None, datetime | None]:
    if clock.answered_at:
        state = "kept" if clock.outcome == Outcome.MET else "missed"
        return state, None, clock.answered_at
    if clock.outcome == Outcome.PAUSED:
        return "paused", None, clock.paused_at
    handling = clock.plan_version.terms.handling.get(clock.ticket.severity)
    is_reply = MEASURES[clock.metric].by_response
    begin_by = act_by(clock.due_at, handling) if handling and is_reply else clock.due_at
    running = Running(starts_at, clock.due_at, begin_by, clock.kind == Clock.Kind.AIM)
    state = state_of(running, at)
    return state.value, turns_at(running, at), starts_at if state == State.NOT_STARTED else None


def _said(clock: Clock, due: str) -> str:
    if clock.outcome == Outcome.PAUSED:
        return metric_word(clock.metric)
    if clock.metric == Clock.Metric.TRIAGE:
        words = _("decided, due {time}") if clock.answered_at else _("decide by {time}")
    elif clock.kind == Clock.Kind.AIM:
        words = _("{metric}, aim {time}") if clock.answered_at else "{metric}"
    else:
        words = _("{metric}, due {time}")
    return words.format(time=due, metric=metric_word(clock.metric))
