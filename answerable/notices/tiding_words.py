"""What tidings say to customers' people, in their language and by their clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.lib import times
from answerable.notices.core.tidings import ABOUT_CLOCKS, Matter
from answerable.notices.models import Tiding
from answerable.notices.words import first_name
from answerable.tickets.events import Verb
from answerable.tickets.models import Callback, TicketEvent
from answerable.tickets.promised import guaranteed_by

MATTERS: Mapping[Matter, Promise] = {
    Matter.REPLY: gettext_lazy("A reply to my request"),
    Matter.LATE: gettext_lazy("A guaranteed reply is late"),
    Matter.CHANGED: gettext_lazy("What I am promised changes, or how my request is rated"),
    Matter.TALK: gettext_lazy("Somebody calls me, or comes to my chat"),
}


def tiding_words(tiding: Tiding, at: datetime, zone: tzinfo) -> str:
    """Return what a tiding says, in the reader's language: never what anybody wrote."""
    return WORDS[Matter(tiding.matter)](tiding, at, zone)


def _reply(tiding: Tiding, at: datetime, zone: tzinfo) -> str:
    words = _("{name} replied to your request #{number}.")
    return words.format(name=_by(tiding.event), number=tiding.ticket_id)


def _late(tiding: Tiding, at: datetime, zone: tzinfo) -> str:
    words = _("Our reply to your request #{number} is late. It was due at {time}.")
    due_at = datetime.fromisoformat(tiding.event.data["due_at"])
    return words.format(number=tiding.ticket_id, time=times.moment(due_at, at, zone))


def _changed(tiding: Tiding, at: datetime, zone: tzinfo) -> str:
    event, number = tiding.event, tiding.ticket_id
    is_clocks = event.verb in ABOUT_CLOCKS
    due_at = datetime.fromisoformat(event.data["due_at"]) if is_clocks else None
    due_at = due_at or guaranteed_by(tiding.ticket)
    words = _("Something was decided on your request #{number}.").format(number=number)
    if due_at is None or due_at < at:
        return words
    by = _("Guaranteed reply by {time}.").format(time=times.moment(due_at, at, zone))
    if event.verb in ABOUT_CLOCKS:
        words = _("The time for your request #{number} changed.").format(number=number)
    return f"{words} {by}"


def _talk(tiding: Tiding, at: datetime, zone: tzinfo) -> str:
    event = tiding.event
    if event.verb == Verb.CHAT_PICKED_UP:
        return _("{name} is in your chat now.").format(name=_by(event))
    if event.verb == Verb.CALL_BEGUN:
        return _("{name} is calling you now.").format(name=_by(event))
    if event.verb == Verb.CALL_GIVEN_UP:
        words = _("We did not reach you. Your request #{number} goes on in writing.")
        return words.format(number=tiding.ticket_id)
    tried = times.moment(event.at, at, zone)
    words = _("We called at {time} and did not reach you.").format(time=tried)
    waiting = Callback.objects.waiting().filter(ticket=tiding.ticket_id).first()
    if waiting is None or waiting.again_at is None:
        return words
    again = _("We try again at {time}.").format(time=times.moment(waiting.again_at, at, zone))
    return f"{words} {again}"


WORDS: Mapping[Matter, Callable[[Tiding, datetime, tzinfo], str]] = {
    Matter.REPLY: _reply,
    Matter.LATE: _late,
    Matter.CHANGED: _changed,
    Matter.TALK: _talk,
}


def _by(event: TicketEvent) -> str:
    return first_name(event.agent.name) if event.agent else _("Support")
