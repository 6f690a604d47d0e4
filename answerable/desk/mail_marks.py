"""What happened to a ticket's mail: replies that were parked, and who gets copies."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from answerable.desk.told import Mark, Told, by
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent
from answerable.tickets.parked import parked_words


def _parked(event: TicketEvent, told: Told) -> Mark:
    words = _("A reply by mail in the name of {name} is kept as their draft: {why}")
    return Mark("alert", words.format(name=by(event), why=parked_words(event.data["why"])))


def _copied(event: TicketEvent, told: Told) -> Mark:
    words = _("{who} gets copies of replies, says {name}")
    return Mark("people", words.format(who=event.data["name"], name=by(event)))


def _uncopied(event: TicketEvent, told: Told) -> Mark:
    words = _("{who} gets no more copies, says {name}")
    return Mark("people", words.format(who=event.data["name"], name=by(event)))


MAIL_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.REPLY_PARKED: _parked,
    Verb.COPIED: _copied,
    Verb.UNCOPIED: _uncopied,
}
