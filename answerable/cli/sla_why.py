"""`answerable sla why`: why each promise of a ticket is due when it is."""

from __future__ import annotations

import argparse
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils.timezone import now

from answerable.cli.say import say
from answerable.cli.wrong import Wrong
from answerable.sla.why import Reader, why_all
from answerable.tickets.models import Ticket


def run(options: argparse.Namespace) -> int:
    """Print the explanations, the awaited reply's first."""
    ticket = Ticket.objects.filter(pk=options.ticket).first()
    if ticket is None:
        raise Wrong(f"There is no ticket {options.ticket}.")
    reader = Reader(_zone(options.zone), now(), is_agent=not options.customer)
    say("\n\n".join(why.as_text for why in why_all(ticket, reader)))
    return 0


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Wrong(f"{name!r} is no time zone like Europe/Berlin.") from None
