"""What rules did that no other line of the timeline says."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from answerable.desk.told import Mark, Told
from answerable.desk.words import people
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent


def _told(event: TicketEvent, told: Told) -> Mark:
    words = _("Rule “{rule}” told {names}")
    said = words.format(rule=event.data["name"], names=people(event.data["names"]))
    return Mark("bell", ": ".join(part for part in (said, event.data["words"]) if part))


def _follows(event: TicketEvent, told: Told) -> Mark:
    words = _("Rule “{rule}” has {names} follow it")
    return Mark(
        "bell", words.format(rule=event.data["name"], names=people(event.data["names"]))
    )


def _halted(event: TicketEvent, told: Told) -> Mark:
    words = _(
        "Rule “{rule}” acts no more on this ticket: rules may do {most} things in an hour. "
        "Administrators are told."
    )
    return Mark("alert", words.format(rule=event.data["name"], most=event.data["most"]))


RULE_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.RULE_TOLD: _told,
    Verb.RULE_FOLLOWS: _follows,
    Verb.RULE_HALTED: _halted,
}
