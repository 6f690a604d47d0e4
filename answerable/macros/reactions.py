"""What macros do when a reply has left."""

from __future__ import annotations

from collections.abc import Sequence

from answerable.macros import actions
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent


def follow(events: Sequence[TicketEvent]) -> None:
    """Do what a reply's writer staged for when it has left; of one taken back, nothing."""
    for event in events:
        message = event.message
        if message is None or event.verb not in {Verb.ANSWERED, Verb.LEFT}:
            continue
        if event.verb == Verb.LEFT:
            sent = message.events.filter(verb=Verb.ANSWERED).order_by("pk").first()
            actions.do_staged(message, sent.data if sent else {}, at=event.at)
        elif message.leaves_at is None:
            actions.do_staged(message, event.data, at=event.at)
