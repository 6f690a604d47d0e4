"""What changed about a promise after it was made, from its ledger, each with its author."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from answerable.lib import times
from answerable.sla.core.ledger import Verb
from answerable.sla.models import Clock, ClockEntry
from answerable.sla.refused import Reader
from answerable.sla.words import severity_in
from answerable.tickets.models import Hold

# What is a step of its own, or is said as the result.
SAID_ELSEWHERE = {Verb.START, Verb.PAUSE, Verb.RESUME, Verb.MEET, Verb.MISS, Verb.ANSWER}


def changes_of(clock: Clock, reader: Reader) -> Iterator[str]:
    """Yield a sentence for each line of the ledger that changed the promise, oldest first."""
    lines = ClockEntry.objects.filter(clock=clock).exclude(verb__in=SAID_ELSEWHERE)
    for line in lines.select_related("agent").order_by("pk"):
        line.clock = clock
        words = " ".join(part for part in (_what(line, reader), _moved(line, reader)) if part)
        if words:
            yield words


def waits_of(clock: Clock, reader: Reader) -> Iterator[str]:
    """Yield a sentence for each time that the customer asked us to wait, oldest first."""
    words = _("Exception: customer asked us to wait until {time} (recorded by {name}).")
    holds = clock.ticket.holds.filter(
        kind=Hold.Kind.SCHEDULED, began_at__gte=clock.started_at
    ).order_by("pk")
    for until, name in holds.values_list("until", "agent__name"):
        if until:
            time = times.moment(until, reader.at, reader.zone)
            yield words.format(time=time, name=name or _("the system"))


def _what(line: ClockEntry, reader: Reader) -> str:
    values = {
        "time": times.moment(line.at, reader.at, reader.zone),
        "agent": line.agent.name if line.agent else _("the system"),
        "severity": severity_in(
            line.clock.plan_version.terms, str(line.data.get("severity", ""))
        ),
    }
    return _pattern(line).format(**values)


def _pattern(line: ClockEntry) -> str:
    if line.verb == Verb.RETARGET and line.data.get("severity"):
        return _("Promise replaced at {time}: {agent} changed the severity to {severity}.")
    if line.verb == Verb.RETARGET and line.reason == "corrected":
        return _("Promise replaced at {time}: {agent} corrected what the request is about.")
    if line.verb == Verb.RETARGET and line.reason == "customer_changed":
        return _("Promise replaced at {time}: {agent} corrected whose request it is.")
    if line.verb == Verb.RETARGET and line.reason == "in_writing":
        return _("Promise replaced at {time}: the request goes on in writing.")
    said = {
        Verb.RETARGET: _("Promise replaced at {time} by {agent}."),
        Verb.MOVE: _("Moved to a new version of the plan at {time} by {agent}."),
        Verb.REOPEN: _("What had ended it was taken back at {time}; it counts on."),
        Verb.CORRECT: _("Put right: it was kept at {time}, the news came late."),
        Verb.VOID: _("Ended at {time}: there was nothing left to wait for."),
        Verb.DISMISS: _("Ended at {time} by {agent}: the message needed no answer."),
        Verb.SUPERSEDE: _("Ended at {time}: another clock keeps this promise."),
    }
    return said.get(Verb(line.verb), "")


def _moved(line: ClockEntry, reader: Reader) -> str:
    before = line.data.get("before")
    if not before or line.due_at is None:
        return ""
    return _("Due changed from {before} to {after}.").format(
        before=times.moment(datetime.fromisoformat(before), reader.at, reader.zone),
        after=times.moment(line.due_at, reader.at, reader.zone),
    )
