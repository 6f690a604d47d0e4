"""How a call that a customer asked for stands, in the words of ux.md 5.8."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Contact
from answerable.lib import times
from answerable.lib.phones import shown_phone
from answerable.sla.models import Clock
from answerable.tickets.events import Verb
from answerable.tickets.models import Callback, TicketEvent

Outcome = Callback.Outcome
CHANGE, CANCEL, NOW = "change", "cancel", "now"


@dataclass(frozen=True, slots=True)
class CallState:
    """A call in words, and what its customer may do: change the number, cancel, be called now.

    `due_at` is by when we call, None where no time was named.
    """

    callback: Callback
    sentences: tuple[str, ...]
    acts: tuple[str, ...]
    due_at: datetime | None = None


def call_of(contact: Contact) -> Callback | None:
    """Return the call that a contact waits for, else the last one that ended; or None."""
    calls = Callback.objects.filter(contact=contact).select_related("ticket", "contact")
    return calls.waiting().first() or calls.order_by("-pk").first()


def call_state(callback: Callback, *, number: str, at: datetime, zone: tzinfo) -> CallState:
    """Return how a call stands; `number` is where the call comes from, "" where nobody said."""
    if callback.ended_at:
        return CallState(callback, _ended(callback, at, zone), ())
    if callback.again_at and callback.last_attempt_at:
        words = _("We called at {time} and did not reach you. We try again at {again}.").format(
            time=times.moment(callback.last_attempt_at, at, zone),
            again=times.moment(callback.again_at, at, zone),
        )
        return CallState(callback, (words,), (NOW, CHANGE, CANCEL))
    due_at = _due(callback)
    if due_at and due_at <= at:
        words = _("Our call is late. It was due by {time}. You are next.")
        late = words.format(time=times.moment(due_at, at, zone))
        return CallState(callback, (late,), (CHANGE, CANCEL), due_at)
    promised = _promised(callback, due_at, at, zone)
    comes = _("The call comes from {number}.").format(number=number) if number else ""
    sentences = tuple(words for words in (promised, comes) if words)
    return CallState(callback, sentences, (CHANGE, CANCEL), due_at)


def _promised(callback: Callback, due_at: datetime | None, at: datetime, zone: tzinfo) -> str:
    phone = shown_phone(callback.phone)
    if callback.asked_at is None and callback.wanted_at:
        time = times.moment(callback.wanted_at, at, zone)
        return _("We call {phone} at {time}.").format(phone=phone, time=time)
    if due_at:
        time = times.moment(due_at, at, zone)
        return _("We call {phone} by {time}.").format(phone=phone, time=time)
    return _("We call {phone} when a specialist is free.").format(phone=phone)


def _due(callback: Callback) -> datetime | None:
    """Return by when the call is promised or aimed for, None where nothing runs."""
    clocks = Clock.objects.of_ticket(callback.ticket_id).awaited()
    running = clocks.filter(metric=Clock.Metric.CALLBACK_START).order_by("-pk")
    return running.values_list("due_at", flat=True).first()


def _ended(callback: Callback, at: datetime, zone: tzinfo) -> tuple[str, ...]:
    number = callback.ticket_id
    if callback.outcome == Outcome.CONNECTED:
        return (_lasted(callback),)
    if callback.outcome == Outcome.NOT_REACHED:
        words = _("We called twice. Your request is now answered in writing: #{number}.")
        return (words.format(number=number),)
    if callback.outcome == Outcome.CANCELLED:
        return (
            _("The call is cancelled. Request #{number} stays open.").format(number=number),
        )
    return (_("Request #{number} was closed without a call.").format(number=number),)


def _lasted(callback: Callback) -> str:
    calls = TicketEvent.objects.filter(ticket=callback.ticket_id, verb=Verb.CALL_CONNECTED)
    call = calls.order_by("-pk").first()
    minutes = -(-int(call.data.get("seconds", 0)) // 60) if call else 0
    words = ngettext(
        "Call ended after {count} minute.", "Call ended after {count} minutes.", minutes
    )
    return words.format(count=minutes)
