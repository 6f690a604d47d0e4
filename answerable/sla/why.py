"""Why is it due then? What was promised for a ticket, and each step to its due time, in words.

Customers and agents read the same steps; only agents are told of slack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, When
from django.utils import dateformat
from django.utils.translation import gettext as _

from answerable.entitlements.core.plan import Terms
from answerable.entitlements.models import Adoption
from answerable.entitlements.queries import followed
from answerable.lib import times
from answerable.sla.core.derivation import stretches
from answerable.sla.core.ledger import Outcome, Verb
from answerable.sla.due import calendar_for
from answerable.sla.models import Clock, ClockEntry, Decision
from answerable.sla.refused import Reader, reasons_of, why_no_guarantee
from answerable.sla.steps import (
    WhyStep,
    exact,
    hours_words,
    rule_words,
    stretch_steps,
    whole_second,
)
from answerable.sla.words import length_sum, length_words, severity_word
from answerable.tickets.models import Ticket

__all__ = [
    "Reader",
    "Why",
    "WhyStep",
    "clock_of",
    "reasons_of",
    "reply_clock_of",
    "why_clock",
    "why_due",
]


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation of a due time, or of there being none."""

    title: str
    refused: str = ""
    steps: tuple[WhyStep, ...] = ()
    changes: tuple[str, ...] = ()
    result: str = ""
    pinned: str = ""
    slack: str = ""

    @property
    def as_text(self) -> str:
        """The whole explanation as plain text, for copying."""
        lines = [self.title, self.refused]
        for number, step in enumerate(self.steps, 1):
            lines.append(f"{number} {step.name}: {step.text} {step.sum}".rstrip())
        changes = " ".join(self.changes) or _("none")
        if self.steps:
            lines.append(_("Changes: {changes}").format(changes=changes))
        lines += [self.result, self.pinned, self.slack]
        return "\n".join(line for line in lines if line)


def why_due(ticket: Ticket, reader: Reader) -> Why:
    """Return why a ticket's first reply is due when it is, or why nothing is promised."""
    clock = reply_clock_of(ticket)
    refused = why_no_guarantee(ticket, reader, clock)
    if clock is None:
        return Why(_("Why does #{number} have no due time?").format(number=ticket.pk), refused)
    return why_clock(clock, reader, refused)


def why_clock(clock: Clock, reader: Reader, refused: str = "") -> Why:
    """Return why this clock is due when it is."""
    title = (
        _("Why is #{number} due {time}?")
        if reader.is_agent
        else _("How the time of request #{number} is worked out")
    )
    due = dateformat.format(clock.due_at.astimezone(reader.zone), _("D j M, H:i"))
    return Why(
        title=title.format(number=clock.ticket_id, time=due),
        refused=refused,
        steps=tuple(_steps(clock, reader)),
        changes=tuple(_changes(clock, reader)),
        result=_result(clock, reader),
        pinned=_pinned(clock, reader),
        slack=_slack(clock, reader) if reader.is_agent else "",
    )


def clock_of(ticket: Ticket, metric: str) -> Clock | None:
    """Return a ticket's clock of a metric, with its plan, or None.

    Of several it is the one that is not over, else the last.
    """
    clocks = Clock.objects.filter(ticket=ticket, metric=metric)
    gone = When(outcome__in=[Outcome.VOID, Outcome.SUPERSEDED], then=2)
    over = Case(gone, When(answered_at=None, then=0), default=1)
    found = clocks.select_related("plan_version__plan", "ticket")
    return found.order_by(over, "-pk").first()


def reply_clock_of(ticket: Ticket) -> Clock | None:
    """Return the clock of the reply that a customer waits for: the first, or the next one."""
    first = clock_of(ticket, Clock.Metric.FIRST_RESPONSE)
    if first is not None and first.answered_at is None and first.outcome != Outcome.VOID:
        return first
    return clock_of(ticket, Clock.Metric.NEXT_RESPONSE) or first


