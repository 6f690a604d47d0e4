"""Lines of the timeline that say what was known of a claim, and what was promised after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.desk.told import Mark, Told, by
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent


def _weighed(event: TicketEvent, told: Told) -> Mark:
    words = _("Known when {name} decided: {facts}")
    facts = "; ".join(known_words(event.data))
    return Mark("diamond", words.format(name=by(event), facts=facts))


def known_words(known: Mapping[str, Any]) -> Iterator[str]:
    """Yield what was known of a claim, as it was kept: one after another, for one line."""
    for source in known["sources"]:
        for line in source["lines"]:
            words = _("{text} ({name})") if line["holds"] else _("not: {text} ({name})")
            yield words.format(text=line["text"], name=source["name"])
    count = known["accounts"]
    accounts = ngettext("{count} more account", "{count} more accounts", count)
    yield accounts.format(count=count) if count else _("no other account")
    incidents = ", ".join(known["incidents"])
    yield incidents or _("no open incident")


def _unpromised(event: TicketEvent, told: Told) -> Mark:
    return Mark("clock", _("{name} promised no update").format(name=by(event)))


def _unsaid(event: TicketEvent, told: Told) -> None:
    """The line of its clock says it, with the due time."""


CLAIM_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.CLAIM_WEIGHED: _weighed,
    Verb.UPDATE_UNPROMISED: _unpromised,
    Verb.UPDATE_PROMISED: _unsaid,
    Verb.UPDATE_CALLED_OFF: _unsaid,
}
