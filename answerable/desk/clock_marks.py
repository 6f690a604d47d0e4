"""What happened to the clocks of a ticket, one line each, in the words of ux.md 8.4."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.desk.told import Mark, Told, by, due_of, due_seconds
from answerable.desk.words import people, seconds
from answerable.lib import times
from answerable.sla.models import Clock
from answerable.sla.words import length_sum, metric_word, said
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

FIRST, TRIAGE = Clock.Metric.FIRST_RESPONSE, Clock.Metric.TRIAGE
WAITS_FOR: dict[str, Promise] = {
    "waiting": gettext_lazy("waiting for the customer"),
    "vendor": gettext_lazy("waiting for somebody of ours"),
    "third_party": gettext_lazy("waiting for a third party"),
    "scheduled": gettext_lazy("the customer asked us to wait"),
    "resolved": gettext_lazy("it passed for solved"),
}
ENDED: dict[str, Promise] = {
    "customer_closed": gettext_lazy("the customer closed the ticket"),
    "resolved": gettext_lazy("the ticket is resolved"),
    "came_back": gettext_lazy("the reply that began it came back"),
    "older_unanswered": gettext_lazy("an older message waits again"),
    "updated_before": gettext_lazy("an update had gone out before"),
    "merged": gettext_lazy("the ticket it was merged into keeps the promise"),
    "split": gettext_lazy("the message is a ticket of its own"),
    "chat_left": gettext_lazy("the customer left the chat"),
    "call_cancelled": gettext_lazy("the customer cancelled the call"),
    "severity": gettext_lazy("nothing is promised at this severity"),
    "corrected": gettext_lazy("nothing is promised for what it is about"),
    "customer_changed": gettext_lazy("nothing is promised to whose ticket it is now"),
    "in_writing": gettext_lazy("nothing is promised of it in writing"),
    "call_given_up": gettext_lazy("they were called as often as the plan says"),
    "update_called_off": gettext_lazy("it was called off"),
}


def _metric(event: TicketEvent) -> str:
    return str(event.data.get("metric", FIRST))


def _is_aim(event: TicketEvent) -> bool:
    return bool(event.data.get("kind") == Clock.Kind.AIM)


def _promised(event: TicketEvent, told: Told) -> Mark:
    """Return “Next update promised by 15:10:00 · Ana Silva”."""
    words = (
        _("Written summary promised by {due} · {name}")
        if event.data.get("summary")
        else _("Next update promised by {due} · {name}")
    )
    due = due_seconds(due_of(event), event, told)
    return Mark("clock", words.format(due=due, name=by(event)))


def _started(event: TicketEvent, told: Told) -> Mark:
    if event.data.get("kind") == Clock.Kind.PROMISED:
        return _promised(event, told)
    clock = told.clocks.get(event.data.get("clock", 0))
    hours = ""
    if clock:
        terms = clock.plan_version.terms
        hours = said(terms.calendar(terms.target(clock.target)).name)
    words = _started_aim(_metric(event)) if _is_aim(event) else _started_promise(_metric(event))
    text = words.format(
        metric=metric_word(_metric(event)),
        within=length_sum(timedelta(seconds=event.data["seconds"])),
        hours=hours,
        due=due_seconds(due_of(event), event, told),
    )
    return Mark("dashed-clock" if _is_aim(event) else "clock", text)


def _started_promise(metric: str) -> str:
    if metric == TRIAGE:
        return _("Clock of the decision started · {within} · decide by {due}")
    if metric == FIRST:
        return _("First-reply clock started · {within} · {hours} · due {due}")
    return _("Clock started: {metric} · {within} · {hours} · due {due}")


def _started_aim(metric: str) -> str:
    if metric == FIRST:
        return _("First-reply aim started · {within} · {hours} · aim {due}")
    return _("Aim started: {metric} · {within} · {hours} · aim {due}")


def _met(event: TicketEvent, told: Told) -> Mark:
    early = times.kept_early(due_of(event), event.at)
    metric = _metric(event)
    if metric == TRIAGE:
        words = _("Decided, {time} early")
    elif metric == FIRST:
        words = (
            _("First reply delivered · aim met, {time} early")
            if _is_aim(event)
            else _("First reply delivered · promise kept, {time} early")
        )
    else:
        words = (
            _("{metric}: aim met, {time} early")
            if _is_aim(event)
            else _("{metric}: promise kept, {time} early")
        )
    return Mark("tick", words.format(metric=capfirst(metric_word(metric)), time=early), "kept")


def _missed(event: TicketEvent, told: Told) -> Mark:
    due = due_seconds(due_of(event), event, told)
    metric = _metric(event)
    if metric == TRIAGE:
        words = _("No decision was made by {due}")
    elif metric == FIRST:
        words = (
            _("The aim of {due} passed without a reply")
            if _is_aim(event)
            else _("First reply was due {due} · promise missed")
        )
    else:
        words = (
            _("{metric}: the aim of {due} passed")
            if _is_aim(event)
            else _("{metric}: was due {due} · promise missed")
        )
    return Mark("cross", words.format(metric=capfirst(metric_word(metric)), due=due), "missed")


def _retargeted(event: TicketEvent, told: Told) -> Mark:
    before = datetime.fromisoformat(event.data["before"])
    return Mark(
        "clock",
        _retargeted_words(event).format(
            metric=capfirst(metric_word(_metric(event))),
            before=due_seconds(before, event, told),
            after=due_seconds(due_of(event), event, told),
            name=by(event),
        ),
    )


def _retargeted_words(event: TicketEvent) -> str:
    if _metric(event) != FIRST:
        return _("{metric}: due changed from {before} to {after} by {name}")
    if event.data.get("reason") == "corrected":
        return _("Due changed from {before} to {after}: corrected by {name}")
    if event.data.get("reason") == "customer_changed":
        return _("Due changed from {before} to {after}: made another customer's by {name}")
    if event.data.get("reason") == "in_writing":
        return _("Due changed from {before} to {after}: it goes on in writing")
    return _("Due changed from {before} to {after}: severity changed by {name}")


def _corrected(event: TicketEvent, told: Told) -> Mark:
    early = times.kept_early(due_of(event), event.at)
    words = (
        _("Corrected: the reply was delivered {at}, in time · promise kept, {time} early")
        if _metric(event) == FIRST
        else _("Corrected: {metric} at {at}, in time · promise kept, {time} early")
    )
    at = seconds(event.at, told.zone)
    text = words.format(at=at, time=early, metric=metric_word(_metric(event)))
    return Mark("tick", text, "kept")


def _reopened(event: TicketEvent, told: Told) -> Mark:
    words = _("{metric}: waited for again, due {due}")
    due = due_seconds(due_of(event), event, told)
    return Mark("clock", words.format(metric=capfirst(metric_word(_metric(event))), due=due))


def _ended(event: TicketEvent, told: Told) -> Mark:
    reason = event.data.get("reason", "")
    if event.data.get("by") == "dismiss":
        words = _("No answer needed: {reason}").format(reason=reason)
        return Mark("clock", words)
    words = _("{metric}: no longer waited for, {reason}")
    why = ENDED.get(reason, reason)
    return Mark("clock", words.format(metric=capfirst(metric_word(_metric(event))), reason=why))


def _paused(event: TicketEvent, told: Told) -> Mark:
    names = people([metric_word(clock["metric"]) for clock in event.data["clocks"]])
    words = _("Clock paused · {reason} · {metrics}")
    why = WAITS_FOR.get(event.data.get("state", ""), "")
    return Mark("bars", words.format(reason=why, metrics=names))


def _resumed(event: TicketEvent, told: Told) -> Mark:
    moved = [
        _("{metric}: due moved {before} → {after}").format(
            metric=metric_word(clock["metric"]),
            before=due_seconds(datetime.fromisoformat(clock["before"]), event, told),
            after=due_seconds(datetime.fromisoformat(clock["due_at"]), event, told),
        )
        for clock in event.data["clocks"]
        if clock.get("before")
    ]
    start = (
        _("Clock resumed: it may not pause any longer")
        if event.data.get("reason") == "at_most"
        else _("Clock resumed")
    )
    return Mark("clock", " · ".join([start, *moved]))


def _moved(event: TicketEvent, told: Told) -> Mark:
    before = datetime.fromisoformat(event.data["before"])
    words = _("{metric}: due moved {before} → {after} by version {number} of the plan")
    return Mark(
        "clock",
        words.format(
            metric=capfirst(metric_word(_metric(event))),
            before=due_seconds(before, event, told),
            after=due_seconds(due_of(event), event, told),
            number=event.data["number"],
        ),
    )


def _doubted(event: TicketEvent, told: Told) -> Mark:
    words = _("{metric}: the due time cannot be worked out, so it is due at once ({reason})")
    text = words.format(
        metric=capfirst(metric_word(_metric(event))), reason=event.data["doubt"]
    )
    return Mark("alert", text, "missed")


CLOCK_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.CLOCK_STARTED: _started,
    Verb.CLOCK_MET: _met,
    Verb.CLOCK_MISSED: _missed,
    Verb.CLOCK_RETARGETED: _retargeted,
    Verb.CLOCK_CORRECTED: _corrected,
    Verb.CLOCK_REOPENED: _reopened,
    Verb.CLOCK_ENDED: _ended,
    Verb.CLOCK_PAUSED: _paused,
    Verb.CLOCK_RESUMED: _resumed,
    Verb.CLOCK_MOVED: _moved,
    Verb.CLOCK_DOUBTED: _doubted,
}
