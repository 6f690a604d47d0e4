"""Compares every clock with its ledger, and every due time with its plan. Nothing is written.

The clocks come in a stream, so that a million of them take as much memory as a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from answerable.entitlements.core.plan import Terms
from answerable.entitlements.models import PlanVersion
from answerable.sla.core.ledger import BrokenLedger, Entry, State, Verb, fold
from answerable.sla.due import allowance_of, due_of
from answerable.sla.models import Clock
from answerable.sla.words import metric_word

AT_A_TIME = 2000
COLUMNS = (
    "outcome",
    "started_at",
    "due_at",
    "met_at",
    "missed_at",
    "answered_at",
    "paused_at",
    "counts_from",
)
READ = (
    "pk",
    "ticket_id",
    "metric",
    "target",
    "plan_version_id",
    "allowance",
    "doubt",
    *COLUMNS,
    "entries__verb",
    "entries__at",
    "entries__due_at",
    "entries__counts_from",
)


class Line(NamedTuple):
    """A clock beside one line of its ledger, or beside none."""

    pk: int
    ticket: int
    metric: str
    target: str
    version: int
    allowance: timedelta
    doubt: str
    outcome: str
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    missed_at: datetime | None
    answered_at: datetime | None
    paused_at: datetime | None
    counts_from: datetime | None
    line_verb: str | None
    line_at: datetime | None
    line_due_at: datetime | None
    line_counts_from: datetime | None


@dataclass(frozen=True, slots=True)
class Audited:
    """A clock that was looked at, and what is wrong with it, in words."""

    clock: int
    says: tuple[str, ...]


def audit(ticket: int | None = None) -> Iterator[Audited]:
    """Yield every clock, or those of a ticket, with what does not agree."""
    clocks = Clock.objects.all() if ticket is None else Clock.objects.filter(ticket=ticket)
    rows = clocks.order_by("pk", "entries__pk").values_list(*READ)
    lines = (Line(*row) for row in rows.iterator(chunk_size=AT_A_TIME))
    terms = {version.pk: version.terms for version in PlanVersion.objects.all()}
    for number, group in groupby(lines, key=attrgetter("pk")):
        yield Audited(number, tuple(_differences(list(group), terms)))


def _differences(lines: Sequence[Line], terms: Mapping[int, Terms]) -> Iterator[str]:
    clock = lines[0]
    what = _("#{number}, {metric}:").format(
        number=clock.ticket, metric=capfirst(metric_word(clock.metric))
    )
    try:
        state = fold(_entries(lines))
    except BrokenLedger as error:
        yield f"{what} " + _("its ledger cannot have happened. {why}").format(why=error)
        return
    for name in COLUMNS:
        stored, added_up = getattr(clock, name), getattr(state, name)
        if stored != added_up:
            words = _("{name} is stored as {stored}, and its ledger says {ledger}.")
            said = words.format(name=name, stored=_said(stored), ledger=_said(added_up))
            yield f"{what} {said}"
    yield from (f"{what} {words}" for words in _against_the_plan(clock, state, terms))


def _against_the_plan(
    clock: Line, state: State, all_terms: Mapping[int, Terms]
) -> Iterator[str]:
    """Yield how a due time differs from what its plan, calendar and pauses make of it."""
    terms = all_terms[clock.version]
    counts_from = state.counts_from or state.started_at
    if clock.doubt:
        return
    due = due_of(terms, clock.target, clock.metric, counts_from, state.pauses)
    if due.doubt:
        yield _("its due time cannot be worked out: {why}").format(why=due.doubt)
        return
    if due.at != state.due_at:
        words = _("its ledger says due {ledger}, and its plan {plan}.")
        yield words.format(ledger=_said(state.due_at), plan=_said(due.at))
    allowed = allowance_of(terms, terms.target(clock.target), clock.metric)
    if allowed != clock.allowance:
        words = _("{stored} are stored as allowed, and its plan allows {plan}.")
        yield words.format(stored=clock.allowance, plan=allowed)


def _entries(lines: Iterable[Line]) -> Iterator[Entry]:
    for line in lines:
        if line.line_verb and line.line_at:
            yield Entry(
                Verb(line.line_verb), line.line_at, line.line_due_at, line.line_counts_from
            )


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return _("nothing") if value is None else str(value)
