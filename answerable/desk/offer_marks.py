"""What became of offers: to whom something was offered, and who did not take it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.desk.told import Mark, Told, by
from answerable.desk.words import reasons_to_decline
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

OFFERED: dict[str, Promise] = {
    "chat": gettext_lazy("Chat offered to {name}"),
    "callback": gettext_lazy("Call offered to {name}"),
    "call": gettext_lazy("Caller offered to {name}"),
    "critical": gettext_lazy("Offered to {name}"),
    "handed": gettext_lazy("Call that is handed on offered to {name}"),
}


def _offered(event: TicketEvent, told: Told) -> Mark:
    if not event.data["to"]:
        return Mark("alert", _("No one is there who could take it. The leads were told"))
    return Mark("people", str(OFFERED[event.data["kind"]]).format(name=event.data["to"]))


def _declined(event: TicketEvent, told: Told) -> Mark:
    reason = event.data["reason"]
    if reason:
        words = _("{name} did not take it: {reason}")
        reason = reasons_to_decline().get(reason, reason)
        return Mark("people", words.format(name=by(event), reason=reason))
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
