"""What rules would have done on tickets of the past: their logs, read by the pure core.

Nothing is written. What a log does not say any more stays unknown: how a promise stood, words
that a macro was to fill in, and all of a ticket that changed without a line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from answerable.rules.core import spec
from answerable.rules.core.judging import Happening, happening_of, is_woken, verdict
from answerable.rules.core.past import Line, Moment, moments, passed
from answerable.rules.core.reading import Rule
from answerable.rules.facts import PRIORITIES, facts_asked, facts_of, teams_by_agent
from answerable.tickets.models import Message, Ticket, TicketEvent

MOST_LINES = 2_000
# What a trial cannot know: the past says nothing of due times.
UNKNOWABLE = frozenset({spec.DUE, spec.SPENT, spec.AT_RISK})


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule would have been woken on a ticket, and held; or nobody knows whether it would."""

    rule: int
    ticket: int
    at: datetime
    is_unknown: bool = False


def lately(since: datetime) -> QuerySet[Ticket]:
    """Return the tickets that were opened, or on which something was said, since an instant."""
    recent = Ticket.objects.filter(Q(last_at__gte=since) | Q(created_at__gte=since))
    return recent.filter(merged_into=None)


def try_on(
    rules: Sequence[Rule], tickets: Sequence[Ticket], *, since: datetime, until: datetime
) -> Iterator[Tried]:
    """Return what each rule would have held for, ticket by ticket, in the order of time."""
    asked = facts_asked(rules) | {"tag", "team"}
    today = facts_of(tickets, asked, until)
    teams = teams_by_agent()
    logs = _logs(tickets, with_words="words" in asked)
    for ticket in tickets:
        found = moments(today[ticket.pk], logs.get(ticket.pk, []), teams, PRIORITIES)
        recent = _recent(rules, found, since, until)
        yield from (Tried(rule, ticket.pk, at, unknown) for rule, at, unknown in recent)


def _recent(
    rules: Sequence[Rule], found: Sequence[Moment], since: datetime, until: datetime
) -> Iterator[tuple[int, datetime, bool]]:
    for moment in found:
        if moment.line.at >= since:
            yield from _at_line(rules, moment)
    for place, rule in enumerate(rules):
        if rule.when.is_timed:
            yield from _at_times(place, rule, found, since, until)


def _at_line(rules: Sequence[Rule], moment: Moment) -> Iterator[tuple[int, datetime, bool]]:
    """Return which rules would have held at a line, as far as one of them ends it."""
    happening = _happening(moment)
    for place, rule in enumerate(rules):
        if rule.when.is_timed or not is_woken(rule.when, happening):
            continue
        holds = verdict(rule, moment.facts).holds
        if holds is not False:
            yield place, moment.line.at, holds is None
        if holds and rule.stops:
            return


def _at_times(
    place: int, rule: Rule, found: Sequence[Moment], since: datetime, until: datetime
) -> Iterator[tuple[int, datetime, bool]]:
    if rule.when.kind in UNKNOWABLE:
        return
    in_hours = rule.when.basis == spec.SUPPORT
    for at, facts in passed(rule.when, found, until):
        holds = verdict(rule, facts).holds
        if at >= since and holds is not False:
            yield place, at, holds is None or in_hours


def _happening(moment: Moment) -> Happening:
    is_strangers = moment.facts.sets.get("state") == frozenset({"review"})
    return happening_of(moment.line.verb, moment.line.data, is_strangers=is_strangers)


def _logs(tickets: Sequence[Ticket], *, with_words: bool) -> dict[int, list[Line]]:
    """Return the lines of tickets that rules can be woken by, or that say what was so."""
    verbs = {verb for verbs in spec.EVENTS.values() for verb in verbs} | {"noticed"}
    events = TicketEvent.objects.filter(ticket__in=tickets, verb__in=verbs).order_by("pk")
    words = _words(tickets) if with_words else {}
    found: dict[int, list[Line]] = defaultdict(list)
    columns = ("pk", "ticket", "verb", "at", "agent", "data", "message")
    for number, ticket, verb, at, agent, data, message in events.values_list(*columns):
        if len(found[ticket]) < MOST_LINES:
            said = words.get(message, "")
            found[ticket].append(Line(number, verb, at, agent, data, said))
    return found


def _words(tickets: Sequence[Ticket]) -> dict[int, str]:
    said = Message.objects.filter(ticket__in=tickets, kind=Message.Kind.MESSAGE)
    return {number: body[:20_000] for number, body in said.values_list("pk", "body")}
