"""What was taken out of a ticket for good, in the words of ux.md 8.4: never what it was."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from answerable.desk.told import Mark, Told, by
from answerable.desk.words import seconds
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

REMOVED: dict[str, Promise] = {
    "card": gettext_lazy("Card number removed by {name}, {time}."),
    "password": gettext_lazy("Password or key removed by {name}, {time}."),
    "personal": gettext_lazy("Personal data removed by {name}, {time}."),
    "file": gettext_lazy("File removed by {name}, {time}."),
}
SOMETHING = gettext_lazy("Passage removed by {name}, {time}.")


def _redacted(event: TicketEvent, told: Told) -> Mark:
    words = str(REMOVED.get(event.data.get("what", ""), SOMETHING))
    said = words.format(name=by(event), time=seconds(event.at, told.zone)[:5])
    why = event.data.get("why")
    return Mark("cross", f"{said} {why}" if why else said)


REMOVED_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.REDACTED: _redacted,
}
