"""What happened to replies that waited for a time or for a colleague, one line each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from answerable.desk.told import Mark, Told, by, due_seconds
from answerable.tickets.events import Verb
from answerable.tickets.held_back import held_back_words
from answerable.tickets.models import TicketEvent


def _prepared(event: TicketEvent, told: Told) -> Mark:
    if send_at := event.data.get("send_at"):
        time = due_seconds(datetime.fromisoformat(send_at), event, told)
        words = _("{name} planned a reply for {time}")
        return Mark("bars", words.format(name=by(event), time=time))
    words = _("{name} asked {reviewer} to read a reply")
    return Mark("people", words.format(name=by(event), reviewer=event.data["to"]))


def _called_off(event: TicketEvent, told: Told) -> Mark:
    return Mark("reply", _("{name} took the reply that waited back").format(name=by(event)))


def _approved(event: TicketEvent, told: Told) -> Mark:
    words = _("{name} approved the reply of {writer}")
    return Mark("tick", words.format(name=by(event), writer=event.data["writer"]))


def _returned(event: TicketEvent, told: Told) -> Mark:
    words = _("{name} sent the reply back to {writer}: {words}")
    return Mark(
        "reply",
        words.format(name=by(event), writer=event.data["writer"], words=event.data["words"]),
    )


def _overtaken(event: TicketEvent, told: Told) -> Mark:
    words = _("The reply of {name} was held back: {why}")
    why = held_back_words(event.data.get("why", ""))
    return Mark("alert", words.format(name=by(event), why=why))


PREPARED_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.REPLY_PREPARED: _prepared,
    Verb.REPLY_CALLED_OFF: _called_off,
    Verb.REPLY_APPROVED: _approved,
    Verb.REPLY_RETURNED: _returned,
    Verb.REPLY_OVERTAKEN: _overtaken,
}
