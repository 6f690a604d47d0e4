"""What a ticket has to do with incidents. One line each, which leads to the incident."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from answerable.desk.told import Mark, Told, by
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent


def _line(event: TicketEvent, words: str, tone: str = "") -> Mark:
    number, title = event.data["incident"], event.data["title"]
    said = words.format(incident=f"INC-{number} {title}", name=by(event))
    return Mark("bolt", said, tone, reverse("desk:incident", args=[number]))


def _linked(event: TicketEvent, told: Told) -> Mark:
    return _line(event, _("Linked to {incident} by {name}"))


def _unlinked(event: TicketEvent, told: Told) -> Mark:
    return _line(event, _("No longer linked to {incident}, says {name}"))


def _fixed(event: TicketEvent, told: Told) -> Mark:
    return _line(event, _("{incident} is fixed, says {name}"), "kept")


INCIDENT_WORDS: dict[str, Callable[[TicketEvent, Told], Mark | None]] = {
    Verb.INCIDENT_LINKED: _linked,
    Verb.INCIDENT_UNLINKED: _unlinked,
    Verb.INCIDENT_FIXED: _fixed,
}
