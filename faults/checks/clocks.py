"""Each clock that was due has one miss at its instant, or was met, and its ledger agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from answerable.sla.core.ledger import BrokenLedger, Entry, Outcome, State, Verb, fold
from answerable.sla.models import Clock, ClockEntry
from answerable.tickets.models import Message, TicketEvent
from faults.checks.evidence import Checked, Evidence


def check(evidence: Evidence) -> Checked:
    """Fold every ledger anew and compare it with the clock's columns and the ticket's log."""
    checked = Checked("Each promise was missed once, at its instant, or met once")
    outcomes: Counter[str] = Counter()
    for clock in Clock.objects.order_by("pk").prefetch_related("entries"):
        entries = sorted(clock.entries.all(), key=lambda entry: entry.pk)
        checked.cases += 1
        outcomes[clock.outcome] += 1
        _compare(checked, clock, entries, evidence.ended)
    _compare_with_log(checked)
    _tell(checked, evidence, outcomes)
    return checked


def _compare(
    checked: Checked, clock: Clock, entries: Sequence[ClockEntry], ended: datetime
) -> None:
    verbs = Counter(entry.verb for entry in entries)
    state = _folded(checked, clock, entries)
    if state is None:
        return
    columns = State(
        Outcome(clock.outcome),
        clock.started_at,
        clock.due_at,
        clock.met_at,
        clock.missed_at,
        clock.answered_at,
    )
    checked.find(state != columns, f"Clock {clock.pk} is not what its ledger adds up to.")
    checked.find(verbs[Verb.MISS] > 1, f"Clock {clock.pk} was missed {verbs[Verb.MISS]} times.")
    ends = verbs[Verb.MEET] + verbs[Verb.MISS]
    overdue = clock.due_at < ended
    checked.find(overdue and ends != 1, f"Clock {clock.pk} was due and ended {ends} times.")
    if clock.metric == Clock.Metric.FIRST_RESPONSE:
        _compare_with_reply(checked, clock)


def _folded(checked: Checked, clock: Clock, entries: Sequence[ClockEntry]) -> State | None:
    try:
        return fold(Entry(Verb(entry.verb), entry.at, entry.due_at) for entry in entries)
    except BrokenLedger as broken:
        checked.findings.append(f"The ledger of clock {clock.pk} is broken: {broken}")
        return None


def _compare_with_reply(checked: Checked, clock: Clock) -> None:
    # A ticket of the past may have been answered before anything was asked anew.
    replies = Message.objects.filter(
        ticket=clock.ticket_id, kind=Message.Kind.REPLY, written_at__gte=clock.started_at
    )
    first = replies.exclude(delivered_at=None).order_by("delivered_at").first()
    heard = first.delivered_at if first else None
    met = heard is not None and heard <= clock.due_at
    checked.find(
        met != (clock.outcome == Outcome.MET), f"Clock {clock.pk}: its reply says otherwise."
    )


def _compare_with_log(checked: Checked) -> None:
    """The log says each miss once, and no miss that the ledger does not have."""
    told = TicketEvent.objects.filter(verb=TicketEvent.Verb.CLOCK_MISSED)
    said = Counter(event.data["clock"] for event in told.iterator())
    kept = Counter(ClockEntry.objects.filter(verb=Verb.MISS).values_list("clock_id", flat=True))
    for clock in said | kept:
        checked.find(
            said[clock] != kept[clock],
            f"Clock {clock}: {kept[clock]} misses in its ledger, {said[clock]} in the log.",
        )


def _tell(checked: Checked, evidence: Evidence, outcomes: Counter[str]) -> None:
    misses = ClockEntry.objects.filter(verb=Verb.MISS, recorded_at__gte=evidence.began)
    late = [(m.recorded_at - m.at).total_seconds() for m in misses]
    said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    checked.notes.append(
        f"{checked.cases} clocks: {said}. The latest that a miss was noticed was "
        f"{max(late, default=0):.1f} s after its instant."
    )
