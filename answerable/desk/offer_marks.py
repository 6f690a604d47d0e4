"""To whom a ticket's chats and calls were offered, as lines of its timeline."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.desk.told import Mark, Told
from answerable.desk.words import reasons_to_decline
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

OFFERED: dict[str, Promise] = {
    "chat": gettext_lazy("Chat offered to {name}"),
    "callback": gettext_lazy("Call offered to {name}"),
    "call": gettext_lazy("Caller offered to {name}"),
    "critical": gettext_lazy("Offered to {name}"),
}


def _offered(event: TicketEvent, told: Told) -> Mark:
    words = str(OFFERED[event.data["kind"]])
    return Mark("bell", words.format(name=event.data["to"]))


def _declined(event: TicketEvent, told: Told) -> Mark:
    words = _("{name}: not now").format(name=event.data["to"])
    why = reasons_to_decline().get(event.data.get("reason", ""))
    return Mark("arrow-left", f"{words} · {why}" if why else words)


def _missed(event: TicketEvent, told: Told) -> Mark:
    return Mark("arrow-left", _("{name} did not take it in time").format(name=event.data["to"]))


OFFER_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.OFFERED: _offered,
    Verb.OFFER_DECLINED: _declined,
    Verb.OFFER_MISSED: _missed,
}
