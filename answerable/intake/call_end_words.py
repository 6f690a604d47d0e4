"""What a customer reads of a call that is over."""

from __future__ import annotations

from datetime import datetime, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.entitlements.core.promised import is_summary
from answerable.lib import times
from answerable.lib.phones import shown_phone
from answerable.sla.models import Clock
from answerable.tickets.core.calling import WRONG_NUMBER
from answerable.tickets.events import Verb
from answerable.tickets.models import Callback, TicketEvent

Outcome = Callback.Outcome


def ended_words(callback: Callback, at: datetime, zone: tzinfo) -> tuple[str, ...]:
    """Return how a call ended, and how the request goes on."""
    number = callback.ticket_id
    match callback.outcome:
        case Outcome.CONNECTED:
            return (
                " ".join(
                    word for word in (_lasted(callback), _summary(number, at, zone)) if word
                ),
            )
        case Outcome.NOT_REACHED:
            return (_tried(callback), _goes_on(callback, at, zone))
        case Outcome.CANCELLED:
            words = _("The call is cancelled. Request #{number} stays open.")
            return (words.format(number=number),)
    return (_("Request #{number} was closed without a call.").format(number=number),)


def _tried(callback: Callback) -> str:
    """Return how often we called: “We called twice.”"""
    phone = shown_phone(callback.phone)
    if callback.last_result == WRONG_NUMBER:
        return _("We called {phone} and reached somebody else.").format(phone=phone)
    match callback.attempts:
        case 0:
            return _("We cannot call you now.")
        case 1:
            return _("We called and did not reach you.")
        case 2:
            return _("We called twice.")
    words = ngettext("We called {count} time.", "We called {count} times.", callback.attempts)
    return words.format(count=callback.attempts)


def _goes_on(callback: Callback, at: datetime, zone: tzinfo) -> str:
    """Return that the request goes on in writing, with what is promised of the reply."""
    number = callback.ticket_id
    if callback.ruled.exhausted == "close" and callback.attempts:
        words = _("Request #{number} is closed. Write there, and it is open again.")
        return words.format(number=number)
    clocks = Clock.objects.of_ticket(number).awaited().order_by("due_at")
    clock = clocks.filter(metric=Clock.Metric.FIRST_RESPONSE).first()
    if clock is None or clock.due_at <= at:
        words = _("Your request is now answered in writing: #{number}.")
        return words.format(number=number)
    words = (
        _("Your request is now email #{number}: guaranteed reply by {time}.")
        if clock.kind == Clock.Kind.GUARANTEE
        else _(
            "Your request is now email #{number}. We aim to reply by {time}. "
            "This is not a guarantee."
        )
    )
    return words.format(number=number, time=times.moment(clock.due_at, at, zone))


def _summary(ticket: int, at: datetime, zone: tzinfo) -> str:
    """Return “A written summary follows by 15:00.” while one is promised and not written."""
    clocks = Clock.objects.of_ticket(ticket).awaited()
    clock = clocks.filter(metric=Clock.Metric.PROMISED_UPDATE).order_by("-pk").first()
    if clock is None or not is_summary(clock.target) or clock.due_at <= at:
        return ""
    time = times.moment(clock.due_at, at, zone)
    return _("A written summary follows by {time}.").format(time=time)


def _lasted(callback: Callback) -> str:
    calls = TicketEvent.objects.filter(ticket=callback.ticket_id, verb=Verb.CALL_CONNECTED)
    call = calls.order_by("-pk").first()
    minutes = -(-int(call.data.get("seconds", 0)) // 60) if call else 0
    words = ngettext(
        "Call ended after {count} minute.", "Call ended after {count} minutes.", minutes
    )
    return words.format(count=minutes)
