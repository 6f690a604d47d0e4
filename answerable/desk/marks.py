"""What happened to a ticket, one line each, in the words of ux.md 8.4."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from django.utils.translation import gettext as _

from answerable.desk.words import people, seconds
from answerable.lib import times
from answerable.sla.models import Clock
from answerable.sla.words import length_sum, said, severity_word
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the timeline: its shape, its words, and whether it is good or bad news."""

    icon: str
    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the words need beside the event itself."""

    zone: tzinfo
    clocks: Mapping[int, Clock] = field(default_factory=dict)
    names: Mapping[int, list[str]] = field(default_factory=dict)
    reason: str = ""


def mark_of(event: TicketEvent, told: Told) -> Mark | None:
    """Return the line that says what happened, or None for what another line says."""
    words = WORDS.get(event.verb)
    return words(event, told) if words else None


def _by(event: TicketEvent) -> str:
    if event.agent:
        return event.agent.name
    return event.contact.name if event.contact else _("the system")


def _due(event: TicketEvent) -> datetime:
    return datetime.fromisoformat(event.data["due_at"])


def _due_seconds(instant: datetime, event: TicketEvent, told: Told) -> str:
    same_day = instant.astimezone(told.zone).date() == event.at.astimezone(told.zone).date()
    if same_day:
        return seconds(instant, told.zone)
    return times.moment(instant, event.at, told.zone)


def _is_decision(event: TicketEvent) -> bool:
    return bool(event.data.get("metric") == Clock.Metric.TRIAGE)


def _started(event: TicketEvent, told: Told) -> Mark:
    clock = told.clocks.get(event.data.get("clock", 0))
    within = length_sum(timedelta(seconds=event.data["seconds"]))
    due = _due_seconds(_due(event), event, told)
    if _is_decision(event):
        words = _("Clock of the decision started · {within} · decide by {due}")
        return Mark("clock", words.format(within=within, due=due))
    hours = ""
    if clock:
        terms = clock.plan_version.terms
        hours = said(terms.calendars[terms.target(clock.target).calendar].name)
    words = (
        _("First-reply aim started · {within} · {hours} · aim {due}")
        if event.data["kind"] == Clock.Kind.AIM
        else _("First-reply clock started · {within} · {hours} · due {due}")
    )
    icon = "dashed-clock" if event.data["kind"] == Clock.Kind.AIM else "clock"
    return Mark(icon, words.format(within=within, hours=hours, due=due))


def _met(event: TicketEvent, told: Told) -> Mark:
    early = times.kept_early(_due(event), event.at)
    if _is_decision(event):
        return Mark("tick", _("Decided, {time} early").format(time=early), "kept")
    if event.data["kind"] == Clock.Kind.AIM:
        words = _("First reply delivered · aim met, {time} early")
    else:
        words = _("First reply delivered · promise kept, {time} early")
    return Mark("tick", words.format(time=early), "kept")


def _missed(event: TicketEvent, told: Told) -> Mark:
    due = _due_seconds(_due(event), event, told)
    if _is_decision(event):
        words = _("No decision was made by {due}")
    elif event.data["kind"] == Clock.Kind.AIM:
        words = _("The aim of {due} passed without a reply")
    else:
        words = _("First reply was due {due} · promise missed")
    return Mark("cross", words.format(due=due), "missed")


def _retargeted(event: TicketEvent, told: Told) -> Mark:
    words = _("Due changed from {before} to {after}: severity changed by {name}")
    before = datetime.fromisoformat(event.data["before"])
    return Mark(
        "clock",
        words.format(
            before=_due_seconds(before, event, told),
            after=_due_seconds(_due(event), event, told),
            name=_by(event),
        ),
    )


def _corrected(event: TicketEvent, told: Told) -> Mark:
    words = _("Corrected: the reply was delivered {at}, in time · promise kept, {time} early")
    early = times.kept_early(_due(event), event.at)
    return Mark("tick", words.format(at=seconds(event.at, told.zone), time=early), "kept")


def _promised(event: TicketEvent, told: Told) -> Mark | None:
    return None if event.data.get("kind") else Mark("circle", _("No promise applies"))


def _escalated(event: TicketEvent, told: Told) -> Mark:
    names = told.names.get(event.pk, [])
    if not names:
        words = _("Unclaimed at {percent} % of the promise: nobody could be told")
        return Mark("alert", words.format(percent=event.data["percent"]), "missed")
    if not event.data["percent"]:
        return Mark("bell", _("Offered to {names}").format(names=people(names)))
    words = _("Unclaimed at {percent} % of the promise: told {names}")
    return Mark("bell", words.format(percent=event.data["percent"], names=people(names)))


def _ladder_stopped(event: TicketEvent, told: Told) -> Mark:
    return Mark("bell", _("Claimed by {name}; nobody else is told").format(name=_by(event)))


def _taken(event: TicketEvent, told: Told) -> Mark:
    return Mark("person", _("Taken by {name}").format(name=_by(event)))


def _assigned(event: TicketEvent, told: Told) -> Mark:
    if not event.data["to"]:
        words = _("Put back into the queue by {name}")
        return Mark("person", words.format(name=_by(event)))
    words = _("Assigned to {to} by {name}")
    return Mark("person", words.format(to=event.data["to"], name=_by(event)))


def _admitted(event: TicketEvent, told: Told) -> Mark:
    if event.data.get("as"):
        words = _("Let in as {contact} by {name}")
        return Mark("people", words.format(contact=event.data["as"], name=_by(event)))
    return Mark("people", _("Let in by {name}").format(name=_by(event)))


def _resolved(event: TicketEvent, told: Told) -> Mark:
    words = _("Resolved by {name}").format(name=_by(event))
    return Mark("archive", ": ".join(w for w in (words, event.data.get("reason", "")) if w))


def _reopened(event: TicketEvent, told: Told) -> Mark:
    return Mark("inbox", _("Opened again by {name}").format(name=_by(event)))


def _confirmed(event: TicketEvent, told: Told) -> Mark:
    return Mark("diamond", _("Confirmed business-critical by {name}").format(name=_by(event)))


def _changed(event: TicketEvent, told: Told) -> Mark:
    words = _("Decided standard by {name}").format(name=_by(event))
    return Mark("diamond", f"{words}: {said(told.reason)}" if told.reason else words)


def _severity(event: TicketEvent, told: Told) -> Mark:
    words = _("Severity {before} → {after} by {name} · reason shown to customer")
    return Mark(
        "diamond",
        words.format(
            before=severity_word(event.data["from"]),
            after=severity_word(event.data["to"]),
            name=_by(event),
        ),
    )


def _excused(event: TicketEvent, told: Told) -> Mark:
    words = _("Miss excused by {name}: {says}. {words}")
    return Mark("note", _said_of_miss(words, event))


def _appealed(event: TicketEvent, told: Told) -> Mark:
    return Mark("alert", _said_of_miss(_("{name} asks for another look: {words}"), event))


def _appeal_decided(event: TicketEvent, told: Told) -> Mark:
    if event.data["upheld"]:
        words = _("Appeal granted by {name}, the promise counts as missed: {words}")
        return Mark("cross", _said_of_miss(words, event), "missed")
    words = _("Appeal refused by {name}, the exception stands: {words}")
    return Mark("note", _said_of_miss(words, event))


def _commented(event: TicketEvent, told: Told) -> Mark:
    return Mark("pen", _said_of_miss(_("Said of the miss by {name}: {words}"), event))


def _said_of_miss(words: str, event: TicketEvent) -> str:
    says = said(event.data.get("says", ""))
    return words.format(name=_by(event), says=says, words=event.data["words"])


WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.CLOCK_STARTED: _started,
    Verb.CLOCK_MET: _met,
    Verb.CLOCK_MISSED: _missed,
    Verb.CLOCK_RETARGETED: _retargeted,
    Verb.CLOCK_CORRECTED: _corrected,
    Verb.PROMISED: _promised,
    Verb.ESCALATED: _escalated,
    Verb.LADDER_STOPPED: _ladder_stopped,
    Verb.TAKEN: _taken,
    Verb.ASSIGNED: _assigned,
    Verb.ADMITTED: _admitted,
    Verb.RESOLVED: _resolved,
    Verb.REOPENED: _reopened,
    Verb.CLAIM_CONFIRMED: _confirmed,
    Verb.CLAIM_CHANGED: _changed,
    Verb.SEVERITY_CHANGED: _severity,
    Verb.EXCUSED: _excused,
    Verb.APPEALED: _appealed,
    Verb.APPEAL_DECIDED: _appeal_decided,
    Verb.MISS_COMMENTED: _commented,
}
