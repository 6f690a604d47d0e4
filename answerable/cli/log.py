"""`answerable log`: how far the tickets' log is followed, and what could not be taken."""

from __future__ import annotations

import argparse

from django.db.models import QuerySet
from django.utils.timezone import now

from answerable.cli.say import say
from answerable.tickets.actions.parking import release_parked
from answerable.tickets.following import lags
from answerable.tickets.models import ParkedLine


def run(options: argparse.Namespace) -> int:
    """Print each follower and each line that it could not take; return 1 when there is one."""
    at = now()
    for lag in lags(at):
        where = f"{lag.lines} lines, {round(lag.seconds)} s behind" if lag.lines else "level"
        say(f"{lag.name}: {where}; {lag.gaps} numbers missing, {lag.parked} lines parked.")
    if options.retry:
        say(f"{release_parked(at=at)} lines are tried again now.")
        return 0
    return 1 if _told(ParkedLine.objects.order_by("name", "event")) else 0


def _told(rows: QuerySet[ParkedLine]) -> int:
    found = list(rows.select_related("event"))
    for row in found:
        event = row.event
        say(
            f"{row.name}: line {event.pk} ({event.verb}) of #{event.ticket_id}, "
            f"tried {row.tries} times: {row.why}"
        )
    return len(found)
