"""What is said beside a ticket after its side conversation was opened. One line each."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from answerable.desk.told import Mark, Told, by
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent


def _wrote(event: TicketEvent, told: Told) -> Mark:
    words = _("{name} wrote to {people}, beside the ticket")
    return _line(event, words.format(name=by(event), people=event.data["who"]))


def _answered(event: TicketEvent, told: Told) -> Mark:
    words = _("{people} answered beside the ticket: {subject}")
    return _line(event, words.format(people=event.data["who"], subject=event.data["subject"]))


def _line(event: TicketEvent, words: str) -> Mark:
    address = reverse("desk:side", args=[event.ticket_id, event.data["side"]])
    return Mark("people", words, "", address)


SIDE_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.SIDE_OPENED: _wrote,
    Verb.SIDE_WROTE: _wrote,
    Verb.SIDE_ANSWERED: _answered,
}
