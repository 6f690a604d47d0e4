"""Why is it due then? What was promised for a ticket, and each step to its due time, in words.

Customers and agents read the same steps; only agents are told of slack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, When
from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.promised import is_summary
from answerable.entitlements.models import Adoption
from answerable.entitlements.queries import followed
from answerable.lib import times
from answerable.sla.core.derivation import stretches, with_pauses
from answerable.sla.core.ledger import Entry, Outcome, Verb, pauses_of
from answerable.sla.core.pauses import Pause
from answerable.sla.due import calendar_counted
from answerable.sla.judging import decision_behind
from answerable.sla.models import Clock, ClockEntry, Decision
from answerable.sla.near_misses import facts_of, near_misses
from answerable.sla.refused import Reader, reasons_of, why_no_guarantee
from answerable.sla.steps import (
    WhyStep,
    exact,
    hours_words,
    rule_words,
    stretch_steps,
    whole_second,
)
from answerable.sla.why_changes import changes_of, waits_of
from answerable.sla.words import length_sum, length_words, metric_word, said
from answerable.tickets.models import Ticket

__all__ = [
    "Reader",
    "Why",
    "WhyStep",
    "clock_of",
    "reasons_of",
    "reply_clock_of",
    "why_all",
    "why_clock",
    "why_due",
]


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation of a due time, or of there being none."""

    title: str
    refused: str = ""
    metric: str = ""
    due_at: datetime | None = None
    outcome: str = ""
    facts: tuple[str, ...] = ()
    steps: tuple[WhyStep, ...] = ()
    near: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    zones: str = ""
    result: str = ""
    pinned: str = ""
    slack: str = ""

    @property
    def as_text(self) -> str:
        """The whole explanation as plain text, for copying."""
        lines = [self.title, self.refused, *self.facts]
        for number, step in enumerate(self.steps, 1):
            lines.append(f"{number} {step.name}: {step.text} {step.sum}".rstrip())
        changes = " ".join(self.changes) or _("none")
        if self.steps:
            lines += [_("Not this row: {row}").format(row=row) for row in self.near]
            lines.append(_("Changes: {changes}").format(changes=changes))
        lines += [self.zones, self.result, self.pinned, self.slack]
        return "\n".join(line for line in lines if line)


def why_all(ticket: Ticket, reader: Reader) -> list[Why]:
    """Return why each promise of a ticket is due when it is: the awaited reply first.

    Customers are not told of internal ones, nor of those that another took the place of. One
    that says why nothing is promised stands for none.
    """
    first = reply_clock_of(ticket)
    clocks = Clock.objects.filter(ticket=ticket).select_related("plan_version__plan", "ticket")
    others = [
        clock
        for clock in clocks.order_by("pk")
        if clock != first and (reader.is_agent or _is_for_customers(clock))
    ]
    return [why_due(ticket, reader), *(why_clock(clock, reader) for clock in others)]


def _is_for_customers(clock: Clock) -> bool:
    gone = {Outcome.VOID, Outcome.SUPERSEDED}
    return clock.kind != Clock.Kind.INTERNAL and clock.outcome not in gone


def why_due(ticket: Ticket, reader: Reader) -> Why:
    """Return why a ticket's first reply is due when it is, or why nothing is promised."""
    clock = reply_clock_of(ticket)
    refused = why_no_guarantee(ticket, reader, clock)
    if clock is None:
        return Why(_("Why does #{number} have no due time?").format(number=ticket.pk), refused)
    return why_clock(clock, reader, refused)


def why_clock(clock: Clock, reader: Reader, refused: str = "") -> Why:
    """Return why this clock is due when it is."""
    terms, decision = clock.plan_version.terms, decision_behind(clock)
    is_planned = clock.kind != Clock.Kind.PROMISED
    return Why(
        title=_title(clock, reader),
        refused=refused,
        metric=clock.metric,
        due_at=clock.due_at,
        outcome=clock.outcome,
        facts=facts_of(clock.ticket, decision, terms) if is_planned else (),
        steps=tuple(_steps(clock, reader)),
        near=tuple(near_misses(decision, clock, reader)) if decision and is_planned else (),
        changes=(*changes_of(clock, reader), *waits_of(clock, reader)),
        zones=_zones(clock),
        result=_result(clock, reader),
        pinned=_pinned(clock, reader),
        slack=_slack(clock, reader) if reader.is_agent else "",
    )


def _title(clock: Clock, reader: Reader) -> str:
    due = dateformat.format(clock.due_at.astimezone(reader.zone), _("D j M, H:i"))
    if clock.metric != Clock.Metric.FIRST_RESPONSE:
        words = _("{what} of #{number}: why is it due {time}?")
    elif reader.is_agent:
        words = _("Why is #{number} due {time}?")
    else:
        words = _("How the time of request #{number} is worked out")
    what = capfirst(metric_word(clock.metric))
    return words.format(what=what, number=clock.ticket_id, time=due)


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
    calendar = calendar_counted(terms, clock.target)
    spans = calendar.spans(start, due_at)
    parts = with_pauses(stretches(start, due_at, spans), _pauses(clock))
    begun = (
        _("Promised {time}.")
        if clock.kind == Clock.Kind.PROMISED
        else _("Counted from {time}.")
        if clock.counts_from and clock.counts_from != clock.started_at
        else _("Received {time}.")
    )
    yield WhyStep("rule", _("Rule"), _rule(clock, terms, reader))
    yield WhyStep("start", _("Start"), begun.format(time=exact(start, reader.zone)))
    yield from stretch_steps(parts, calendar, reader.zone)
    total = sum((part.length for part in parts), timedelta())
    yield WhyStep("due", _("Due"), exact(due_at, reader.zone), length_sum(total))


def _pauses(clock: Clock) -> list[Pause]:
    """Return the pauses of a clock, to whole seconds as its steps are shown."""
    marks = ClockEntry.objects.filter(clock=clock, verb__in=[Verb.PAUSE, Verb.RESUME])
    found = pauses_of(Entry(Verb(line.verb), line.at) for line in marks.order_by("pk"))
    return [
        Pause(whole_second(one.begin), whole_second(one.end) if one.end else None)
        for one in found
    ]


def _word_of(clock: Clock) -> str:
    """Say who promised it: it follows from no row of the plan."""
    if is_summary(clock.target):
        return _("A written summary follows a call, as the plan says.")
    lines = ClockEntry.objects.filter(clock=clock, event__verb="update_promised")
    name = lines.order_by("-pk").values_list("event__agent__name", flat=True).first()
    return _("{name} promised the next update by then.").format(name=name or _("the system"))


def _rule(clock: Clock, terms: Terms, reader: Reader) -> str:
    if clock.kind == Clock.Kind.PROMISED:
        return _word_of(clock)
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


def _zones(clock: Clock) -> str:
    """Say by which rules of time zones it was worked out last: they change, and it stays."""
    lines = ClockEntry.objects.filter(clock=clock, data__has_key="zones").order_by("-pk")
    release = lines.values_list("data__zones", flat=True).first()
    return _("Time zones: IANA {release}.").format(release=release) if release else ""


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
    for excuse in clock.excuses.standing().select_related("agent"):
        yield _("Exception: {says}. {words} (recorded by {name})").format(
            says=said(excuse.says), words=excuse.words, name=excuse.agent.name
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