def _steps(clock: Clock, reader: Reader) -> Iterator[WhyStep]:
    terms = clock.plan_version.terms
    start = whole_second(clock.counts_from or clock.started_at)
    due_at = whole_second(clock.due_at)
    calendar = calendar_for(terms, clock.target)
    parts = stretches(start, due_at, calendar.spans(start, due_at))
    received = _("Received {time}.").format(time=exact(start, reader.zone))
    yield WhyStep("rule", _("Rule"), _rule(clock, terms, reader))
    yield WhyStep("start", _("Start"), received)
    yield from stretch_steps(parts, calendar, reader.zone)
    yield WhyStep("due", _("Due"), exact(due_at, reader.zone), length_sum(clock.allowance))


def _rule(clock: Clock, terms: Terms, reader: Reader) -> str:
    target = terms.target(clock.target)
    since = clock.plan_version.effective_from.astimezone(reader.zone)
    if clock.metric == Clock.Metric.TRIAGE:
        rule = _("Decide on the business-critical claim within {length}.").format(
            length=length_words(clock.allowance)
        )
    else:
        rule = rule_words(terms, clock.plan_version.number, target, clock.ticket.channel)
    parts = [
        rule,
        hours_words(terms.calendars[target.calendar], clock.started_at),
        _("In force since {date}.").format(date=dateformat.format(since, _("j M Y"))),
    ]
    return " ".join(part for part in parts if part)


def _changes(clock: Clock, reader: Reader) -> Iterator[str]:
    """Say from the ledger what moved the due time, oldest first."""
    moves = ClockEntry.objects.filter(clock=clock, verb=Verb.RETARGET).order_by("pk")
    for entry in moves.select_related("agent"):
        if not entry.data.get("severity"):
            continue
        before = datetime.fromisoformat(entry.data["before"])
        by = entry.agent.name if entry.agent else _("the system")
        yield _(
            "Promise replaced at {time}: {agent} changed the severity to {severity}. "
            "Due changed from {before} to {after}."
        ).format(
            time=times.moment(entry.at, reader.at, reader.zone),
            agent=by,
            severity=severity_word(entry.data["severity"]),
            before=times.moment(before, reader.at, reader.zone),
            after=times.moment(entry.due_at or before, reader.at, reader.zone),
        )


def _result(clock: Clock, reader: Reader) -> str:
    if clock.outcome == Outcome.MET and clock.met_at:
        pattern = (
            _("Aim met: the reply went out {time}, {length} early.")
            if clock.kind == Clock.Kind.AIM
            else _("Kept: done {time}, {length} early.")
            if clock.metric == Clock.Metric.TRIAGE
            else _("Promise kept: the reply went out {time}, {length} early.")
        )
        early = times.kept_early(clock.due_at, clock.met_at)
        return pattern.format(time=exact(clock.met_at, reader.zone), length=early)
    if clock.outcome == Outcome.MISSED:
        return " ".join(_missed(clock, reader))
    return ""


def _missed(clock: Clock, reader: Reader) -> Iterator[str]:
    yield _("Missed at {time}.").format(time=exact(clock.due_at, reader.zone))
    if clock.answered_at:
        yield _("Done {time}, {length} late.").format(
            time=exact(clock.answered_at, reader.zone),
            length=times.missed_by(clock.due_at, clock.answered_at),
        )


def _pinned(clock: Clock, reader: Reader) -> str:
    """Say from when on the ticket's contract follows another version than the ticket pins."""
    contracts = Decision.objects.filter(ticket=clock.ticket_id).values("contract")
    adoptions = Adoption.objects.filter(contract__in=contracts)
    others = [
        one
        for one in followed(adoptions, reader.at)
        if one.plan_version_id != clock.plan_version_id
    ]
    if not others:
        return ""
    words = (
        _("Plan rule changed on {date}; this ticket keeps the rule it was received under.")
        if reader.is_agent
        else _(
            "Plan rule changed on {date}; this request keeps the rule it was received under."
        )
    )
    changed = others[0].from_at.astimezone(reader.zone)
    return words.format(date=dateformat.format(changed, _("j M Y")))


def _slack(clock: Clock, reader: Reader) -> str:
    left = times.seconds_left(clock.due_at, reader.at)
    usual = clock.plan_version.terms.handling.get(clock.ticket.severity)
    if clock.outcome != Outcome.RUNNING or left < 0 or usual is None:
        return ""
    return _("Due in {left}; replies like this usually take {usual}.").format(
        left=times.span(left), usual=length_sum(usual)
    )
