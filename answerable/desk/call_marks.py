"""What happened on the telephone, one line each."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from answerable.channels.voice.twilio.words import why_words
from answerable.desk.told import Mark, Told, by
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

ATTEMPTS: dict[str, Promise] = {
    "connected": gettext_lazy("{name} called, and reached somebody"),
    "no_answer": gettext_lazy("{name} called: no answer"),
    "busy": gettext_lazy("{name} called: the line was busy"),
    "voicemail": gettext_lazy("{name} called and left a voice message"),
    "wrong_number": gettext_lazy("{name} called: the number is somebody else's"),
    "refused": gettext_lazy("{name} called: the call was not taken"),
}
WAYS: dict[str, Promise] = {
    "browser": gettext_lazy("{name} calls from the browser"),
    "provider": gettext_lazy("{name} calls by telephone"),
    "hand": gettext_lazy("{name} calls with a telephone of their own"),
}
# The outcomes of which no line of an attempt tells.
NO_ATTEMPT: dict[str, Promise] = {
    "failed": gettext_lazy("The call could not be made"),
    "not_taken": gettext_lazy("Nobody took the call"),
}
IDENTIFIED: dict[str, Promise] = {
    "call_code": gettext_lazy("The caller read out the code of this call"),
    "support_code": gettext_lazy("The caller read out their support code"),
}


def _asked(event: TicketEvent, told: Told) -> Mark:
    return Mark("phone", _("{name} asks for a call").format(name=by(event)))


def _begun(event: TicketEvent, told: Told) -> Mark:
    return Mark("phone", str(WAYS[event.data["way"]]).format(name=by(event)))


def _attempted(event: TicketEvent, told: Told) -> Mark:
    words = str(ATTEMPTS[event.data["result"]]).format(name=by(event))
    if event.data.get("keeps", True):
        return Mark("phone", words)
    return Mark("phone", f"{words} · " + _("by the plan this counts as no call"))


def _connected(event: TicketEvent, told: Told) -> Mark:
    minutes = -(-event.data["seconds"] // 60)
    words = ngettext(
        "{name} spoke with the customer for {count} minute",
        "{name} spoke with the customer for {count} minutes",
        minutes,
    )
    return Mark("phone", words.format(name=by(event), count=minutes))


def _changed(event: TicketEvent, told: Told) -> Mark:
    return Mark(
        "phone", _("{name} wants to be called at another number").format(name=by(event))
    )


def _cancelled(event: TicketEvent, told: Told) -> Mark:
    words = _("{name} cancelled the call. The ticket stays open.")
    return Mark("phone", words.format(name=by(event)))


def _ended(event: TicketEvent, told: Told) -> Mark | None:
    words = NO_ATTEMPT.get(event.data["outcome"])
    if words is None:
        return None
    why = why_words(event.data.get("why", ""))
    return Mark("phone", ": ".join(w for w in (str(words), why) if w))


def _given_up(event: TicketEvent, told: Told) -> Mark:
    attempts = event.data["attempts"]
    if not attempts:
        return Mark("phone", _("Nobody could call. The request goes on in writing."))
    words = ngettext(
        "Called {count} time, not reached. The request goes on in writing.",
        "Called {count} times, not reached. The request goes on in writing.",
        attempts,
    )
    return Mark("phone", words.format(count=attempts))


def _unnoted(event: TicketEvent, told: Told) -> Mark:
    return Mark(
        "note", _("No summary of the call yet; {name} was reminded").format(name=by(event))
    )


def _recorded(event: TicketEvent, told: Told) -> Mark:
    return Mark("phone", _("Call recorded, with the consent of both"))


def _handed_on(event: TicketEvent, told: Told) -> Mark:
    data = event.data
    if data.get("done"):
        words = _("{name} handed the call on to {to}")
    elif data["to"]:
        words = _("{name} hands the call on to {to}: {sentence}")
    else:
        words = _("{name} hands the call on: {sentence}")
    said = words.format(name=by(event), to=data["to"], sentence=data["sentence"])
    return Mark("phone", said)


def _consented(event: TicketEvent, told: Told) -> Mark:
    words = _("{name} asked, and the customer agreed to a recording of the call")
    return Mark("phone", words.format(name=by(event)))


def _identified(event: TicketEvent, told: Told) -> Mark:
    return Mark("key", str(IDENTIFIED[event.data["by"]]))


CALL_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.CALL_ASKED: _asked,
    Verb.CALL_BEGUN: _begun,
    Verb.CALL_ATTEMPTED: _attempted,
    Verb.CALL_CONNECTED: _connected,
    Verb.CALL_CHANGED: _changed,
    Verb.CALL_CANCELLED: _cancelled,
    Verb.CALL_ENDED: _ended,
    Verb.CALL_GIVEN_UP: _given_up,
    Verb.CALL_UNNOTED: _unnoted,
    Verb.CALL_RECORDED: _recorded,
    Verb.CALL_CONSENTED: _consented,
    Verb.CALL_HANDED_ON: _handed_on,
    Verb.CALLER_IDENTIFIED: _identified,
}
