"""What is asked after a missed critical promise, and what was learnt. One line each."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from answerable.desk.told import Mark, Told, by, due_of, due_seconds
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent


def _asked(event: TicketEvent, told: Told) -> Mark:
    due, to = due_seconds(due_of(event), event, told), event.data.get("to")
    if to is None:
        return Mark(
            "note", _("Post-mortem due {time}, nobody is there for it").format(time=due)
        )
    return Mark("note", _("Post-mortem due {time}, by {name}").format(time=due, name=to))


def _written(event: TicketEvent, told: Told) -> Mark:
    words = _("Post-mortem by {name}: {words}")
    return Mark("note", words.format(name=by(event), words=event.data["words"]))


POST_MORTEM_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.POST_MORTEM_ASKED: _asked,
    Verb.POST_MORTEM_WRITTEN: _written,
}
