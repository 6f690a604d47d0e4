"""What happened in a chat, as the timeline of its ticket marks it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from answerable.channels.chat.models import Chat
from answerable.desk.told import Mark, Told, by
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

End = Chat.End


def _asked(event: TicketEvent, told: Told) -> Mark:
    return Mark("chat", _("{name} waits in the chat").format(name=by(event)))


def _picked_up(event: TicketEvent, told: Told) -> Mark:
    return Mark("chat", _("{name} is in the chat").format(name=by(event)))


def _left(event: TicketEvent, told: Told) -> Mark:
    return Mark("chat", _("{name} left the chat").format(name=by(event)))


def _joined(event: TicketEvent, told: Told) -> Mark:
    words = _("{name} is bringing in {other}: {sentence}")
    data = event.data
    said = words.format(name=by(event), other=data["to"], sentence=data["sentence"])
    return Mark("people", said)


def _transferred(event: TicketEvent, told: Told) -> Mark:
    words = _("{name} hands over to {other}: {sentence}")
    other = event.data["to"] or _("the next free specialist")
    said = words.format(name=by(event), other=other, sentence=event.data["sentence"])
    return Mark("people", said)


def _ended(event: TicketEvent, told: Told) -> Mark:
    match event.data.get("end"):
        case End.CONTACT | End.AGENT:
            return Mark("chat", _("{name} ended the chat").format(name=by(event)))
        case End.UNANSWERED:
            return Mark("chat", _("The chat ended: nobody was free in time"))
        case End.CLOSED:
            return Mark("chat", _("The chat ended: chats are over for the day"))
        case End.IDLE:
            return Mark("chat", _("The chat ended: the customer said nothing any more"))
    return Mark("chat", _("The chat ended: the customer closed the page"))


def _moved(event: TicketEvent, told: Told) -> Mark:
    match event.data.get("mail"):
        case "unseen":
            words = _("What the customer had not seen went to them by mail")
        case "copy":
            words = _("A copy of the chat went by mail")
        case _:
            words = _("It goes on by mail")
    return Mark("envelope", words)


CHAT_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.CHAT_ASKED: _asked,
    Verb.CHAT_PICKED_UP: _picked_up,
    Verb.CHAT_LEFT: _left,
    Verb.CHAT_JOINED: _joined,
    Verb.CHAT_TRANSFERRED: _transferred,
    Verb.CHAT_ENDED: _ended,
    Verb.CHAT_MOVED: _moved,
}
