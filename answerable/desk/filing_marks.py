"""How a ticket was filed, and whom it belongs to: a line each."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.desk.field_words import PRIORITIES, STATES, typed_words
from answerable.desk.told import Mark, Told, by
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent
from answerable.tickets.named import name_in

SHOWN = 120


def _tagged(event: TicketEvent, told: Told) -> Mark:
    tags = event.data["tags"]
    words = ngettext("Label {tags} added by {name}", "Labels {tags} added by {name}", len(tags))
    return Mark("tag", words.format(tags=", ".join(tags), name=by(event)))


def _untagged(event: TicketEvent, told: Told) -> Mark:
    tags = event.data["tags"]
    words = ngettext(
        "Label {tags} removed by {name}", "Labels {tags} removed by {name}", len(tags)
    )
    return Mark("tag", words.format(tags=", ".join(tags), name=by(event)))


def _fields_set(event: TicketEvent, told: Told) -> Mark:
    nothing = _("nothing")
    changes = [
        _("{field}: {before} → {after}").format(
            field=name_in(change["names"]),
            before=Truncator(typed_words(change, "from") or nothing).chars(SHOWN),
            after=Truncator(typed_words(change, "to") or nothing).chars(SHOWN),
        )
        for change in event.data["changes"]
    ]
    words = _("{changes}, by {name}")
    return Mark("pen", words.format(changes="; ".join(changes), name=by(event)))


def _priority_set(event: TicketEvent, told: Told) -> Mark:
    words = _("Priority {before} → {after} by {name}")
    before, after = (str(PRIORITIES[event.data[side]]).lower() for side in ("from", "to"))
    return Mark("diamond", words.format(before=before, after=after, name=by(event)))


def _status_set(event: TicketEvent, told: Told) -> Mark:
    status = name_in(event.data["names"]) or str(STATES[event.data["state"]])
    words = _("Status set by {name}: {status}")
    return Mark("circle", words.format(name=by(event), status=status))


def _linked(event: TicketEvent, told: Told) -> Mark:
    words = _("Linked with #{number} by {name}")
    return Mark("people", words.format(number=event.data["to"], name=by(event)))


def _unlinked(event: TicketEvent, told: Told) -> Mark:
    words = _("Unlinked from #{number} by {name}")
    return Mark("people", words.format(number=event.data["to"], name=by(event)))


FILING_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.TAGGED: _tagged,
    Verb.UNTAGGED: _untagged,
    Verb.FIELDS_SET: _fields_set,
    Verb.PRIORITY_SET: _priority_set,
    Verb.STATUS_SET: _status_set,
    Verb.LINKED: _linked,
    Verb.UNLINKED: _unlinked,
}
