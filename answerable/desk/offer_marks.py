"""What became of offers: to whom something was offered, and who did not take it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from answerable.desk.told import Mark, Told, by
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent


def _offered(event: TicketEvent, told: Told) -> Mark:
    if not event.data["to"]:
        return Mark("alert", _("No one is there who could take it. The leads were told"))
    return Mark("people", _("Offered to {name}").format(name=event.data["to"]))


def _declined(event: TicketEvent, told: Told) -> Mark:
    if event.data["reason"]:
        words = _("{name} did not take it: {reason}")
        return Mark("people", words.format(name=by(event), reason=event.data["reason"]))
    return Mark("people", _("{name} did not take it").format(name=by(event)))


def _missed(event: TicketEvent, told: Told) -> Mark:
    return Mark("people", _("{name} missed the offer").format(name=by(event)))


def _given_back(event: TicketEvent, told: Told) -> Mark:
    words = _("Back in the queue: {name} lost the connection")
    return Mark("inbox", words.format(name=event.data["from"]))


OFFER_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.OFFERED: _offered,
    Verb.OFFER_DECLINED: _declined,
    Verb.OFFER_MISSED: _missed,
    Verb.GIVEN_BACK: _given_back,
}
